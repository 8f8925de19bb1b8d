/** Actions: what is being done to resources, and what was. @module */
import type { Duration } from "../../infra/resource-kind.js";
import { done, notFound } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { ActionRecord } from "../records.js";
import type { World } from "../world.js";
import { regionView } from "./catalogue-views.js";

/** Actions that are remembered; older ones are forgotten when they are completed. */
const ACTIONS_KEPT = 20_000;

/** An action to begin. */
export interface ActionStart {
  readonly type: string;
  readonly resourceType: "droplet" | "image" | "volume" | "reserved_ip";
  readonly resource: string;
  readonly region: string;
  readonly seconds: Duration;
  /** What the resource becomes when it is done. */
  readonly change?: JsonObject;
}

/** Begins an action; the transition `RESOURCETYPE.done` ends it, unless a fault keeps it from ending. */
export function startAction(world: World, start: ActionStart): ActionRecord {
  const action = world.tables.actions.add({
    id: world.identity.integer(),
    status: "in-progress",
    type: start.type,
    startedAt: world.timestamp,
    completedAt: null,
    resource: start.resource,
    resourceType: start.resourceType,
    region: start.region,
    change: start.change ?? {},
  });
  const seconds = world.drawSeconds(start.seconds);
  if (!world.faults.isStuck()) world.after(seconds, `${start.resourceType}.done`, action.id);
  return action;
}

/** Ends an action. */
export function completeAction(
  world: World,
  action: ActionRecord,
  status: "completed" | "errored" = "completed",
): void {
  action.status = status;
  action.completedAt = world.timestamp;
  if (world.tables.actions.size > ACTIONS_KEPT) forgetOldest(world);
}

/** Actions on one resource, newest first. */
export function actionsOf(world: World, resourceType: string, resource: string | number): ActionRecord[] {
  const id = String(resource);
  const own = world.tables.actions
    .list()
    .filter((action) => action.resource === id && action.resourceType === resourceType);
  return own.reverse();
}

/** The action that a path names, of one resource. @throws Refusal */
export function actionOf({ world, params }: Call, resourceType: string, resource: string | number): ActionRecord {
  const action = world.tables.actions.get(params.action_id!);
  if (action?.resourceType !== resourceType || action.resource !== String(resource)) throw notFound();
  return action;
}

/** An action as the API shows it. */
export function actionView(world: World, action: ActionRecord): JsonObject {
  const number = Number(action.resource);
  return {
    id: action.id,
    status: action.status,
    type: action.type,
    started_at: action.startedAt,
    completed_at: action.completedAt,
    resource_id: Number.isSafeInteger(number) ? number : null,
    resource_type: action.resourceType,
    region: regionView(world.catalogue, action.region),
    region_slug: action.region,
  };
}

/** A link to an action, as answers that begin one hold it. */
export function actionLink(call: Call, { id }: ActionRecord, rel: string): JsonObject {
  return { id, rel, href: `${call.origin}/v2/actions/${id}` };
}

/** Operations on all actions. */
export const actionHandlers: Handlers = {
  actions_list: (call) =>
    listed(call, "actions", call.world.tables.actions.list().reverse(), (action) => actionView(call.world, action)),
  actions_get: (call) => {
    const action = call.world.tables.actions.get(call.params.action_id!);
    if (action === undefined) throw notFound();
    return done({ action: actionView(call.world, action) });
  },
};

function forgetOldest(world: World): void {
  for (const action of world.tables.actions.all()) {
    if (action.status === "in-progress") continue;
    world.tables.actions.delete(action.id);
    return;
  }
}
