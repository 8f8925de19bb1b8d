/** Firewalls. @module */
import { type Answer, accepted, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import {
  integersField,
  objectsField,
  optionalObject,
  optionalText,
  requireFields,
  textField,
  textsField,
} from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { DropletRecord, FirewallRecord } from "../records.js";
import type { World } from "../world.js";
import { ensureTags } from "./tag-records.js";

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9.-]+$/;
const PROTOCOLS = ["tcp", "udp", "icmp"];
/** `0` is what the provider shows for all ports. */
const ALL_PORTS = "0";

/** Operations on firewalls. */
export const firewallHandlers: Handlers = {
  firewalls_list: (call) => listed(call, "firewalls", call.world.tables.firewalls.list(), view),
  firewalls_create: (call) => {
    const { world } = call;
    const firewall = world.tables.firewalls.add({
      id: world.identity.uuid(),
      status: "waiting",
      createdAt: world.timestamp,
      ...settingsOf(call),
    });
    apply(world, firewall);
    return accepted({ firewall: view(firewall) });
  },
  firewalls_get: (call) => done({ firewall: view(firewallOf(call)) }),
  firewalls_update: (call) => {
    const firewall = firewallOf(call);
    Object.assign(firewall, settingsOf(call, firewall));
    apply(call.world, firewall);
    return done({ firewall: view(firewall) });
  },
  firewalls_delete: (call) => {
    call.world.tables.firewalls.delete(firewallOf(call).id);
    return done();
  },
  firewalls_assign_droplets: (call) => {
    const firewall = firewallOf(call);
    requireFields(call.body, "droplet_ids");
    firewall.dropletIds = [...new Set([...firewall.dropletIds, ...dropletIds(call)])];
    apply(call.world, firewall);
    return done();
  },
  firewalls_delete_droplets: (call) => {
    const firewall = firewallOf(call);
    requireFields(call.body, "droplet_ids");
    const ids = integersField(call.body, "droplet_ids");
    firewall.dropletIds = firewall.dropletIds.filter((id) => !ids.includes(id));
    return done();
  },
  firewalls_add_tags: (call) => {
    const firewall = firewallOf(call);
    requireFields(call.body, "tags");
    const tags = textsField(call.body, "tags");
    ensureTags(call.world, tags);
    firewall.tags = [...new Set([...firewall.tags, ...tags])];
    apply(call.world, firewall);
    return done();
  },
  firewalls_delete_tags: (call) => {
    const firewall = firewallOf(call);
    requireFields(call.body, "tags");
    const tags = textsField(call.body, "tags");
    firewall.tags = firewall.tags.filter((tag) => !tags.includes(tag));
    return done();
  },
  firewalls_add_rules: (call) => {
    const firewall = firewallOf(call);
    const { inbound, outbound } = someRules(call.body);
    firewall.inbound = [...firewall.inbound, ...inbound];
    firewall.outbound = [...firewall.outbound, ...outbound];
    apply(call.world, firewall);
    return done();
  },
  firewalls_delete_rules: (call) => {
    const firewall = firewallOf(call);
    const { inbound, outbound } = someRules(call.body);
    firewall.inbound = without(firewall.inbound, inbound);
    firewall.outbound = without(firewall.outbound, outbound);
    return done();
  },
};

/** Transitions of firewalls. */
export const firewallTransitions: Transitions = {
  "firewall.applied": (world, id) => {
    const firewall = world.tables.firewalls.peek(id);
    if (firewall !== undefined) firewall.status = "succeeded";
  },
};

/** Answers with the firewalls of a droplet. */
export function firewallsOfDroplet(call: Call, droplet: DropletRecord): Answer {
  const firewalls = call.world.tables.firewalls
    .list()
    .filter(({ dropletIds: ids, tags }) => ids.includes(droplet.id) || tags.some((tag) => droplet.tags.includes(tag)));
  return listed(call, "firewalls", firewalls, view);
}

function settingsOf(
  call: Call,
  own?: FirewallRecord,
): Pick<FirewallRecord, "name" | "dropletIds" | "tags" | "inbound" | "outbound"> {
  const { world, body } = call;
  const name = textField(body, "name");
  if (!NAME.test(name)) throw unprocessable("name may hold letters, numbers, dashes and periods only.");
  for (const other of world.tables.firewalls.all()) {
    if (other !== own && other.name === name) throw unprocessable("duplicate name");
  }
  const tags = textsField(body, "tags");
  ensureTags(world, tags);
  const rules = someRules(body);
  return { name, dropletIds: [...new Set(dropletIds(call))], tags, ...rules };
}

function dropletIds({ world, body }: Call): number[] {
  const ids = integersField(body, "droplet_ids");
  for (const id of ids)
    if (world.tables.droplets.get(id) === undefined) throw unprocessable(`Droplet ${id} could not be found.`);
  return ids;
}

/** Rules, at least one. @throws Refusal */
function someRules(body: JsonObject): { inbound: JsonObject[]; outbound: JsonObject[] } {
  const rules = rulesOf(body);
  if (rules.inbound.length + rules.outbound.length === 0) {
    throw unprocessable("At least one inbound or outbound rule is required.");
  }
  return rules;
}

function rulesOf(body: JsonObject): { inbound: JsonObject[]; outbound: JsonObject[] } {
  return {
    inbound: objectsField(body, "inbound_rules").map((rule) => ruleOf(rule, "sources")),
    outbound: objectsField(body, "outbound_rules").map((rule) => ruleOf(rule, "destinations")),
  };
}

/** A rule in one form: all ports as the provider writes them, lists that are empty left out. */
function ruleOf(rule: JsonObject, side: "sources" | "destinations"): JsonObject {
  const protocol = textField(rule, "protocol");
  if (!PROTOCOLS.includes(protocol)) throw unprocessable(`protocol must be one of ${PROTOCOLS.join(", ")}.`);
  const ports = optionalText(rule, "ports") ?? "";
  if (ports !== "" && ports !== "all" && !/^\d{1,5}(-\d{1,5})?$/.test(ports)) {
    throw unprocessable("ports must be a port, a range such as 8000-9000, or all.");
  }
  const ends = Object.entries(optionalObject(rule, side) ?? {}).filter(
    ([, list]) => Array.isArray(list) && list.length > 0,
  );
  return { protocol, ports: ports === "" || ports === "all" ? ALL_PORTS : ports, [side]: Object.fromEntries(ends) };
}

function without(rules: readonly JsonObject[], removed: readonly JsonObject[]): JsonObject[] {
  return rules.filter((rule) => !removed.some((other) => JSON.stringify(other) === JSON.stringify(rule)));
}

function apply(world: World, firewall: FirewallRecord): void {
  firewall.status = "waiting";
  world.after(world.drawSeconds({ min: 1, median: 3, max: 10 }), "firewall.applied", firewall.id);
}

function view(firewall: FirewallRecord): JsonObject {
  return {
    id: firewall.id,
    name: firewall.name,
    status: firewall.status,
    created_at: firewall.createdAt,
    pending_changes:
      firewall.status === "waiting"
        ? firewall.dropletIds.map((id) => ({ droplet_id: id, removing: false, status: "waiting" }))
        : [],
    droplet_ids: firewall.dropletIds,
    tags: firewall.tags,
    inbound_rules: firewall.inbound,
    outbound_rules: firewall.outbound,
  };
}

function firewallOf({ world, params }: Call): FirewallRecord {
  const firewall = world.tables.firewalls.get(params.firewall_id!);
  if (firewall === undefined) throw notFound();
  return firewall;
}
