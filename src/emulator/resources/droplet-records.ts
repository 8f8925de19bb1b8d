/** Making, changing and deleting droplets, with everything that hangs on them. @module */
import { droplet as dropletKind } from "../../infra/resources/droplet.js";
import { unprocessable } from "../answer.js";
import type { JsonObject } from "../json.js";
import type { ActionRecord, DropletRecord } from "../records.js";
import type { World } from "../world.js";
import { startAction } from "./action-records.js";
import { charge, stopCharging } from "./bills.js";
import { dropletState } from "./droplet-view.js";
import { refreshLoadBalancers } from "./load-balancer-records.js";
import { reservedIpPrice } from "./prices.js";
import { privateAddress } from "./vpc-records.js";

const GIB = 1024 ** 3;

/** What a droplet is made of, checked. */
export interface DropletStart {
  readonly name: string;
  readonly region: string;
  readonly size: string;
  readonly image: number;
  readonly vpcId: string;
  readonly tags: readonly string[];
  readonly sshKeys: readonly number[];
  readonly userData: string | undefined;
  readonly monitoring: boolean;
  readonly agent: boolean;
  readonly backups: boolean;
  readonly backupPolicy: JsonObject | undefined;
  readonly ipv6: boolean;
  readonly isPublic: boolean;
  readonly volumeIds: readonly string[];
  readonly poolId?: string;
}

/** Makes a droplet and begins to boot it. @throws Refusal beyond the account's limit. */
export function createDroplet(world: World, start: DropletStart): { droplet: DropletRecord; action: ActionRecord } {
  if (world.tables.droplets.size >= world.dropletLimit) {
    throw unprocessable("creating this/these droplet(s) will exceed your droplet limit");
  }
  const id = world.identity.integer();
  const droplet: DropletRecord = {
    id,
    name: start.name,
    status: "new",
    size: start.size,
    region: start.region,
    image: start.image,
    createdAt: world.timestamp,
    tags: [...start.tags],
    vpcId: start.vpcId,
    sshKeys: start.sshKeys,
    userData: start.userData,
    monitoring: start.monitoring,
    agent: start.agent,
    backups: start.backups,
    backupPolicy: start.backupPolicy,
    ipv6: start.ipv6,
    publicIp: start.isPublic ? world.identity.address() : undefined,
    privateIp: privateAddress(world, start.vpcId),
    diskGb: diskOf(world, start.size),
    volumeIds: [...start.volumeIds],
    snapshotIds: [],
    backupIds: [],
    pendingAction: undefined,
    poolId: start.poolId,
  };
  world.tables.droplets.add(droplet);
  const action = startAction(world, {
    type: "create",
    resourceType: "droplet",
    resource: String(id),
    region: start.region,
    seconds: world.times.dropletCreate ?? dropletKind.readySeconds,
  });
  droplet.pendingAction = action.id;
  chargeDroplet(world, droplet);
  announce(world, droplet, "appear");
  return { droplet, action };
}

/** Deletes a droplet; volumes and reserved addresses are left, detached. */
export function deleteDroplet(world: World, droplet: DropletRecord): void {
  world.tables.droplets.delete(droplet.id);
  stopCharging(world, `do:droplet:${droplet.id}`);
  world.tables.assignments.delete(`do:droplet:${droplet.id}`);
  for (const volume of world.tables.volumes.all()) {
    volume.dropletIds = volume.dropletIds.filter((id) => id !== droplet.id);
  }
  for (const ip of world.tables.reservedIps.all()) {
    if (ip.dropletId !== droplet.id) continue;
    ip.dropletId = undefined;
    charge(world, `do:floatingip:${ip.id}`, ip.id, reservedIpPrice(world, false));
  }
  for (const firewall of world.tables.firewalls.all()) {
    firewall.dropletIds = firewall.dropletIds.filter((id) => id !== droplet.id);
  }
  for (const balancer of world.tables.loadBalancers.all()) {
    balancer.dropletIds = balancer.dropletIds.filter((id) => id !== droplet.id);
  }
  announce(world, droplet, "go");
}

/** Tells the data plane of a droplet, and of the load balancers that send to it. */
export function announce(world: World, droplet: DropletRecord, change: "appear" | "change" | "go"): void {
  world.version++;
  if (!world.hasListeners) return;
  world.emit({ type: "droplet", change, droplet: dropletState(droplet), atSeconds: world.time.now() });
  refreshLoadBalancers(world);
}

/** Charges for a droplet as it is now. */
export function chargeDroplet(world: World, { id, name, size, backups, backupPolicy }: DropletRecord): void {
  const policy = backupPolicy === undefined ? {} : { backup_policy: { plan: String(backupPolicy.plan ?? "weekly") } };
  const price = dropletKind.priceUsdPerHour({ size, backups, ...policy }, world.catalogue);
  charge(world, `do:droplet:${id}`, name, price);
}

/** The disk a size comes with. Unit: GB. */
export function diskOf(world: World, size: string): number {
  return Math.round(world.catalogue.dropletSizes[size]!.diskBytes / GIB);
}
