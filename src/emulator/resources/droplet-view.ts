/** Droplets as the API and the data plane see them. @module */

import { notFound } from "../answer.js";
import type { Call } from "../call.js";
import type { DropletState } from "../data-plane-event.js";
import { timestamp } from "../emulator-time.js";
import type { JsonObject } from "../json.js";
import type { DropletRecord } from "../records.js";
import type { World } from "../world.js";
import { regionView, sizeView } from "./catalogue-views.js";
import { imageView } from "./images.js";

/** Backups are made within this time. Unit: hours. */
const BACKUP_WINDOW_HOURS = 4;

/** The droplet that a path names. @throws Refusal */
export function dropletOf(call: Call): DropletRecord {
  const droplet = call.world.tables.droplets.get(call.params.droplet_id!);
  if (droplet === undefined) throw notFound();
  return droplet;
}

/** A droplet as the API shows it. */
export function dropletView(world: World, droplet: DropletRecord): JsonObject {
  const size = sizeView(world.catalogue, droplet.size)!;
  const image = world.tables.images.peek(droplet.image);
  return {
    id: droplet.id,
    name: droplet.name,
    memory: size.memory,
    vcpus: size.vcpus,
    disk: droplet.diskGb,
    disk_info: [{ type: "local", size: { amount: droplet.diskGb, unit: "gib" } }],
    locked: droplet.pendingAction !== undefined,
    status: droplet.status,
    kernel: null,
    created_at: droplet.createdAt,
    features: featuresOf(droplet),
    backup_ids: droplet.backupIds,
    next_backup_window: droplet.backups ? nextBackupWindow(world, droplet) : null,
    snapshot_ids: droplet.snapshotIds,
    image: image === undefined ? {} : imageView(image),
    volume_ids: droplet.volumeIds,
    size,
    size_slug: droplet.size,
    networks: networksOf(droplet),
    region: regionView(world.catalogue, droplet.region),
    tags: droplet.tags,
    vpc_uuid: droplet.vpcId,
  };
}

/** When the next backup of a droplet is made. */
export function nextBackupWindow(world: World, { backupPolicy }: DropletRecord): JsonObject {
  const now = world.time.now();
  const midnight = Math.floor(now / 86_400) * 86_400;
  const start = midnight + Number(backupPolicy?.hour ?? 0) * 3600;
  const next = start > now ? start : start + 86_400;
  return { start: timestamp(next), end: timestamp(next + BACKUP_WINDOW_HOURS * 3600) };
}

/** A droplet as the data plane sees it. */
export function dropletState(droplet: DropletRecord): DropletState {
  const { id, name, status, size, region, tags, vpcId, publicIp, privateIp, userData, poolId } = droplet;
  return { id, name, status, size, region, tags: [...tags], vpcId, publicIp, privateIp, userData, poolId };
}

function featuresOf({ backups, ipv6, monitoring, agent }: DropletRecord): string[] {
  const features = ["private_networking"];
  if (backups) features.push("backups");
  if (ipv6) features.push("ipv6");
  if (monitoring) features.push("monitoring");
  if (agent) features.push("droplet_agent");
  return features;
}

function networksOf({ publicIp, privateIp, ipv6, id }: DropletRecord): JsonObject {
  const v4: JsonObject[] = [
    { ip_address: privateIp, netmask: "255.255.240.0", gateway: gatewayOf(privateIp), type: "private" },
  ];
  if (publicIp !== undefined) {
    v4.unshift({ ip_address: publicIp, netmask: "255.254.0.0", gateway: "198.18.0.1", type: "public" });
  }
  const host = (id % 65_536).toString(16);
  const v6 = ipv6 ? [{ ip_address: `2001:db8::${host}`, netmask: 64, gateway: "2001:db8::1", type: "public" }] : [];
  return { v4, v6 };
}

function gatewayOf(address: string): string {
  return address.replace(/\d+$/, "1");
}
