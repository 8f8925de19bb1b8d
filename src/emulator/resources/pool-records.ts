/** Autoscale pools: their members, and how they come to have as many as they should. @module */
import { Refusal } from "../answer.js";
import type { PoolState } from "../data-plane-event.js";
import type { JsonObject } from "../json.js";
import type { DropletRecord, PoolEventRecord, PoolRecord } from "../records.js";
import type { World } from "../world.js";
import { createDroplet, deleteDroplet } from "./droplet-records.js";
import { dropletStart } from "./droplet-start.js";

/** How often a pool is looked at. Unit: seconds. */
const LOOK_SECONDS = 60;
/** Unit: minutes. @see https://docs.digitalocean.com/products/droplets/how-to/autoscale/ (November 2026) */
const DEFAULT_COOLDOWN_MINUTES = 5;

/** Utilization of a droplet or pool. Unit: ratios from 0 to 1. */
export interface Utilization {
  readonly cpu: number;
  readonly memory: number;
}

/** The members of a pool, oldest first. */
export function membersOf(world: World, poolId: string): DropletRecord[] {
  return [...world.tables.droplets.all()].filter((droplet) => droplet.poolId === poolId);
}

/** Whether a pool has a fixed number of droplets. */
export function isStatic({ config }: PoolRecord): boolean {
  return typeof config.target_number_instances === "number";
}

/** How many droplets a configuration asks for at first, given how many there are. */
export function firstTarget(config: JsonObject, current: number): number {
  if (typeof config.target_number_instances === "number") return config.target_number_instances;
  return Math.min(Math.max(current, Number(config.min_instances)), Number(config.max_instances));
}

/** What a droplet is measured to use now: nothing, where nobody measures. */
export function utilizationOf(world: World, droplet: DropletRecord): Utilization {
  const now = world.time.now();
  const measured = (metric: string): number => {
    const query = { metric, resource: String(droplet.id), start: now - LOOK_SECONDS, end: now };
    return (world.metrics?.(query) ?? []).at(-1)?.value ?? 0;
  };
  return { cpu: measured("droplet/cpu"), memory: measured("droplet/memory_utilization") };
}

/** The mean utilization of members that run. */
export function poolUtilization(world: World, poolId: string): Utilization {
  const running = membersOf(world, poolId).filter(({ status }) => status === "active");
  const each = running.map((droplet) => utilizationOf(world, droplet));
  const mean = (pick: (utilization: Utilization) => number): number =>
    each.length === 0 ? 0 : each.reduce((sum, one) => sum + pick(one), 0) / each.length;
  return { cpu: mean(({ cpu }) => cpu), memory: mean(({ memory }) => memory) };
}

/** Gives a pool as many droplets as it should have, and notes it in its history. */
export function scale(world: World, pool: PoolRecord, target: number, reason: PoolEventRecord["reason"]): void {
  const members = membersOf(world, pool.id);
  pool.target = target;
  pool.updatedAt = world.timestamp;
  const event: PoolEventRecord = {
    id: world.identity.uuid(),
    poolId: pool.id,
    current: members.length,
    desired: target,
    reason,
    status: "in_progress",
    createdAt: world.timestamp,
    updatedAt: world.timestamp,
  };
  world.tables.poolEvents.add(event);
  for (const droplet of members.slice(target)) deleteDroplet(world, droplet);
  const isMade = addMembers(world, pool, target - members.length);
  if (!isMade) event.status = "error";
  else settle(world, pool);
  announcePool(world, pool, "change");
}

/** A member of a pool has booted: what was in progress may be done. */
export function memberBooted(world: World, poolId: string): void {
  const pool = world.tables.pools.peek(poolId);
  if (pool === undefined) return;
  settle(world, pool);
  announcePool(world, pool, "change");
}

/** Begins to look at a pool from time to time. */
export function watchPool(world: World, poolId: string): void {
  world.after(LOOK_SECONDS, "pool.look", poolId);
}

/** Looks at a pool: replaces what is gone, and scales by what is measured. */
export function lookAtPool(world: World, poolId: string): void {
  const pool = world.tables.pools.peek(poolId);
  if (pool === undefined || pool.status === "deleting") return;
  const count = membersOf(world, poolId).length;
  const wanted = isStatic(pool) ? pool.target : wantedByLoad(world, pool);
  if (wanted !== pool.target) {
    pool.cooldownUntil = world.time.now() + Number(pool.config.cooldown_minutes ?? DEFAULT_COOLDOWN_MINUTES) * 60;
    scale(world, pool, wanted, wanted > pool.target ? "SCALE_UP" : "SCALE_DOWN");
  } else if (count < pool.target) {
    scale(world, pool, pool.target, "SCALE_UP");
  }
  watchPool(world, poolId);
}

/** Tells the data plane of a pool. */
export function announcePool(world: World, pool: PoolRecord, change: "appear" | "change" | "go"): void {
  world.version++;
  if (!world.hasListeners) return;
  world.emit({ type: "pool", change, pool: poolState(world, pool), atSeconds: world.time.now() });
}

/** A pool as the data plane sees it. */
export function poolState(world: World, { id, name, status, target }: PoolRecord): PoolState {
  return { id, name, status, target, memberIds: membersOf(world, id).map((droplet) => droplet.id) };
}

/** As many as bring the busiest of the two utilizations to its target; as they are while the pool rests or boots. */
function wantedByLoad(world: World, pool: PoolRecord): number {
  const { config, target } = pool;
  const members = membersOf(world, pool.id);
  if (world.metrics === undefined || world.time.now() < pool.cooldownUntil) return target;
  if (members.length === 0 || members.some(({ status }) => status === "new")) return target;
  const { cpu, memory } = poolUtilization(world, pool.id);
  const ratios = [
    cpu / Number(config.target_cpu_utilization ?? Number.POSITIVE_INFINITY),
    memory / Number(config.target_memory_utilization ?? Number.POSITIVE_INFINITY),
  ];
  const wanted = Math.ceil(members.length * Math.max(...ratios));
  return Math.min(Math.max(wanted, Number(config.min_instances)), Number(config.max_instances));
}

/** @returns Whether all could be made. */
function addMembers(world: World, pool: PoolRecord, count: number): boolean {
  try {
    for (let i = 0; i < count; i++) {
      const name = `${pool.template.name ?? pool.name}-${world.identity.hex(8)}`;
      createDroplet(world, { ...dropletStart(world, pool.template), name, poolId: pool.id });
    }
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** What is in progress is done when all members run. */
function settle(world: World, pool: PoolRecord): void {
  const members = membersOf(world, pool.id);
  if (members.length !== pool.target || members.some(({ status }) => status === "new")) return;
  for (const event of world.tables.poolEvents.all()) {
    if (event.poolId !== pool.id || event.status !== "in_progress") continue;
    event.status = "success";
    event.updatedAt = world.timestamp;
  }
}
