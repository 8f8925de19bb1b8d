/** Droplets: making, showing, listing and deleting them. @module */
import { type Answer, accepted, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import { textField, textsField } from "../fields.js";
import { listed } from "../page.js";
import type { DropletRecord } from "../records.js";
import type { World } from "../world.js";
import { actionLink } from "./action-records.js";
import { finishDropletAction } from "./droplet-action-ends.js";
import { createDroplet, deleteDroplet } from "./droplet-records.js";
import { dropletStart } from "./droplet-start.js";
import { dropletOf, dropletView } from "./droplet-view.js";
import { firewallsOfDroplet } from "./firewalls.js";

/** What a droplet's name may be. @see https://docs.digitalocean.com/reference/api/reference/droplets/ */
const NAME = /^[a-zA-Z0-9]?[a-zA-Z0-9.-]*[a-zA-Z0-9]$/;
/** Most droplets one request makes. */
const NAMES_AT_ONCE = 10;

/** Operations on droplets. */
export const dropletHandlers: Handlers = {
  droplets_list: listDroplets,
  droplets_create: createDroplets,
  droplets_destroy_byTag: (call) => {
    const tag = call.query.get("tag_name");
    if (tag === null || tag === "") throw unprocessable("tag_name is required.");
    const tagged = taggedDroplets(call.world, tag);
    if (tagged.length === 0) throw notFound();
    for (const droplet of tagged) deleteDroplet(call.world, droplet);
    return done();
  },
  droplets_get: (call) => done({ droplet: dropletView(call.world, dropletOf(call)) }),
  droplets_destroy: (call) => {
    deleteDroplet(call.world, dropletOf(call));
    return done();
  },
  droplets_list_kernels: (call) => {
    dropletOf(call);
    return listed(call, "kernels", [], () => ({}));
  },
  droplets_list_firewalls: (call) => firewallsOfDroplet(call, dropletOf(call)),
  droplets_list_neighbors: (call) => {
    dropletOf(call);
    return done({ droplets: [] });
  },
  droplets_list_neighborsIds: () => done({ neighbor_ids: [] }),
};

/** Transitions of droplets. */
export const dropletTransitions: Transitions = { "droplet.done": finishDropletAction };

/** Droplets with a tag. */
export function taggedDroplets(world: World, tag: string): DropletRecord[] {
  return world.tables.droplets.list().filter(({ tags }) => tags.includes(tag));
}

function listDroplets(call: Call): Answer {
  const { world, query } = call;
  const tag = query.get("tag_name");
  const name = query.get("name");
  if (query.get("type") === "gpus") return listed(call, "droplets", [], () => ({}));
  let droplets = tag === null ? world.tables.droplets.list() : taggedDroplets(world, tag);
  if (name !== null) droplets = droplets.filter((droplet) => droplet.name.toLowerCase() === name.toLowerCase());
  return listed(call, "droplets", droplets, (droplet) => dropletView(world, droplet));
}

function createDroplets(call: Call): Answer {
  const { world, body } = call;
  const names = body.names === undefined ? [textField(body, "name")] : textsField(body, "names");
  if (names.length === 0 || names.length > NAMES_AT_ONCE) {
    throw unprocessable(`names must hold 1 to ${NAMES_AT_ONCE} names.`);
  }
  for (const name of names) {
    if (!NAME.test(name)) throw unprocessable("Only valid hostname characters are allowed. (a-z, A-Z, 0-9, . and -)");
  }
  if (world.tables.droplets.size + names.length > world.dropletLimit) {
    throw unprocessable("creating this/these droplet(s) will exceed your droplet limit");
  }
  const start = dropletStart(world, body);
  const made = names.map((name) => createDroplet(world, { ...start, name }));
  for (const { droplet } of made) attachNew(world, droplet);
  const views = made.map(({ droplet }) => dropletView(world, droplet));
  const links = { actions: made.map(({ action }) => actionLink(call, action, "create")) };
  return accepted(body.names === undefined ? { droplet: views[0], links } : { droplets: views, links });
}

function attachNew(world: World, droplet: DropletRecord): void {
  for (const id of droplet.volumeIds) world.tables.volumes.peek(id)!.dropletIds = [droplet.id];
}
