/** Requests of one environment through its tiers, tick by tick; counts are gathered, and added to the metrics at the end. @module */
import { EnvFloat, EnvInt, Phase, TierFloat, TierInt } from "../../src/simulator/fields";
import {
  add,
  addRows,
  balancerCapacity,
  balancerCostRow,
  balancerUsdPerHour,
  buckets,
  envFloats,
  envInts,
  float,
  int,
  paddedBuckets,
  tickSeconds,
  tierCount,
  tiers,
  timeout,
} from "./model";
import { addGammaResponses, addSpreadResponses } from "./responses";
import { slotsIn } from "./slots";
import { Tier } from "./tier";
import { TierQueue } from "./tier-queue";

/** What became of the requests of a tier since {@link beginFlow}. */
@final
class Passage {
  readonly queue: TierQueue;
  /** Cumulative counts by bucket. */
  readonly buckets: usize;
  /** Whether somebody reads the tier's histogram; the entry's is always kept. */
  inner: bool = true;
  sum: f64 = 0;
  answered: f64 = 0;
  refused: f64 = 0;
  expired: f64 = 0;
  /** Response time with that of the tiers it calls. */
  mean: f64 = 0;
  variance: f64 = 0;

  constructor(
    readonly tier: Tier,
    t: i32,
  ) {
    this.queue = new TierQueue(tier, t);
    this.buckets = heap.alloc((<usize>paddedBuckets) << 3);
  }
}

let passages: StaticArray<Passage> = new StaticArray<Passage>(0);
let env: i32 = 0;
let nodes: f64 = 1;
let nodeSeconds: f64 = 0;

/** Makes the queues of all tiers, once. */
export function makeFlow(): void {
  passages = new StaticArray<Passage>(tierCount);
  for (let t = 0; t < tierCount; t++) passages[t] = new Passage(tiers[t], t);
}

/** Names the tiers whose histograms somebody reads. */
export function demandTier(t: i32, wanted: bool): void {
  passages[t].inner = wanted;
}

/** Takes up an environment; {@link refreshFlow} is to follow. */
export function beginFlow(which: i32): void {
  env = which;
  nodeSeconds = 0;
  const now = float(env * envFloats + EnvFloat.start) + <f64>int(env * envInts + EnvInt.tick) * tickSeconds;
  for (let t = 0; t < tierCount; t++) {
    const passage = unchecked(passages[t]);
    passage.queue.swing(now);
    clearBuckets(passage.buckets);
    passage.sum = 0;
    passage.answered = 0;
    passage.refused = 0;
    passage.expired = 0;
  }
}

/** A loop: filling memory in bulk costs a call, which is dear for so little. */
function clearBuckets(at: usize): void {
  for (const end = at + ((<usize>paddedBuckets) << 3); at < end; at += 16) v128.store(at, f64x2.splat(0));
}

/** Takes up the replicas that there are now. */
export function refreshFlow(): void {
  const i = env * envInts;
  const f = env * envFloats;
  nodes = <f64>int(i + EnvInt.nodes);
  for (let t = 0; t < tierCount; t++) {
    const passage = unchecked(passages[t]);
    const at = passage.tier;
    const counts = i + at.ints;
    passage.queue.take(
      f,
      slotsIn(env, at, Phase.ready),
      slotsIn(env, at, Phase.failing),
      int(counts + TierInt.slots),
      unchecked(at.sizes[int(counts + TierInt.size)]),
      float(f + at.floats + TierFloat.usdPerSecond),
      passage.buckets,
    );
  }
}

/** Ticks `from` to `to - 1`: `counts` and `rates` are the addresses of the requests that came by tick, and of their mean rates per second. */
export function runFlow(counts: usize, rates: usize, from: i32, to: i32): void {
  const limit = nodes * balancerCapacity;
  const entry = unchecked(passages[0]);
  const isDown = entry.queue.steady.ready === 0;
  nodeSeconds += nodes * tickSeconds * <f64>(to - from);
  let k = from;
  while (k < to) {
    if (tierCount === 1) {
      k = isDown ? runDown(entry, counts, rates, k, to, limit) : runSteady(entry, counts, rates, k, to, limit);
      if (k >= to) return;
    }
    const count = load<f64>(counts + ((<usize>k) << 3));
    const rate = load<f64>(rates + ((<usize>k) << 3));
    const forwarded: f64 = rate > limit ? limit / rate : 1;
    if (forwarded < 1) entry.refused += count * (1 - forwarded);
    if (tierCount === 1) tickOne(entry, count * forwarded, rate * forwarded);
    else tickChain(count * forwarded, rate * forwarded);
    k++;
  }
}

/** The usual ticks of a single tier. Returns the first tick that is not of them. */
function runSteady(entry: Passage, counts: usize, rates: usize, from: i32, to: i32, limit: f64): i32 {
  const queue = entry.queue;
  if (queue.steady.capacity > limit) return from;
  const end = queue.runSteady(counts, rates, from, to, entry.buckets);
  entry.answered += queue.served;
  entry.sum += queue.secondsSum;
  return end;
}

/** The ticks of a single tier without a replica. Returns the first tick that is not of them. */
function runDown(entry: Passage, counts: usize, rates: usize, from: i32, to: i32, limit: f64): i32 {
  let end = from;
  while (end < to && load<f64>(rates + ((<usize>end) << 3)) <= limit) end++;
  if (end > from) {
    entry.queue.runDown(counts, from, end);
    entry.refused += entry.queue.refused;
  }
  return end;
}

/** A single tier: exact tables, and each part of a backlog for itself. */
function tickOne(entry: Passage, arrivals: f64, arrivalRate: f64): void {
  const queue = entry.queue;
  queue.tick(arrivals, arrivalRate);
  entry.answered += queue.served;
  entry.refused += queue.refused;
  entry.expired += queue.expired;
  if (queue.overloaded) {
    const line = queue.line;
    const mean = queue.mean;
    for (let k = 0; k < line.segments; k++) {
      const mass = unchecked(line.mass[k]);
      const first = unchecked(line.firstWait[k]);
      const last = unchecked(line.lastWait[k]);
      addSpreadResponses(entry.buckets, mass, first, last, mean);
      entry.sum += mass * ((first + last) / 2 + mean);
    }
  } else if (queue.served > 0) {
    queue.addResponses(entry.buckets);
    entry.sum += queue.served * queue.mean;
  }
}

/**
 * Several tiers. Requests pass them in order, so that what is lost in one does not come to the next. Response times add up, as a gamma
 * distribution by their moments.
 */
function tickChain(arrivals: f64, arrivalRate: f64): void {
  const entry = unchecked(passages[0]);
  let answered = arrivals;
  let rate = arrivalRate;
  let shortest: f64 = 0;
  let longest: f64 = 0;
  for (let t = 0; t < tierCount; t++) {
    const passage = unchecked(passages[t]);
    const queue = passage.queue;
    const visits = passage.tier.visits;
    const share = passage.tier.share;
    queue.tick(answered * visits, rate * visits);
    answered = max(0, answered - (queue.refused + queue.expired + queue.queued) * share);
    rate = max(0, rate - (rate * visits - queue.servedRate) * share);
    entry.refused += queue.refused * share;
    entry.expired += queue.expired * share;
    if (t > 0) {
      passage.answered += queue.served;
      passage.refused += queue.refused;
      passage.expired += queue.expired;
    }
    if (queue.overloaded) {
      queue.spanWaits();
      shortest += queue.shortestWait;
      longest += queue.longestWait;
    }
  }
  addMoments();
  for (let t = 1; t < tierCount; t++) {
    const passage = unchecked(passages[t]);
    const queue = passage.queue;
    if (passage.inner) respond(passage, queue.served, queue.shortestWait, queue.longestWait);
  }
  answered = max(0, answered);
  if (longest > timeout) {
    const late: f64 = shortest >= timeout ? 1 : (longest - timeout) / (longest - shortest);
    entry.expired += answered * late;
    answered *= 1 - late;
    longest = timeout;
    shortest = min(shortest, longest);
  }
  entry.answered += answered;
  respond(entry, answered, shortest, longest);
}

/** Means and variances of each tier with those it calls. */
function addMoments(): void {
  for (let t = tierCount - 1; t >= 0; t--) {
    const passage = unchecked(passages[t]);
    let mean = passage.queue.mean;
    let variance = passage.queue.variance;
    const calls = passage.tier.calls;
    for (let k = 0; k < calls.length; k++) {
      const call = unchecked(calls[k]);
      const called = unchecked(passages[call.tier]);
      mean += call.perRequest * called.mean;
      variance += call.perRequest * called.variance;
    }
    passage.mean = mean;
    passage.variance = variance;
  }
}

function respond(passage: Passage, answered: f64, shortest: f64, longest: f64): void {
  if (answered <= 0) return;
  const mean = passage.mean;
  if (longest > 0) addSpreadResponses(passage.buckets, answered, shortest, longest, mean);
  else addGammaResponses(passage.buckets, answered, mean, passage.variance);
  passage.sum += answered * (mean + (shortest + longest) / 2);
}

/** Adds to the metrics what was gathered since {@link beginFlow}. */
export function endFlow(): void {
  for (let t = 0; t < tierCount; t++) {
    const passage = unchecked(passages[t]);
    const tier = passage.tier;
    const queue = passage.queue;
    queue.release(passage.buckets);
    add(tier.code200, env, passage.answered);
    add(tier.code503, env, passage.refused);
    add(tier.code504, env, passage.expired);
    add(tier.busy, env, queue.busySeconds);
    add(tier.cost, env, queue.usd);
    if (passage.answered > 0 && (t === 0 || passage.inner)) addHistogram(passage);
    queue.storeState();
  }
  add(balancerCostRow, env, (nodeSeconds / 3600) * balancerUsdPerHour);
}

function addHistogram(passage: Passage): void {
  const tier = passage.tier;
  addRows(tier.bucket, env, passage.buckets, buckets);
  add(tier.bucket + buckets, env, passage.answered);
  add(tier.count, env, passage.answered);
  add(tier.sum, env, passage.sum);
}

/** Requests of a tier that wait for a slot. */
export function waitingIn(which: i32, t: i32): f64 {
  const tier = unchecked(tiers[t]);
  const state = which * envFloats + tier.floats;
  const ready = slotsIn(which, tier, Phase.ready);
  const queues: f64 = unchecked(passages[t]).queue.steady.pooled ? 1 : <f64>max(1, ready);
  return float(state + TierFloat.waiting) * queues + float(state + TierFloat.backlog);
}

/** Requests of a tier, waiting or in work. */
export function inFlightIn(which: i32, t: i32): f64 {
  const tier = unchecked(tiers[t]);
  const slots = <f64>int(which * envInts + tier.ints + TierInt.slots);
  return waitingIn(which, t) + utilizationOf(which, t) * slots;
}

/** The utilization of the last tick: the fluid model keeps no history. */
export function utilizationOf(which: i32, t: i32): f64 {
  return float(which * envFloats + unchecked(tiers[t]).floats + TierFloat.utilization);
}
