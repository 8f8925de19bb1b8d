/** What a droplet becomes when an action on it is done. @module */
import type { ActionRecord, DropletRecord } from "../records.js";
import type { World } from "../world.js";
import { completeAction } from "./action-records.js";
import { addDropletImage } from "./droplet-images.js";
import { announce, chargeDroplet, diskOf } from "./droplet-records.js";
import { memberBooted } from "./pool-records.js";

type End = (world: World, droplet: DropletRecord, action: ActionRecord) => void;

const ENDS: Readonly<Record<string, End>> = {
  create: (world, droplet) => {
    droplet.status = "active";
    if (droplet.poolId !== undefined) memberBooted(world, droplet.poolId);
  },
  power_on: turnOn,
  power_off: turnOff,
  shutdown: turnOff,
  reboot: turnOn,
  power_cycle: turnOn,
  restore: (world, droplet, { change }) => {
    droplet.image = change.image as number;
    turnOn(world, droplet);
  },
  rebuild: (world, droplet, { change }) => {
    droplet.image = change.image as number;
    turnOn(world, droplet);
  },
  resize: (world, droplet, { change }) => {
    droplet.size = change.size as string;
    if (change.disk === true) droplet.diskGb = diskOf(world, droplet.size);
    chargeDroplet(world, droplet);
  },
  rename: (_, droplet, { change }) => {
    droplet.name = change.name as string;
  },
  enable_ipv6: (_, droplet) => {
    droplet.ipv6 = true;
  },
  enable_backups: (world, droplet, { change }) => {
    droplet.backups = true;
    droplet.backupPolicy = change.backup_policy as DropletRecord["backupPolicy"];
    chargeDroplet(world, droplet);
  },
  disable_backups: (world, droplet) => {
    droplet.backups = false;
    droplet.backupPolicy = undefined;
    chargeDroplet(world, droplet);
  },
  change_backup_policy: (world, droplet, { change }) => {
    droplet.backupPolicy = change.backup_policy as DropletRecord["backupPolicy"];
    chargeDroplet(world, droplet);
  },
  snapshot: (world, droplet, { change }) => addDropletImage(world, droplet, "snapshot", change.name as string),
};

/** The transition that ends an action on a droplet. */
export function finishDropletAction(world: World, id: string): void {
  const action = world.tables.actions.peek(id);
  if (action === undefined || action.status !== "in-progress") return;
  const droplet = world.tables.droplets.peek(action.resource);
  completeAction(world, action, droplet === undefined && action.type !== "destroy" ? "errored" : "completed");
  if (droplet === undefined) return;
  droplet.pendingAction = undefined;
  ENDS[action.type]?.(world, droplet, action);
  announce(world, droplet, "change");
}

function turnOn(_: World, droplet: DropletRecord): void {
  droplet.status = "active";
}

function turnOff(_: World, droplet: DropletRecord): void {
  droplet.status = "off";
}
