/** Autoscale pools. @module */
import { type Answer, accepted, checkConfirmed, done, Refusal, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import { objectField, optionalInteger, optionalNumber, textField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { DropletRecord, PoolRecord } from "../records.js";
import type { World } from "../world.js";
import { deleteDroplet } from "./droplet-records.js";
import { dropletStart } from "./droplet-start.js";
import {
  announcePool,
  firstTarget,
  lookAtPool,
  membersOf,
  poolUtilization,
  scale,
  utilizationOf,
  watchPool,
} from "./pool-records.js";

/** Most droplets of a pool. @see https://docs.digitalocean.com/products/droplets/how-to/autoscale/ (November 2026) */
const LARGEST_POOL = 500;

/** Operations on autoscale pools. */
export const poolHandlers: Handlers = {
  autoscalepools_list: (call) => {
    const name = call.query.get("name");
    const pools = call.world.tables.pools.list().filter((pool) => name === null || pool.name.includes(name));
    return listed(call, "autoscale_pools", pools, (pool) => view(call.world, pool));
  },
  autoscalepools_create: create,
  autoscalepools_get: (call) => done({ autoscale_pool: view(call.world, poolOf(call)) }),
  autoscalepools_update: update,
  autoscalepools_delete: (call) => {
    const pool = poolOf(call);
    // The droplets stay, and belong to nobody.
    for (const droplet of membersOf(call.world, pool.id)) Object.assign(droplet, { poolId: undefined });
    return remove(call.world, pool);
  },
  autoscalepools_delete_dangerous: (call) => {
    const pool = poolOf(call);
    checkConfirmed(call);
    for (const droplet of membersOf(call.world, pool.id)) deleteDroplet(call.world, droplet);
    return remove(call.world, pool);
  },
  autoscalepools_list_members: (call) =>
    listed(call, "droplets", membersOf(call.world, poolOf(call).id), (droplet) => memberView(call.world, droplet)),
  autoscalepools_list_history: (call) => {
    const { id } = poolOf(call);
    const events = call.world.tables.poolEvents.list().filter(({ poolId }) => poolId === id);
    return listed(call, "history", events.reverse(), (event) => ({
      history_event_id: event.id,
      current_instance_count: event.current,
      desired_instance_count: event.desired,
      reason: event.reason,
      status: event.status,
      created_at: event.createdAt,
      updated_at: event.updatedAt,
    }));
  },
};

/** Transitions of autoscale pools. */
export const poolTransitions: Transitions = {
  "pool.look": lookAtPool,
  "pool.gone": (world, id) => {
    const pool = world.tables.pools.peek(id);
    if (pool === undefined) return;
    world.tables.pools.delete(id);
    for (const event of [...world.tables.poolEvents.all()]) {
      if (event.poolId === id) world.tables.poolEvents.delete(event.id);
    }
    announcePool(world, pool, "go");
  },
};

function create(call: Call): Answer {
  const { world, body } = call;
  const name = textField(body, "name");
  for (const other of world.tables.pools.all()) {
    if (other.name === name) throw unprocessable("autoscale pool with this name already exists");
  }
  const pool: PoolRecord = {
    id: world.identity.uuid(),
    name,
    config: configOf(body),
    template: templateOf(world, body),
    status: "active",
    createdAt: world.timestamp,
    updatedAt: world.timestamp,
    target: 0,
    cooldownUntil: 0,
  };
  world.tables.pools.add(pool);
  announcePool(world, pool, "appear");
  scale(world, pool, firstTarget(pool.config, 0), "CONFIGURATION_CHANGE");
  watchPool(world, pool.id);
  return accepted({ autoscale_pool: view(world, pool) });
}

function update(call: Call): Answer {
  const { world, body } = call;
  const pool = poolOf(call);
  const name = textField(body, "name");
  const config = configOf(body);
  const template = templateOf(world, body);
  Object.assign(pool, { name, config, template });
  scale(world, pool, firstTarget(config, membersOf(world, pool.id).length), "CONFIGURATION_CHANGE");
  return done({ autoscale_pool: view(world, pool) });
}

function remove(world: World, pool: PoolRecord): Answer {
  pool.status = "deleting";
  pool.target = 0;
  announcePool(world, pool, "change");
  world.after(world.drawSeconds({ min: 2, median: 5, max: 15 }), "pool.gone", pool.id);
  return accepted();
}

/** The configuration, of one of the two forms. */
function configOf(body: JsonObject): JsonObject {
  const config = objectField(body, "config");
  const fixed = optionalInteger(config, "target_number_instances");
  if (fixed !== undefined && fixed > 0) {
    if (fixed > LARGEST_POOL) throw unprocessable(`target_number_instances must be from 1 to ${LARGEST_POOL}.`);
    return { target_number_instances: fixed };
  }
  const min = optionalInteger(config, "min_instances") ?? 0;
  const max = optionalInteger(config, "max_instances") ?? 0;
  if (min < 1 || max < min || max > LARGEST_POOL) {
    throw unprocessable(
      `config must hold target_number_instances, or min_instances and max_instances from 1 to ${LARGEST_POOL}.`,
    );
  }
  const cpu = shareOf(config, "target_cpu_utilization");
  const memory = shareOf(config, "target_memory_utilization");
  if (cpu === undefined && memory === undefined) {
    throw unprocessable("config must hold target_cpu_utilization or target_memory_utilization.");
  }
  const cooldown = optionalInteger(config, "cooldown_minutes");
  return {
    min_instances: min,
    max_instances: max,
    ...(cpu === undefined ? {} : { target_cpu_utilization: cpu }),
    ...(memory === undefined ? {} : { target_memory_utilization: memory }),
    ...(cooldown === undefined ? {} : { cooldown_minutes: cooldown }),
  };
}

/** A target from above 0 to 1; 0 is as good as none. */
function shareOf(config: JsonObject, name: string): number | undefined {
  const value = optionalNumber(config, name) ?? 0;
  if (value < 0 || value > 1) throw unprocessable(`${name} must be from 0 to 1.`);
  return value === 0 ? undefined : value;
}

/** The template, when a droplet can be made of it. */
function templateOf(world: World, body: JsonObject): JsonObject {
  const template = objectField(body, "droplet_template");
  dropletStart(world, template);
  return { ...template, ssh_keys: template.ssh_keys ?? [], tags: template.tags ?? [] };
}

function view(world: World, pool: PoolRecord): JsonObject {
  return {
    id: pool.id,
    name: pool.name,
    config: pool.config,
    droplet_template: pool.template,
    current_utilization: { ...poolUtilization(world, pool.id) },
    created_at: pool.createdAt,
    updated_at: pool.updatedAt,
    status: pool.status,
    active_resources_count: membersOf(world, pool.id).filter(({ status }) => status === "active").length,
  };
}

function memberView(world: World, droplet: DropletRecord): JsonObject {
  return {
    droplet_id: droplet.id,
    created_at: droplet.createdAt,
    updated_at: droplet.createdAt,
    health_status: "healthy",
    status: droplet.status === "new" ? "provisioning" : droplet.status === "off" ? "off" : "active",
    current_utilization: { ...utilizationOf(world, droplet) },
  };
}

function poolOf({ world, params }: Call): PoolRecord {
  const id = params.autoscale_pool_id!;
  const pool = world.tables.pools.get(id);
  if (pool === undefined) throw new Refusal(404, "not_found", `autoscale group with id ${id} not found`);
  return pool;
}
