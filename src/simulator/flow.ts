/** Requests of one environment through its tiers, tick by tick. @module */

import { addGammaResponses, BUCKETS } from "./latency-table.js";
import { EnvFloats, EnvInts, type StateLayout, TierFloats, TierInts } from "./layout.js";
import type { SimulatorModel } from "./model.js";
import type { Rows, TierRows } from "./rows.js";
import { addSpreadResponses } from "./spread-responses.js";
import type { SharedArrays } from "./ticked-simulator.js";
import { TierQueue } from "./tier-queue.js";
import type { Traffic } from "./traffic.js";

/** Moves requests through the tiers, gathers counts, and adds them to the metric matrix at the end. One environment at a time. */
export class Flow implements Traffic {
  readonly #model: SimulatorModel;
  readonly #rows: Rows;
  readonly #layout: StateLayout;
  readonly #ints: Int32Array;
  readonly #floats: Float64Array;
  readonly #current: Float64Array;
  readonly #stride: number;
  readonly #queues: TierQueue[];
  /** Mean visits to each tier per request at the entry. */
  readonly #visits: Float64Array;
  /** Requests at the entry that fail by one failed call to each tier: less than one where a request makes several. */
  readonly #shares: Float64Array;
  readonly #means: Float64Array;
  readonly #variances: Float64Array;
  readonly #buckets: Float64Array[];
  readonly #sums: Float64Array;
  readonly #answered: Float64Array;
  readonly #refused: Float64Array;
  readonly #expired: Float64Array;
  #inner: boolean[];
  #env = 0;
  #nodes = 1;
  #nodeSeconds = 0;

  constructor({ model, rows, layout, ints, floats, current, stride }: SharedArrays) {
    const tiers = model.tiers.length;
    this.#model = model;
    this.#rows = rows;
    this.#layout = layout;
    this.#ints = ints;
    this.#floats = floats;
    this.#current = current;
    this.#stride = stride;
    this.#queues = model.tiers.map((_, t) => new TierQueue(model, layout, t, floats));
    this.#visits = visitsOf(model);
    this.#shares = this.#visits.map((visits) => 1 / Math.max(1, visits));
    this.#means = new Float64Array(tiers);
    this.#variances = new Float64Array(tiers);
    this.#buckets = model.tiers.map(() => new Float64Array(BUCKETS));
    this.#sums = new Float64Array(tiers);
    this.#answered = new Float64Array(tiers);
    this.#refused = new Float64Array(tiers);
    this.#expired = new Float64Array(tiers);
    this.#inner = model.tiers.map(() => true);
  }

  demandInner(demanded: boolean[]): void {
    this.#inner = demanded;
  }

  reset(): void {}

  begin(env: number, nodes: number): void {
    this.#env = env;
    this.#nodeSeconds = 0;
    const tick = this.#ints[env * this.#layout.ints + EnvInts.tick]!;
    const now = this.#floats[env * this.#layout.floats + EnvFloats.start]! + tick * this.#model.tickSeconds;
    for (let t = 0; t < this.#queues.length; t++) {
      this.#queues[t]!.swing(now);
      this.#buckets[t]!.fill(0);
      this.#sums[t] = 0;
      this.#answered[t] = 0;
      this.#refused[t] = 0;
      this.#expired[t] = 0;
    }
    this.refresh(nodes);
  }

  refresh(nodes: number): void {
    this.#nodes = nodes;
    const i = this.#env * this.#layout.ints;
    const f = this.#env * this.#layout.floats;
    for (let t = 0; t < this.#queues.length; t++) {
      const at = this.#layout.tiers[t]!;
      const counts = i + at.ints;
      this.#queues[t]!.take(
        f,
        this.#ints[counts + TierInts.ready]!,
        this.#ints[counts + TierInts.failing]!,
        this.#ints[counts + TierInts.slots]!,
        this.#model.tiers[t]!.sizes[this.#ints[counts + TierInts.size]!]!,
        this.#floats[f + at.floats + TierFloats.usdPerSecond]!,
        this.#buckets[t]!,
      );
    }
  }

  run(counts: Float64Array, rates: Float64Array, from: number, to: number): void {
    const { tickSeconds, loadBalancerCapacity } = this.#model;
    const limit = this.#nodes * loadBalancerCapacity;
    this.#nodeSeconds += this.#nodes * tickSeconds * (to - from);
    let k = from;
    while (k < to) {
      if (this.#queues.length === 1) k = this.#runSteady(counts, rates, k, to, limit);
      if (k >= to) return;
      const forwarded = rates[k]! > limit ? limit / rates[k]! : 1;
      if (forwarded < 1) this.#refused[0] = this.#refused[0]! + counts[k]! * (1 - forwarded);
      if (this.#queues.length === 1) this.#tickOne(counts[k]! * forwarded, rates[k]! * forwarded);
      else this.#tickChain(counts[k]! * forwarded, rates[k]! * forwarded);
      k++;
    }
  }

  /** The usual ticks of a single tier. @returns The first tick that is not of them. */
  #runSteady(counts: Float64Array, rates: Float64Array, from: number, to: number, limit: number): number {
    const queue = this.#queues[0]!;
    if (queue.pace.capacity > limit) return from;
    const end = queue.runSteady(counts, rates, from, to, this.#buckets[0]!);
    this.#answered[0] = this.#answered[0]! + queue.served;
    this.#sums[0] = this.#sums[0]! + queue.secondsSum;
    return end;
  }

  /** A single tier: exact tables, and each part of a backlog for itself. */
  #tickOne(arrivals: number, arrivalRate: number): void {
    const queue = this.#queues[0]!;
    queue.tick(arrivals, arrivalRate);
    this.#answered[0] = this.#answered[0]! + queue.served;
    this.#refused[0] = this.#refused[0]! + queue.refused;
    this.#expired[0] = this.#expired[0]! + queue.expired;
    const buckets = this.#buckets[0]!;
    if (queue.overloaded) {
      const { segments, mass, firstWait, lastWait } = queue.backlogTick;
      for (let k = 0; k < segments; k++) {
        addSpreadResponses(buckets, mass[k]!, firstWait[k]!, lastWait[k]!, queue.mean);
        this.#sums[0] = this.#sums[0]! + mass[k]! * ((firstWait[k]! + lastWait[k]!) / 2 + queue.mean);
      }
    } else if (queue.served > 0) {
      queue.addResponses(buckets);
      this.#sums[0] = this.#sums[0]! + queue.served * queue.mean;
    }
  }

  /**
   * Several tiers. Requests pass them in order, so that what is lost in one does not come to the next. Response times add up, as a gamma
   * distribution by their moments.
   */
  #tickChain(arrivals: number, arrivalRate: number): void {
    const { tiers, clientTimeoutSeconds } = this.#model;
    let answered = arrivals;
    let rate = arrivalRate;
    let shortest = 0;
    let longest = 0;
    for (let t = 0; t < tiers.length; t++) {
      const queue = this.#queues[t]!;
      const visits = this.#visits[t]!;
      const share = this.#shares[t]!;
      queue.tick(answered * visits, rate * visits);
      answered = Math.max(0, answered - (queue.refused + queue.expired + queue.queued) * share);
      rate = Math.max(0, rate - (rate * visits - queue.servedRate) * share);
      this.#refused[0] = this.#refused[0]! + queue.refused * share;
      this.#expired[0] = this.#expired[0]! + queue.expired * share;
      if (t > 0) {
        this.#answered[t] = this.#answered[t]! + queue.served;
        this.#refused[t] = this.#refused[t]! + queue.refused;
        this.#expired[t] = this.#expired[t]! + queue.expired;
      }
      if (queue.overloaded) {
        shortest += queue.shortestWait;
        longest += queue.longestWait;
      }
    }
    this.#addMoments();
    for (let t = 1; t < tiers.length; t++) {
      if (this.#inner[t])
        this.#respond(t, this.#queues[t]!.served, this.#queues[t]!.shortestWait, this.#queues[t]!.longestWait);
    }
    answered = Math.max(0, answered);
    if (longest > clientTimeoutSeconds) {
      const late = shortest >= clientTimeoutSeconds ? 1 : (longest - clientTimeoutSeconds) / (longest - shortest);
      this.#expired[0] = this.#expired[0]! + answered * late;
      answered *= 1 - late;
      longest = clientTimeoutSeconds;
      shortest = Math.min(shortest, longest);
    }
    this.#answered[0] = this.#answered[0]! + answered;
    this.#respond(0, answered, shortest, longest);
  }

  /** Means and variances of each tier with those it calls. */
  #addMoments(): void {
    for (let t = this.#queues.length - 1; t >= 0; t--) {
      let mean = this.#queues[t]!.mean;
      let variance = this.#queues[t]!.variance;
      for (const { tier, perRequest } of this.#model.tiers[t]!.calls) {
        mean += perRequest * this.#means[tier]!;
        variance += perRequest * this.#variances[tier]!;
      }
      this.#means[t] = mean;
      this.#variances[t] = variance;
    }
  }

  #respond(t: number, answered: number, shortest: number, longest: number): void {
    if (answered <= 0) return;
    const mean = this.#means[t]!;
    const buckets = this.#buckets[t]!;
    if (longest > 0) addSpreadResponses(buckets, answered, shortest, longest, mean);
    else addGammaResponses(buckets, answered, mean, this.#variances[t]!);
    this.#sums[t] = this.#sums[t]! + answered * (mean + (shortest + longest) / 2);
  }

  end(): void {
    const env = this.#env;
    for (let t = 0; t < this.#queues.length; t++) {
      const rows = this.#rows.tiers[t]!;
      const queue = this.#queues[t]!;
      queue.release(this.#buckets[t]!);
      this.#add(rows.code200, env, this.#answered[t]!);
      this.#add(rows.code503, env, this.#refused[t]!);
      this.#add(rows.code504, env, this.#expired[t]!);
      this.#add(rows.busy, env, queue.busySeconds);
      this.#add(rows.cost, env, queue.usd);
      if (t === 0 || this.#inner[t]) this.#addHistogram(rows, env, t);
      queue.store();
    }
    this.#add(this.#rows.loadBalancerCost, env, (this.#nodeSeconds / 3600) * this.#model.loadBalancerUsdPerHour);
  }

  /** Backlogs of inner tiers count as the requests at the entry that caused them. */
  backlogOf(env: number): number {
    let backlog = 0;
    for (let t = 0; t < this.#queues.length; t++)
      backlog += this.#tierFloat(env, t, TierFloats.backlog) * this.#shares[t]!;
    return backlog;
  }

  waitingOf(env: number, tier: number): number {
    const ready = this.#ints[env * this.#layout.ints + this.#layout.tiers[tier]!.ints + TierInts.ready]!;
    const queues = this.#queues[tier]!.pace.pooled ? 1 : Math.max(1, ready);
    return this.#tierFloat(env, tier, TierFloats.waiting) * queues + this.#tierFloat(env, tier, TierFloats.backlog);
  }

  inFlightOf(env: number, tier: number): number {
    const slots = this.#ints[env * this.#layout.ints + this.#layout.tiers[tier]!.ints + TierInts.slots]!;
    return this.waitingOf(env, tier) + this.#tierFloat(env, tier, TierFloats.utilization) * slots;
  }

  /** The fluid model keeps no history: it is the utilization of the last tick. */
  takeUtilization(env: number, tier: number): number {
    return this.#tierFloat(env, tier, TierFloats.utilization);
  }

  onReplica(env: number, tier: number): number {
    const ready = this.#ints[env * this.#layout.ints + this.#layout.tiers[tier]!.ints + TierInts.ready]!;
    return this.inFlightOf(env, tier) / Math.max(1, ready);
  }

  /** All its state lies in the simulator's arrays. */
  snapshot(): readonly (Float64Array | Int32Array)[] {
    return [];
  }

  restore(_env: number, pending: readonly (Float64Array | Int32Array)[]): boolean {
    return pending.length === 0;
  }

  #tierFloat(env: number, tier: number, which: number): number {
    return this.#floats[env * this.#layout.floats + this.#layout.tiers[tier]!.floats + which]!;
  }

  #addHistogram(rows: TierRows, env: number, t: number): void {
    const buckets = this.#buckets[t]!;
    for (let b = 0; b < BUCKETS; b++) this.#add(rows.bucket + b, env, buckets[b]!);
    this.#add(rows.bucket + BUCKETS, env, this.#answered[t]!);
    this.#add(rows.count, env, this.#answered[t]!);
    this.#add(rows.sum, env, this.#sums[t]!);
  }

  #add(row: number, env: number, value: number): void {
    const at = row * this.#stride + env;
    this.#current[at] = this.#current[at]! + value;
  }
}

function visitsOf(model: SimulatorModel): Float64Array {
  const visits = new Float64Array(model.tiers.length);
  visits[0] = 1;
  model.tiers.forEach((tier, t) => {
    for (const call of tier.calls) visits[call.tier] = visits[call.tier]! + visits[t]! * call.perRequest;
  });
  return visits;
}
