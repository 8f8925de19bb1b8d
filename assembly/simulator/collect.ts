/** Gauges and per-resource series of an environment, brought up to date before a scrape. @module */
import { EnvFloat, EnvInt, Phase, TierInt } from "../../src/simulator/fields";
import { inFlightIn, utilizationOf, waitingIn } from "./flow";
import { inFlightOf, onReplica, takeUtilization, waitingOf } from "./host";
import {
  balancerUsdPerHour,
  envFloats,
  envInts,
  float,
  get,
  healthCheck,
  hostTraffic,
  int,
  otherCostsRow,
  otherPrices,
  priceRow,
  resources,
  resourcesRow,
  set,
  setFloat,
  setPresent,
  tickSeconds,
  tierCount,
  tiers,
  timeRow,
} from "./model";
import { activeSlots, listPrice, pendingSlots, slotsIn } from "./slots";
import { Tier } from "./tier";

/** Series per machine. */
const ROWS_PER_MACHINE = 5;

/** Writes all gauges of an environment. `machines`: whether the machines' own series are wanted. */
export function collectRows(env: i32, machines: bool): void {
  const i = env * envInts;
  const elapsed = <f64>int(i + EnvInt.tick) * tickSeconds;
  let usdPerHour = <f64>int(i + EnvInt.desiredNodes) * balancerUsdPerHour;
  for (let t = 0; t < tierCount; t++) {
    const tier = unchecked(tiers[t]);
    collectTier(env, t, tier);
    usdPerHour += listPrice(env, tier);
    if (machines && tier.machines >= 0) collectMachines(env, t, tier, elapsed);
  }
  for (let k = 0; k < otherPrices.length; k++) {
    const price = unchecked(otherPrices[k]);
    set(otherCostsRow + k, env, (price / 3600) * elapsed);
    usdPerHour += price;
  }
  set(priceRow, env, usdPerHour);
  set(timeRow, env, float(env * envFloats + EnvFloat.start) + elapsed);
  for (let k = 0; k < resources.length; k++) {
    if (unchecked(resources[k]).tiers.length > 0) collectResource(env, k);
  }
}

/** Writes the gauges that never change: those of resources that no tier has. */
export function collectFixed(env: i32): void {
  for (let k = 0; k < resources.length; k++) collectResource(env, k);
}

/** Whether a change is still being applied. */
export function isApplying(env: i32): bool {
  const i = env * envInts;
  const f = env * envFloats;
  const now = float(f + EnvFloat.start) + <f64>int(i + EnvInt.tick) * tickSeconds;
  return int(i + EnvInt.waiting) !== 0 || float(f + EnvFloat.busyUntil) > now;
}

function collectTier(env: i32, t: i32, tier: Tier): void {
  const counts = env * envInts + tier.ints;
  const inFlight = hostTraffic ? inFlightOf(env, t) : inFlightIn(env, t);
  set(tier.inFlight, env, inFlight);
  set(tier.backlog, env, hostTraffic ? waitingOf(env, t) : waitingIn(env, t));
  set(tier.slotsRow, env, <f64>int(counts + TierInt.slots));
  set(tier.desired, env, <f64>int(counts + TierInt.desiredReplicas));
  set(tier.active, env, <f64>activeSlots(env, tier));
  set(tier.ready, env, <f64>slotsIn(env, tier, Phase.ready));
  set(tier.pending, env, <f64>pendingSlots(env, tier));
  set(tier.draining, env, <f64>slotsIn(env, tier, Phase.draining));
  if (tier.connections >= 0) {
    set(tier.connections, env, inFlight);
    set(tier.maxConnections, env, unchecked(tier.sizes[int(counts + TierInt.size)]).connections);
  }
}

function collectMachines(env: i32, t: i32, tier: Tier, elapsed: f64): void {
  const i = env * envInts;
  const f = env * envFloats;
  const now = float(f + EnvFloat.start) + elapsed;
  for (let slot = 0; slot < tier.maxReplicas; slot++) {
    const phase = int(i + tier.phase + slot);
    const row = tier.machines + slot * ROWS_PER_MACHINE;
    const starting = phase === Phase.creating || phase === Phase.rebooting || phase === Phase.resizing;
    const up = phase !== Phase.none && (!starting || now >= float(f + tier.until + slot) - healthCheck);
    for (let k = 0; k < ROWS_PER_MACHINE - 1; k++) setPresent(row + k, env, up);
    setPresent(row + 4, env, phase !== Phase.none);
    set(row + 4, env, up ? 1 : 0);
    if (!up) {
      set(row, env, 0);
      set(row + 1, env, 0);
      setFloat(f + tier.machineSeen + slot, elapsed);
      continue;
    }
    const size = unchecked(tier.sizes[int(i + tier.slotSize + slot)]);
    const seconds = elapsed - float(f + tier.machineSeen + slot);
    setFloat(f + tier.machineSeen + slot, elapsed);
    const cpus = seconds * size.vcpus;
    const ready = phase === Phase.ready;
    const busy = ready && seconds > 0 ? shareAtWork(env, t, slot, seconds) : 0;
    set(row, env, get(row, env) + cpus * (1 - busy));
    set(row + 1, env, get(row + 1, env) + cpus * busy);
    set(row + 2, env, size.memoryBytes);
    const used = tier.idleMemory + (ready ? requestsOn(env, t, slot, tier) * tier.memoryPerRequest : 0);
    set(row + 3, env, max(0, size.memoryBytes - used));
  }
}

function shareAtWork(env: i32, t: i32, slot: i32, seconds: f64): f64 {
  return hostTraffic ? takeUtilization(env, t, slot, seconds) : utilizationOf(env, t);
}

function requestsOn(env: i32, t: i32, slot: i32, tier: Tier): f64 {
  if (hostTraffic) return onReplica(env, t, slot);
  return inFlightIn(env, t) / <f64>max(1, slotsIn(env, tier, Phase.ready));
}

function collectResource(env: i32, k: i32): void {
  const group = unchecked(resources[k]);
  let ready = group.fixed;
  let pending: f64 = 0;
  for (let j = 0; j < group.tiers.length; j++) {
    const tier = unchecked(tiers[unchecked(group.tiers[j])]);
    const running = slotsIn(env, tier, Phase.ready);
    ready += <f64>running;
    pending += <f64>(activeSlots(env, tier) - running);
  }
  set(resourcesRow + 2 * k, env, ready);
  set(resourcesRow + 2 * k + 1, env, pending);
}
