/** Reserved addresses. @module */
import { type Answer, accepted, created, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import { integerField, optionalInteger, optionalText, optionalWord, textField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { ReservedIpRecord } from "../records.js";
import type { World } from "../world.js";
import { actionLink, actionOf, actionsOf, actionView, completeAction, startAction } from "./action-records.js";
import { charge, stopCharging } from "./bills.js";
import { regionView } from "./catalogue-views.js";
import { checkRegion } from "./checks.js";
import { dropletView } from "./droplet-view.js";
import { reservedIpPrice } from "./prices.js";
import { defaultProject } from "./project-records.js";

/** Operations on reserved addresses. */
export const reservedIpHandlers: Handlers = {
  reservedIPs_list: (call) =>
    listed(call, "reserved_ips", call.world.tables.reservedIps.list(), (ip) => view(call.world, ip)),
  reservedIPs_create: create,
  reservedIPs_get: (call) => done({ reserved_ip: view(call.world, ipOf(call)) }),
  reservedIPs_delete: (call) => {
    const ip = ipOf(call);
    if (ip.pendingAction !== undefined) throw unprocessable("The reserved IP already has a pending event.");
    call.world.tables.reservedIps.delete(ip.id);
    call.world.tables.assignments.delete(`do:floatingip:${ip.id}`);
    stopCharging(call.world, `do:floatingip:${ip.id}`);
    return done();
  },
  reservedIPsActions_list: (call) =>
    listed(call, "actions", actionsOf(call.world, "reserved_ip", ipOf(call).id), (action) =>
      actionView(call.world, action),
    ),
  reservedIPsActions_post: postAction,
  reservedIPsActions_get: (call) => {
    const ip = ipOf(call);
    const action = actionView(call.world, actionOf(call, "reserved_ip", ip.id));
    return done({ action: { ...action, project_id: ip.projectId } });
  },
};

/** Transitions of reserved addresses. */
export const reservedIpTransitions: Transitions = {
  "reserved_ip.done": (world, id) => {
    const action = world.tables.actions.peek(id);
    if (action === undefined || action.status !== "in-progress") return;
    const ip = world.tables.reservedIps.peek(action.resource);
    completeAction(world, action, ip === undefined ? "errored" : "completed");
    if (ip === undefined) return;
    ip.pendingAction = undefined;
    const droplet = action.change.droplet as number | undefined;
    ip.dropletId = droplet !== undefined && world.tables.droplets.peek(droplet) ? droplet : undefined;
    charge(world, `do:floatingip:${ip.id}`, ip.id, reservedIpPrice(world, ip.dropletId !== undefined));
  },
};

function create(call: Call): Answer {
  const { world, body } = call;
  const dropletId = optionalInteger(body, "droplet_id");
  const droplet = dropletId === undefined ? undefined : world.tables.droplets.get(dropletId);
  if (dropletId !== undefined && droplet === undefined) throw unprocessable("The Droplet does not exist.");
  const region = checkRegion(world, droplet?.region ?? textField(body, "region"));
  if (droplet !== undefined) checkFree(world, droplet.id);
  const ip: ReservedIpRecord = world.tables.reservedIps.add({
    id: world.identity.address(),
    region,
    dropletId: undefined,
    projectId: optionalText(body, "project_id") || defaultProject(world).id,
    createdAt: world.timestamp,
    pendingAction: undefined,
  });
  charge(world, `do:floatingip:${ip.id}`, ip.id, reservedIpPrice(world, false));
  if (droplet === undefined) return accepted({ reserved_ip: view(world, ip), links: { droplets: [], actions: [] } });
  const action = begin(world, ip, "assign_ip", droplet.id);
  const links = {
    droplets: [{ id: droplet.id, rel: "droplet", href: `${call.origin}/v2/droplets/${droplet.id}` }],
    actions: [actionLink(call, world.tables.actions.peek(action.id as number)!, "assign_ip")],
  };
  return accepted({ reserved_ip: view(world, ip), links });
}

function postAction(call: Call): Answer {
  const { world, body } = call;
  const ip = ipOf(call);
  const type = optionalWord(body, "type", ["assign", "unassign"]);
  if (type === undefined) throw unprocessable("type is required.");
  if (ip.pendingAction !== undefined) throw unprocessable("The reserved IP already has a pending event.");
  if (type === "unassign") {
    if (ip.dropletId === undefined) throw unprocessable("The reserved IP is not assigned to a Droplet.");
    return created({ action: begin(world, ip, "unassign_ip", undefined) });
  }
  const droplet = world.tables.droplets.get(integerField(body, "droplet_id"));
  if (droplet === undefined) throw unprocessable("The Droplet does not exist.");
  if (droplet.region !== ip.region) throw unprocessable("The Droplet must be in the same region as the reserved IP.");
  if (ip.dropletId !== droplet.id) checkFree(world, droplet.id);
  return created({ action: begin(world, ip, "assign_ip", droplet.id) });
}

function begin(world: World, ip: ReservedIpRecord, type: string, droplet: number | undefined): JsonObject {
  const action = startAction(world, {
    type,
    resourceType: "reserved_ip",
    resource: ip.id,
    region: ip.region,
    seconds: { min: 1, median: 5, max: 15 },
    change: droplet === undefined ? {} : { droplet },
  });
  ip.pendingAction = action.id;
  return { ...actionView(world, action), project_id: ip.projectId };
}

/** A droplet has one reserved address. */
function checkFree(world: World, dropletId: number): void {
  for (const ip of world.tables.reservedIps.all()) {
    if (ip.dropletId === dropletId) throw unprocessable("The Droplet already has a reserved IP.");
  }
}

function view(world: World, ip: ReservedIpRecord): JsonObject {
  const droplet = ip.dropletId === undefined ? undefined : world.tables.droplets.peek(ip.dropletId);
  return {
    ip: ip.id,
    region: regionView(world.catalogue, ip.region),
    droplet: droplet === undefined ? null : dropletView(world, droplet),
    locked: ip.pendingAction !== undefined,
    project_id: ip.projectId,
  };
}

function ipOf({ world, params }: Call): ReservedIpRecord {
  const ip = world.tables.reservedIps.get(params.reserved_ip!);
  if (ip === undefined) throw notFound();
  return ip;
}
