/** Snapshots and backups of droplets, which are images of their own. @module */
import type { DropletRecord, ImageRecord } from "../records.js";
import type { World } from "../world.js";

/** Space a snapshot takes, as a share of the disk. */
const SNAPSHOT_SHARE = 0.1;

/** Makes an image of a droplet. */
export function addDropletImage(world: World, droplet: DropletRecord, type: "snapshot" | "backup", name: string): void {
  const source = world.tables.images.peek(droplet.image);
  const image: ImageRecord = {
    id: world.identity.integer(),
    name,
    type,
    distribution: source?.distribution ?? "Unknown",
    slug: null,
    isPublic: false,
    regions: [droplet.region],
    createdAt: world.timestamp,
    minDiskGb: droplet.diskGb,
    sizeGb: Number((droplet.diskGb * SNAPSHOT_SHARE).toFixed(2)),
    description: "",
    tags: [],
    status: "available",
    dropletId: droplet.id,
  };
  world.tables.images.add(image);
  (type === "snapshot" ? droplet.snapshotIds : droplet.backupIds).push(image.id);
}
