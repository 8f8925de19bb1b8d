/** Actions on droplets: turning on and off, resizing, snapshots and the rest. @module */
import type { Duration } from "../../infra/resource-kind.js";
import { type Answer, created, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { flagField, optionalObject, optionalText, textField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { ActionRecord, DropletRecord } from "../records.js";
import type { World } from "../world.js";
import { actionOf, actionsOf, actionView, startAction } from "./action-records.js";
import { diskOf } from "./droplet-records.js";
import { dropletOf } from "./droplet-view.js";
import { taggedDroplets } from "./droplets.js";
import { findImage } from "./images.js";

/** How long the actions take. Estimates, but for resize: the provider's documentation speaks of about a minute. Unit: seconds. */
const SECONDS: Readonly<Record<string, Duration>> = {
  power_on: { min: 3, median: 6, max: 12 },
  power_off: { min: 2, median: 4, max: 8 },
  shutdown: { min: 5, median: 10, max: 30 },
  reboot: { min: 10, median: 20, max: 40 },
  power_cycle: { min: 8, median: 15, max: 30 },
  resize: { min: 15, median: 30, max: 60 },
  snapshot: { min: 30, median: 60, max: 180 },
  restore: { min: 40, median: 70, max: 180 },
  rebuild: { min: 40, median: 70, max: 180 },
  rename: { min: 1, median: 1, max: 3 },
  enable_ipv6: { min: 2, median: 4, max: 8 },
  enable_backups: { min: 1, median: 2, max: 4 },
  disable_backups: { min: 1, median: 2, max: 4 },
  change_backup_policy: { min: 1, median: 2, max: 4 },
  password_reset: { min: 5, median: 10, max: 20 },
  change_kernel: { min: 5, median: 10, max: 20 },
};

/** Actions that can be asked for by tag. */
const BY_TAG = [
  "power_cycle",
  "power_on",
  "power_off",
  "shutdown",
  "enable_ipv6",
  "enable_backups",
  "disable_backups",
  "snapshot",
];

/** Operations on the actions of droplets. */
export const dropletActionHandlers: Handlers = {
  dropletActions_list: (call) =>
    listed(call, "actions", actionsOf(call.world, "droplet", dropletOf(call).id), (action) =>
      actionView(call.world, action),
    ),
  dropletActions_get: (call) => done({ action: actionView(call.world, actionOf(call, "droplet", dropletOf(call).id)) }),
  dropletActions_post: (call) => {
    const action = begin(call.world, dropletOf(call), call.body);
    return created({ action: actionView(call.world, action) });
  },
  dropletActions_post_byTag: postByTag,
};

function postByTag(call: Call): Answer {
  const { world, body, query } = call;
  const type = textField(body, "type");
  if (!BY_TAG.includes(type)) throw unprocessable(`type must be one of ${BY_TAG.join(", ")}.`);
  const tag = query.get("tag_name");
  if (tag === null || tag === "") throw unprocessable("tag_name is required.");
  const droplets = taggedDroplets(world, tag);
  if (droplets.length === 0) throw notFound();
  const actions = droplets
    .filter(({ pendingAction }) => pendingAction === undefined)
    .map((droplet) => actionView(world, begin(world, droplet, body)));
  return created({ actions });
}

function begin(world: World, droplet: DropletRecord, body: JsonObject): ActionRecord {
  const type = textField(body, "type");
  const seconds = Object.hasOwn(SECONDS, type) ? SECONDS[type] : undefined;
  if (seconds === undefined) throw unprocessable(`type must be one of ${Object.keys(SECONDS).join(", ")}.`);
  if (droplet.pendingAction !== undefined) throw unprocessable("Droplet already has a pending event.");
  const change = changeOf(world, droplet, type, body);
  const action = startAction(world, {
    type,
    resourceType: "droplet",
    resource: String(droplet.id),
    region: droplet.region,
    seconds: (type === "resize" ? world.times.dropletResize : undefined) ?? seconds,
    change,
  });
  droplet.pendingAction = action.id;
  return action;
}

/** What the droplet becomes, checked. */
function changeOf(world: World, droplet: DropletRecord, type: string, body: JsonObject): JsonObject {
  switch (type) {
    case "power_on":
      if (droplet.status === "active") throw unprocessable("Droplet is already powered on.");
      return {};
    case "power_off":
    case "shutdown":
    case "reboot":
      if (droplet.status === "off") throw unprocessable("Droplet is already powered off.");
      return {};
    case "resize":
      return resizeOf(world, droplet, body);
    case "rename":
      return { name: textField(body, "name") };
    case "snapshot":
      return { name: optionalText(body, "name") ?? `${droplet.name}-${world.time.now() | 0}` };
    case "restore":
    case "rebuild": {
      const image = findImage(world, String(body.image ?? ""));
      if (image === undefined) throw unprocessable("You specified an invalid image for the Droplet.");
      return { image: image.id };
    }
    case "enable_backups":
    case "change_backup_policy":
      return { backup_policy: optionalObject(body, "backup_policy") };
    default:
      return {};
  }
}

function resizeOf(world: World, droplet: DropletRecord, body: JsonObject): JsonObject {
  const size = textField(body, "size");
  if (!Object.hasOwn(world.catalogue.dropletSizes, size)) throw unprocessable("You specified an invalid size.");
  if (size === droplet.size) throw unprocessable("This Droplet already is this size.");
  if (droplet.status !== "off") throw unprocessable("Droplet must be powered off before it can be resized.");
  if (diskOf(world, size) < droplet.diskGb) {
    throw unprocessable("This size is not available because it has a smaller disk.");
  }
  return { size, disk: flagField(body, "disk") };
}
