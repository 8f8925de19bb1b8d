/** Gauges and per-resource series of one environment, brought up to date before a scrape. @module */
import { KNOT_SECONDS } from "../loadgen/workload.js";
import { EnvFloats, EnvInts, Phase, TierFloats, TierInts, type TierLayout } from "./layout.js";
import type { DesiredState, TierModel } from "./model.js";
import { AHEAD, ROWS_PER_MACHINE, type TierRows } from "./rows.js";
import type { SimulatorEpisode } from "./simulator.js";
import type { SharedArrays } from "./ticked-simulator.js";
import type { Traffic } from "./traffic.js";

/** Where to read from and write to. */
export interface CollectTarget extends SharedArrays {
  readonly traffic: Traffic;
}

/** Writes all gauges of an environment. @param machines - Whether the machines' own series are wanted. */
export function collectRows(
  target: CollectTarget,
  env: number,
  episode: SimulatorEpisode,
  desired: DesiredState,
  machines: boolean,
): void {
  const { model, rows, layout, ints, floats, current, stride } = target;
  const elapsed = ints[env * layout.ints + EnvInts.tick]! * model.tickSeconds;
  let usdPerHour = desired.loadBalancerNodes * model.loadBalancerUsdPerHour;
  for (let t = 0; t < model.tiers.length; t++) {
    collectTier(target, env, t, desired);
    usdPerHour += floats[env * layout.floats + layout.tiers[t]!.floats + TierFloats.listPrice]!;
    if (machines && rows.tiers[t]!.machines >= 0) collectMachines(target, env, t, elapsed);
  }
  for (let k = 0; k < model.otherPrices.length; k++) {
    current[(rows.otherCosts + k) * stride + env] = (model.otherPrices[k]!.usdPerHour / 3600) * elapsed;
    usdPerHour += model.otherPrices[k]!.usdPerHour;
  }
  current[rows.price * stride + env] = usdPerHour;
  current[rows.time * stride + env] = episode.series.startSeconds + elapsed;
  for (let k = 0; k < AHEAD.length; k++) {
    current[(rows.announced + k) * stride + env] = announcedAt(episode.series.announced, elapsed + AHEAD[k]![1]);
  }
  for (let k = 0; k < model.resources.length; k++) collectResources(target, env, k);
}

function collectTier(
  { rows, layout, ints, current, stride, model, traffic }: CollectTarget,
  env: number,
  t: number,
  desired: DesiredState,
): void {
  const at = layout.tiers[t]!;
  const counts = env * layout.ints + at.ints;
  const tier: TierRows = rows.tiers[t]!;
  const inFlight = traffic.inFlightOf(env, t);
  current[tier.inFlight * stride + env] = inFlight;
  current[tier.backlog * stride + env] = traffic.waitingOf(env, t);
  current[tier.slots * stride + env] = ints[counts + TierInts.slots]!;
  current[tier.desired * stride + env] = desired.replicas[t]!;
  current[tier.active * stride + env] = ints[counts + TierInts.active]!;
  current[tier.ready * stride + env] = ints[counts + TierInts.ready]!;
  current[tier.pending * stride + env] = ints[counts + TierInts.pending]!;
  current[tier.draining * stride + env] = ints[counts + TierInts.draining]!;
  if (tier.connections >= 0) {
    current[tier.connections * stride + env] = inFlight;
    current[tier.maxConnections * stride + env] = model.tiers[t]!.sizes[ints[counts + TierInts.size]!]!.connections;
  }
}

function collectMachines(target: CollectTarget, env: number, t: number, elapsed: number): void {
  const { model, rows, layout, ints, floats, current, present, stride, traffic } = target;
  const at: TierLayout = layout.tiers[t]!;
  const tier: TierModel = model.tiers[t]!;
  const now = floats[env * layout.floats + EnvFloats.start]! + elapsed;
  for (let slot = 0; slot < tier.maxReplicas; slot++) {
    const phase = ints[env * layout.ints + at.phase + slot]!;
    const row = (rows.tiers[t]!.machines + slot * ROWS_PER_MACHINE) * stride + env;
    const starting = phase === Phase.creating || phase === Phase.rebooting || phase === Phase.resizing;
    const upSince = floats[env * layout.floats + at.until + slot]! - model.lifecycle.healthCheckSeconds;
    const up = phase !== Phase.none && (!starting || now >= upSince);
    for (let k = 0; k < ROWS_PER_MACHINE - 1; k++) present[row + k * stride] = up ? 1 : 0;
    present[row + 4 * stride] = phase === Phase.none ? 0 : 1;
    current[row + 4 * stride] = up ? 1 : 0;
    if (!up) {
      current[row] = 0;
      current[row + stride] = 0;
      floats[env * layout.floats + at.machineSeen + slot] = elapsed;
      continue;
    }
    const size = tier.sizes[ints[env * layout.ints + at.slotSize + slot]!]!;
    const seconds = elapsed - floats[env * layout.floats + at.machineSeen + slot]!;
    floats[env * layout.floats + at.machineSeen + slot] = elapsed;
    const cpus = seconds * size.vcpus;
    const ready = phase === Phase.ready;
    const busy = ready && seconds > 0 ? traffic.takeUtilization(env, t, slot, seconds) : 0;
    current[row] = current[row]! + cpus * (1 - busy);
    current[row + stride] = current[row + stride]! + cpus * busy;
    current[row + 2 * stride] = size.memoryBytes;
    const used = tier.idleMemoryBytes + (ready ? traffic.onReplica(env, t, slot) * tier.memoryPerRequestBytes : 0);
    current[row + 3 * stride] = Math.max(0, size.memoryBytes - used);
  }
}

function collectResources({ model, rows, layout, ints, current, stride }: CollectTarget, env: number, k: number): void {
  const group = model.resources[k]!;
  let ready = group.fixed;
  let pending = 0;
  for (const t of group.tiers) {
    const counts = env * layout.ints + layout.tiers[t]!.ints;
    ready += ints[counts + TierInts.ready]!;
    pending += ints[counts + TierInts.pending]! + ints[counts + TierInts.draining]! + ints[counts + TierInts.failing]!;
  }
  current[(rows.resources + 2 * k) * stride + env] = ready;
  current[(rows.resources + 2 * k + 1) * stride + env] = pending;
}

/** Announced extra rate some time after the start of the window. */
function announcedAt(announced: Float32Array, seconds: number): number {
  const position = Math.min(announced.length - 1, Math.max(0, seconds / KNOT_SECONDS));
  const knot = Math.floor(position);
  const next = Math.min(announced.length - 1, knot + 1);
  return announced[knot]! + (announced[next]! - announced[knot]!) * (position - knot);
}
