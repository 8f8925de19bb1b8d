/** Snapshots of droplets and volumes. @module */
import { type Answer, badRequest, conflict, created, done, notFound } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { textField, textsField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { ImageRecord, VolumeSnapshotRecord } from "../records.js";
import type { World } from "../world.js";
import { ensureTags } from "./tag-records.js";
import { volumeOf } from "./volumes.js";

/** Snapshots of droplets are numbered, those of volumes have UUIDs. */
const SNAPSHOT_ID = /^(?:\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Operations on snapshots. */
export const snapshotHandlers: Handlers = {
  snapshots_list: (call) => {
    const { tables } = call.world;
    const type = call.query.get("resource_type");
    const ofDroplets = type === "volume" ? [] : tables.images.list().filter((image) => image.type === "snapshot");
    const ofVolumes = type === "droplet" ? [] : tables.volumeSnapshots.list();
    const views = [...ofDroplets.map(imageSnapshotView), ...ofVolumes.map(volumeSnapshotView)];
    return listed(call, "snapshots", views, (view) => view);
  },
  snapshots_get: (call) => {
    const { world, params } = call;
    const image = dropletSnapshot(world, params.snapshot_id!);
    return done({
      snapshot: image === undefined ? volumeSnapshotView(volumeSnapshotOf(call)) : imageSnapshotView(image),
    });
  },
  snapshots_delete: (call) => {
    const { world, params } = call;
    const image = dropletSnapshot(world, params.snapshot_id!);
    if (image === undefined) world.tables.volumeSnapshots.delete(volumeSnapshotOf(call).id);
    else deleteDropletSnapshot(world, image);
    return done();
  },
  volumeSnapshots_get_byId: (call) => done({ snapshot: volumeSnapshotView(volumeSnapshotOf(call)) }),
  volumeSnapshots_delete_byId: (call) => {
    call.world.tables.volumeSnapshots.delete(volumeSnapshotOf(call).id);
    return done();
  },
  volumeSnapshots_list: (call) => {
    const { id } = volumeOf(call);
    const snapshots = call.world.tables.volumeSnapshots.list().filter(({ volumeId }) => volumeId === id);
    return listed(call, "snapshots", snapshots, volumeSnapshotView);
  },
  volumeSnapshots_create: create,
};

/** Deletes an image that was taken of a droplet. */
export function deleteDropletSnapshot(world: World, image: ImageRecord): void {
  world.tables.images.delete(image.id);
  const droplet = image.dropletId === undefined ? undefined : world.tables.droplets.peek(image.dropletId);
  if (droplet === undefined) return;
  droplet.snapshotIds = droplet.snapshotIds.filter((id) => id !== image.id);
  droplet.backupIds = droplet.backupIds.filter((id) => id !== image.id);
}

/** A snapshot of a volume as the API shows it. */
export function volumeSnapshotView(snapshot: VolumeSnapshotRecord): JsonObject {
  return {
    id: snapshot.id,
    name: snapshot.name,
    created_at: snapshot.createdAt,
    regions: [snapshot.region],
    min_disk_size: snapshot.sizeGb,
    size_gigabytes: 0,
    resource_id: snapshot.volumeId,
    resource_type: "volume",
    tags: snapshot.tags,
  };
}

function create(call: Call): Answer {
  const { world, body } = call;
  const volume = volumeOf(call);
  const name = textField(body, "name");
  for (const other of world.tables.volumeSnapshots.all()) {
    if (other.name === name) throw conflict("a snapshot with this name already exists");
  }
  const tags = textsField(body, "tags");
  ensureTags(world, tags);
  const snapshot = world.tables.volumeSnapshots.add({
    id: world.identity.uuid(),
    name,
    createdAt: world.timestamp,
    region: volume.region,
    volumeId: volume.id,
    sizeGb: volume.sizeGb,
    tags,
  });
  return created({ snapshot: volumeSnapshotView(snapshot) });
}

function imageSnapshotView(image: ImageRecord): JsonObject {
  return {
    id: String(image.id),
    name: image.name,
    created_at: image.createdAt,
    regions: image.regions,
    min_disk_size: image.minDiskGb,
    size_gigabytes: image.sizeGb,
    resource_id: String(image.dropletId ?? ""),
    resource_type: "droplet",
    tags: image.tags,
  };
}

function dropletSnapshot(world: World, id: string): ImageRecord | undefined {
  if (!SNAPSHOT_ID.test(id)) throw badRequest("snapshot_id must be an integer or a UUID.");
  const image = world.tables.images.get(id);
  return image?.type === "snapshot" ? image : undefined;
}

function volumeSnapshotOf({ world, params }: Call): VolumeSnapshotRecord {
  const snapshot = world.tables.volumeSnapshots.get(params.snapshot_id!);
  if (snapshot === undefined) throw notFound();
  return snapshot;
}
