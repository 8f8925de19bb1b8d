/** Volumes: making, showing, listing and deleting them. @module */
import { type Answer, conflict, created, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { integerField, optionalText, textField, textsField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { VolumeRecord } from "../records.js";
import type { World } from "../world.js";
import { charge, stopCharging } from "./bills.js";
import { regionView } from "./catalogue-views.js";
import { checkRegion } from "./checks.js";
import { volumePrice } from "./prices.js";
import { ensureTags } from "./tag-records.js";

const NAME = /^[a-z][a-z0-9-]{0,63}$/;
/** Largest volume. Unit: GB. @see https://docs.digitalocean.com/products/volumes/details/limits/ (November 2026) */
export const LARGEST_VOLUME_GB = 16_384;

/** Operations on volumes. */
export const volumeHandlers: Handlers = {
  volumes_list: (call) => {
    const name = call.query.get("name");
    const region = call.query.get("region");
    const volumes = call.world.tables.volumes
      .list()
      .filter((volume) => (name === null || volume.name === name) && (region === null || volume.region === region));
    return listed(call, "volumes", volumes, (volume) => volumeView(call.world, volume));
  },
  volumes_create: create,
  volumes_get: (call) => done({ volume: volumeView(call.world, volumeOf(call)) }),
  volumes_delete: (call) => remove(call.world, volumeOf(call)),
  volumes_delete_byName: (call) =>
    remove(call.world, volumeNamed(call.world, call.query.get("name"), call.query.get("region"))),
};

/** The volume that a path names. @throws Refusal */
export function volumeOf({ world, params }: Call): VolumeRecord {
  const volume = world.tables.volumes.get(params.volume_id!);
  if (volume === undefined) throw notFound();
  return volume;
}

/** The volume with a name in a region; names are unique within one. @throws Refusal */
export function volumeNamed(world: World, name: string | null, region: string | null): VolumeRecord {
  const volume = world.tables.volumes
    .list()
    .find((each) => each.name === name && (region === null || each.region === region));
  if (volume === undefined) throw notFound();
  return volume;
}

/** A volume as the API shows it. */
export function volumeView(world: World, volume: VolumeRecord): JsonObject {
  return {
    id: volume.id,
    name: volume.name,
    description: volume.description,
    size_gigabytes: volume.sizeGb,
    region: regionView(world.catalogue, volume.region),
    droplet_ids: volume.dropletIds,
    created_at: volume.createdAt,
    tags: volume.tags,
    filesystem_type: volume.filesystemType,
    filesystem_label: volume.filesystemLabel,
  };
}

function create(call: Call): Answer {
  const { world, body } = call;
  const name = textField(body, "name");
  if (!NAME.test(name)) {
    throw unprocessable("name must begin with a letter and hold lower-case letters, numbers and dashes only.");
  }
  const snapshotId = optionalText(body, "snapshot_id");
  const snapshot =
    snapshotId === undefined || snapshotId === "" ? undefined : world.tables.volumeSnapshots.get(snapshotId);
  if (snapshotId && snapshot === undefined) throw notFound("failed to resolve snapshot");
  const region = checkRegion(world, optionalText(body, "region") || snapshot?.region || textField(body, "region"));
  const sizeGb = integerField(body, "size_gigabytes");
  if (sizeGb < 1 || sizeGb > LARGEST_VOLUME_GB)
    throw unprocessable(`size_gigabytes must be from 1 to ${LARGEST_VOLUME_GB}.`);
  if (snapshot !== undefined && sizeGb < snapshot.sizeGb) {
    throw unprocessable("size_gigabytes must not be smaller than the snapshot's volume.");
  }
  for (const other of world.tables.volumes.all()) {
    if (other.name === name && other.region === region)
      throw conflict("a volume with this name already exists in this region");
  }
  const tags = textsField(body, "tags");
  ensureTags(world, tags);
  const volume = world.tables.volumes.add({
    id: world.identity.uuid(),
    name,
    description: optionalText(body, "description") ?? "",
    sizeGb,
    region,
    createdAt: world.timestamp,
    tags,
    dropletIds: [],
    filesystemType: optionalText(body, "filesystem_type") ?? "",
    filesystemLabel: optionalText(body, "filesystem_label") ?? "",
    pendingAction: undefined,
  });
  charge(world, `do:volume:${volume.id}`, name, volumePrice(world, sizeGb));
  return created({ volume: volumeView(world, volume) });
}

function remove(world: World, volume: VolumeRecord): Answer {
  if (volume.dropletIds.length > 0) {
    throw conflict("failed to delete volume: volume must be detached from Droplet before it can be deleted");
  }
  world.tables.volumes.delete(volume.id);
  world.tables.assignments.delete(`do:volume:${volume.id}`);
  stopCharging(world, `do:volume:${volume.id}`);
  return done();
}
