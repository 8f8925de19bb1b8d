/** What belongs to a droplet: its snapshots and backups, and deleting it with everything that hangs on it. @module */
import { type Answer, accepted, checkConfirmed, conflict, done, notFound } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { textsField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed, pageOf } from "../page.js";
import type { DropletRecord, ImageRecord } from "../records.js";
import type { World } from "../world.js";
import { stopCharging } from "./bills.js";
import { deleteDroplet } from "./droplet-records.js";
import { dropletOf, nextBackupWindow } from "./droplet-view.js";
import { deleteDropletSnapshot } from "./snapshots.js";

/** Backup plans. @see https://docs.digitalocean.com/products/backups/ (November 2026) */
const PLANS: readonly JsonObject[] = [
  {
    name: "weekly",
    possible_window_starts: [0, 4, 8, 12, 16, 20],
    window_length_hours: 4,
    retention_period_days: 28,
    possible_days: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
  },
  {
    name: "daily",
    possible_window_starts: [0, 4, 8, 12, 16, 20],
    window_length_hours: 4,
    retention_period_days: 7,
    possible_days: [],
  },
];

/** Kinds of things that hang on a droplet: names in requests and answers. */
type Kind = "reserved_ips" | "floating_ips" | "snapshots" | "volumes" | "volume_snapshots";
const KINDS: readonly Kind[] = ["reserved_ips", "floating_ips", "snapshots", "volumes", "volume_snapshots"];

interface Hanging {
  readonly id: string;
  readonly name: string;
}

/** Something that is to be deleted together with a droplet, or the droplet itself. */
interface Doomed extends Hanging {
  destroyedAt?: string | undefined;
  errorMessage?: string | undefined;
}

interface Destruction {
  readonly droplet: Doomed;
  readonly resources: Readonly<Record<Kind, Doomed[]>>;
  completedAt: string | undefined;
}

/** What was last deleted with everything that hung on it, by droplet: forgotten when the emulator ends. */
const destructions = new WeakMap<World, Map<string, Destruction>>();

/** Operations on what belongs to a droplet. */
export const dropletExtraHandlers: Handlers = {
  droplets_list_snapshots: (call) => listImages(call, "snapshots", "snapshot"),
  droplets_list_backups: (call) => listImages(call, "backups", "backup"),
  droplets_get_backup_policy: (call) => done({ policy: policyView(call.world, dropletOf(call)) }),
  droplets_list_backup_policies: (call) => {
    const droplets = call.world.tables.droplets.list().filter(({ backups }) => backups);
    const { entries, links, meta } = pageOf(call, droplets);
    const policies = Object.fromEntries(entries.map((droplet) => [droplet.id, policyView(call.world, droplet)]));
    return done({ policies, links, meta });
  },
  droplets_list_supported_backup_policies: () => done({ supported_policies: PLANS }),
  droplets_list_associatedResources: (call) => {
    const hanging = hangingOn(call.world, dropletOf(call));
    const costed = (entries: readonly Hanging[]): JsonObject[] =>
      entries.map(({ id, name }) => ({ id, name, cost: "0.00" }));
    return done(Object.fromEntries(KINDS.map((kind) => [kind, costed(hanging[kind])])));
  },
  droplets_destroy_withAssociatedResourcesSelective: (call) =>
    destroy(call, (kind, { id }) => textsField(call.body, kind).includes(id)),
  droplets_destroy_withAssociatedResourcesDangerous: (call) => {
    dropletOf(call);
    checkConfirmed(call);
    return destroy(call, () => true);
  },
  droplets_get_DestroyAssociatedResourcesStatus: (call) => done(destructionView(destructionOf(call))),
  droplets_destroy_retryWithAssociatedResources: (call) => {
    const destruction = destructionOf(call);
    if (failuresOf(destruction) === 0) throw conflict("The Droplet was destroyed; nothing is left to retry.");
    attempt(call.world, destruction);
    return accepted();
  },
};

function listImages(call: Call, name: string, type: ImageRecord["type"]): Answer {
  const { id } = dropletOf(call);
  const images = call.world.tables.images.list().filter((image) => image.dropletId === id && image.type === type);
  return listed(call, name, images, (image) => ({
    id: image.id,
    name: image.name,
    created_at: image.createdAt,
    regions: image.regions,
    min_disk_size: image.minDiskGb,
    size_gigabytes: image.sizeGb,
    type,
  }));
}

function policyView(world: World, droplet: DropletRecord): JsonObject {
  const policy = droplet.backupPolicy ?? { plan: "weekly", weekday: "SUN", hour: 0 };
  const plan = PLANS.find(({ name }) => name === policy.plan) ?? PLANS[0]!;
  const { window_length_hours, retention_period_days } = plan;
  return {
    droplet_id: droplet.id,
    backup_enabled: droplet.backups,
    ...(droplet.backups ? { backup_policy: { ...policy, window_length_hours, retention_period_days } } : {}),
    next_backup_window: droplet.backups ? nextBackupWindow(world, droplet) : null,
  };
}

function hangingOn({ tables }: World, droplet: DropletRecord): Record<Kind, Hanging[]> {
  const volumeIds = new Set(droplet.volumeIds);
  const ips = tables.reservedIps.list().filter(({ dropletId }) => dropletId === droplet.id);
  const images = tables.images.list().filter(({ dropletId, type }) => dropletId === droplet.id && type === "snapshot");
  return {
    reserved_ips: ips.map(({ id }) => ({ id, name: id })),
    floating_ips: [],
    snapshots: images.map(({ id, name }) => ({ id: String(id), name })),
    volumes: tables.volumes.list().filter(({ id }) => volumeIds.has(id)),
    volume_snapshots: tables.volumeSnapshots.list().filter(({ volumeId }) => volumeIds.has(volumeId)),
  };
}

function destroy(call: Call, isChosen: (kind: Kind, entry: Hanging) => boolean): Answer {
  const { world } = call;
  const droplet = dropletOf(call);
  const hanging = hangingOn(world, droplet);
  const destruction: Destruction = {
    droplet: { id: String(droplet.id), name: droplet.name },
    resources: Object.fromEntries(
      KINDS.map((kind) => [
        kind,
        hanging[kind].filter((entry) => isChosen(kind, entry)).map(({ id, name }) => ({ id, name })),
      ]),
    ) as Destruction["resources"],
    completedAt: undefined,
  };
  const byDroplet = destructions.get(world) ?? new Map<string, Destruction>();
  destructions.set(world, byDroplet);
  byDroplet.set(String(droplet.id), destruction);
  attempt(world, destruction);
  return accepted();
}

/** Deletes what is chosen and still there; the droplet goes when nothing else failed. */
function attempt(world: World, destruction: Destruction): void {
  for (const kind of KINDS) {
    for (const entry of destruction.resources[kind]) {
      if (entry.destroyedAt !== undefined) continue;
      entry.errorMessage = remove(world, kind, entry.id);
      if (entry.errorMessage === undefined) entry.destroyedAt = world.timestamp;
    }
  }
  destruction.completedAt = world.timestamp;
  const droplet = world.tables.droplets.peek(destruction.droplet.id);
  if (failuresOf(destruction) > 0 || droplet === undefined) return;
  deleteDroplet(world, droplet);
  destruction.droplet.destroyedAt = world.timestamp;
}

function failuresOf({ resources }: Destruction): number {
  return KINDS.reduce(
    (sum, kind) => sum + resources[kind].filter((entry) => entry.errorMessage !== undefined).length,
    0,
  );
}

/** Deletes one thing. @returns What kept it from being deleted. */
function remove(world: World, kind: Kind, id: string): string | undefined {
  const { tables } = world;
  const pending = (kind === "volumes" ? tables.volumes : tables.reservedIps).peek(id)?.pendingAction;
  if (pending !== undefined) return "it has a pending event";
  if (kind === "volumes") {
    tables.volumes.delete(id);
    stopCharging(world, `do:volume:${id}`);
  } else if (kind === "volume_snapshots") {
    tables.volumeSnapshots.delete(id);
  } else if (kind === "snapshots") {
    const image = tables.images.peek(id);
    if (image !== undefined) deleteDropletSnapshot(world, image);
  } else {
    tables.reservedIps.delete(id);
    stopCharging(world, `do:floatingip:${id}`);
  }
  return undefined;
}

function destructionOf({ world, params }: Call): Destruction {
  const destruction = destructions.get(world)?.get(params.droplet_id!);
  if (destruction === undefined) throw notFound();
  return destruction;
}

function destructionView(destruction: Destruction): JsonObject {
  const view = ({ id, name, destroyedAt, errorMessage }: Doomed): JsonObject => ({
    id,
    name,
    destroyed_at: destroyedAt,
    error_message: errorMessage,
  });
  return {
    droplet: view(destruction.droplet),
    resources: Object.fromEntries(KINDS.map((kind) => [kind, destruction.resources[kind].map(view)])),
    completed_at: destruction.completedAt,
    failures: failuresOf(destruction),
  };
}
