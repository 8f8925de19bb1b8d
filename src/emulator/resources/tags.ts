/** Tags and tagging. @module */
import { type Answer, created, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { objectsField, requireFields, textField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { World } from "../world.js";
import { announce } from "./droplet-records.js";
import { ensureTags } from "./tag-records.js";

interface Tagged {
  readonly id: string | number;
  tags: string[];
}

/** Kinds of resources that can be tagged: the name in a request, the name in counts, the path, and where they are. */
const KINDS: readonly {
  readonly type: string;
  readonly count: string;
  readonly path: string;
  readonly list: (world: World) => Iterable<Tagged>;
}[] = [
  { type: "droplet", count: "droplets", path: "droplets", list: (world) => world.tables.droplets.all() },
  { type: "image", count: "images", path: "images", list: (world) => world.tables.images.all() },
  { type: "volume", count: "volumes", path: "volumes", list: (world) => world.tables.volumes.all() },
  {
    type: "volume_snapshot",
    count: "volume_snapshots",
    path: "snapshots",
    list: (world) => world.tables.volumeSnapshots.all(),
  },
  { type: "database", count: "databases", path: "databases", list: databasesOf },
];

/** Operations on tags. */
export const tagHandlers: Handlers = {
  tags_list: (call) => listed(call, "tags", call.world.tables.tags.list(), ({ id }) => view(call, String(id))),
  tags_create: (call) => {
    const name = textField(call.body, "name");
    ensureTags(call.world, [name]);
    return created({ tag: view(call, name) });
  },
  tags_get: (call) => done({ tag: view(call, nameOf(call)) }),
  tags_delete: (call) => {
    const name = nameOf(call);
    for (const { list } of KINDS) for (const resource of list(call.world)) untag(call.world, resource, name);
    call.world.tables.tags.delete(name);
    return done();
  },
  tags_assign_resources: (call) => {
    const name = nameOf(call);
    return forEachResource(call, (resource) => {
      if (!resource.tags.includes(name)) changeTags(call.world, resource, [...resource.tags, name]);
    });
  },
  tags_unassign_resources: (call) => {
    const name = nameOf(call);
    return forEachResource(call, (resource) => untag(call.world, resource, name));
  },
};

function nameOf({ world, params }: Call): string {
  const name = params.tag_id!;
  if (world.tables.tags.get(name) === undefined) throw notFound();
  return name;
}

function forEachResource(call: Call, change: (resource: Tagged) => void): Answer {
  requireFields(call.body, "resources");
  const resources = objectsField(call.body, "resources").map((entry) => {
    const id = String(entry.resource_id ?? "");
    const type = textField(entry, "resource_type");
    const kind = KINDS.find((candidate) => candidate.type === type);
    if (kind === undefined)
      throw unprocessable(`resource_type must be one of ${KINDS.map((each) => each.type).join(", ")}.`);
    for (const resource of kind.list(call.world)) if (String(resource.id) === id) return resource;
    throw notFound();
  });
  for (const resource of resources) change(resource);
  return done();
}

function untag(world: World, resource: Tagged, name: string): void {
  if (resource.tags.includes(name)) {
    changeTags(
      world,
      resource,
      resource.tags.filter((tag) => tag !== name),
    );
  }
}

function changeTags(world: World, resource: Tagged, tags: string[]): void {
  resource.tags = tags;
  const droplet = world.tables.droplets.peek(resource.id);
  if (droplet === resource) announce(world, droplet, "change");
}

function view({ world, origin }: Call, name: string): JsonObject {
  const counts: Record<string, JsonObject> = {};
  let total = 0;
  let last = "";
  for (const { count, path, list } of KINDS) {
    let own = 0;
    let lastOwn = "";
    for (const { id, tags } of list(world)) {
      if (!tags.includes(name)) continue;
      own++;
      lastOwn = `${origin}/v2/${path}/${id}`;
    }
    counts[count] = own === 0 ? { count: 0 } : { count: own, last_tagged_uri: lastOwn };
    total += own;
    if (own > 0) last = lastOwn;
  }
  return { name, resources: { count: total, ...(last === "" ? {} : { last_tagged_uri: last }), ...counts } };
}

function* databasesOf(world: World): Generator<Tagged> {
  for (const database of world.tables.databases.all()) {
    if (Array.isArray(database.tags)) yield database as unknown as Tagged;
  }
}
