/** Actions on volumes: attaching, detaching, making larger. @module */
import { type Answer, accepted, conflict, done, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import { integerField, optionalText, optionalWord, textField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { VolumeRecord } from "../records.js";
import type { World } from "../world.js";
import { actionOf, actionsOf, actionView, completeAction, startAction } from "./action-records.js";
import { charge } from "./bills.js";
import { announce } from "./droplet-records.js";
import { volumePrice } from "./prices.js";
import { LARGEST_VOLUME_GB, volumeNamed, volumeOf } from "./volumes.js";

/** Most volumes a droplet has. @see https://docs.digitalocean.com/products/volumes/details/limits/ (November 2026) */
const VOLUMES_PER_DROPLET = 15;

/** Operations on the actions of volumes. */
export const volumeActionHandlers: Handlers = {
  volumeActions_post: (call) => {
    const name = textField(call.body, "volume_name");
    return begin(call, volumeNamed(call.world, name, optionalText(call.body, "region") ?? null));
  },
  volumeActions_post_byId: (call) => begin(call, volumeOf(call)),
  volumeActions_list: (call) =>
    listed(call, "actions", actionsOf(call.world, "volume", volumeOf(call).id), (action) =>
      actionView(call.world, action),
    ),
  volumeActions_get: (call) => done({ action: actionView(call.world, actionOf(call, "volume", volumeOf(call).id)) }),
};

/** Transitions of volumes. */
export const volumeTransitions: Transitions = {
  "volume.done": (world, id) => {
    const action = world.tables.actions.peek(id);
    const volume = action && world.tables.volumes.peek(action.resource);
    if (action === undefined || action.status !== "in-progress") return;
    completeAction(world, action, volume === undefined ? "errored" : "completed");
    if (volume === undefined) return;
    volume.pendingAction = undefined;
    finish(world, volume, action.type, action.change);
  },
};

function begin({ world, body }: Call, volume: VolumeRecord): Answer {
  const type = optionalWord(body, "type", ["attach", "detach", "resize"]);
  if (type === undefined) throw unprocessable("type is required.");
  if (volume.pendingAction !== undefined) throw conflict("volume has a pending event");
  const action = startAction(world, {
    type,
    resourceType: "volume",
    resource: volume.id,
    region: volume.region,
    seconds: { min: 1, median: 3, max: 10 },
    change: changeOf(world, volume, type, body),
  });
  volume.pendingAction = action.id;
  return accepted({ action: actionView(world, action) });
}

function changeOf(world: World, volume: VolumeRecord, type: string, body: JsonObject): JsonObject {
  if (type === "resize") {
    const size = integerField(body, "size_gigabytes");
    if (size <= volume.sizeGb || size > LARGEST_VOLUME_GB) {
      throw unprocessable(`size_gigabytes must be larger than ${volume.sizeGb} and at most ${LARGEST_VOLUME_GB}.`);
    }
    return { size };
  }
  const id = integerField(body, "droplet_id");
  const droplet = world.tables.droplets.get(id);
  if (droplet === undefined) throw unprocessable(`droplet_id: Droplet ${id} could not be found.`);
  if (type === "detach") {
    if (!volume.dropletIds.includes(id)) throw unprocessable("Attachment not found");
    return { droplet: id };
  }
  if (volume.dropletIds.length > 0) throw unprocessable("volume is already attached to a Droplet");
  if (droplet.region !== volume.region) throw unprocessable("volume and Droplet must be in the same region");
  if (droplet.volumeIds.length >= VOLUMES_PER_DROPLET)
    throw unprocessable(`a Droplet has at most ${VOLUMES_PER_DROPLET} volumes`);
  return { droplet: id };
}

function finish(world: World, volume: VolumeRecord, type: string, change: JsonObject): void {
  if (type === "resize") {
    volume.sizeGb = change.size as number;
    charge(world, `do:volume:${volume.id}`, volume.name, volumePrice(world, volume.sizeGb));
    return;
  }
  const droplet = world.tables.droplets.peek(change.droplet as number);
  if (droplet === undefined) return;
  volume.dropletIds = type === "attach" ? [droplet.id] : [];
  droplet.volumeIds = droplet.volumeIds.filter((id) => id !== volume.id);
  if (type === "attach") droplet.volumeIds.push(volume.id);
  announce(world, droplet, "change");
}
