/** The queue of one tier: M/M/c-like in steady state, fluid in overload. @module */
import { advanceBacklog, type BacklogService, type BacklogTick, makeBacklogTick } from "./backlog.js";
import { workFactor } from "./daily-swing.js";
import { HeldResponses } from "./held-responses.js";
import { addGammaResponses } from "./latency-table.js";
import { type StateLayout, TierFloats, type TierLayout } from "./layout.js";
import type { SimulatorModel, TierModel, TierSize } from "./model.js";
import { pagingSlowdown } from "./paging.js";
import { SteadyQueue } from "./steady-queue.js";
import { TierPace } from "./tier-pace.js";

/** Beside a backlog at most so much waits by chance, fitted to the request-level model at 1.05 to 1.5. Unit: seconds of capacity. */
const RANDOM_SECONDS = 0.4;

/**
 * A tier's queue in the running environment. State is loaded by `take` and kept in fields while ticks run; results of a tick are fields too,
 * so that nothing is allocated.
 */
export class TierQueue {
  /** Requests served, refused or lost, and given up by their clients in the last tick, and the change of those waiting in the backlog. */
  served = 0;
  refused = 0;
  expired = 0;
  queued = 0;
  /** Unit: requests per second. */
  servedRate = 0;
  /** Response times of the requests served in {@link runSteady}, summed. Unit: seconds. */
  secondsSum = 0;
  /** Response time of the last tick without the wait in the backlog: mean and variance. Unit: seconds, seconds². */
  mean = 0;
  variance = 0;
  /** Wait in the backlog of those served in the last tick. Unit: seconds. */
  shortestWait = 0;
  longestWait = 0;
  /** Whether there was a backlog in the last tick. */
  overloaded = false;
  readonly backlogTick: BacklogTick;
  /** Since `take`d first for this environment: work done, unit slot-seconds, and what it cost, unit USD. */
  busySeconds = 0;
  usd = 0;

  readonly pace: TierPace;
  readonly #steady: SteadyQueue;
  readonly #tier: TierModel;
  readonly #model: SimulatorModel;
  readonly #at: TierLayout;
  readonly #cohorts: number;
  readonly #floats: Float64Array;
  readonly #service: BacklogService = { capacity: 0, slotRate: 0, queues: 1, room: 0 };
  #base = 0;
  #loaded = false;
  #backlog = 0;
  #slowdown = 1;
  /** Work of a request in this step, as a multiple of its mean over the day. */
  #work = 1;
  readonly #held = new HeldResponses();

  constructor(model: SimulatorModel, layout: StateLayout, t: number, floats: Float64Array) {
    this.#model = model;
    this.#tier = model.tiers[t]!;
    this.#at = layout.tiers[t]!;
    this.#cohorts = layout.cohorts;
    this.#floats = floats;
    this.pace = new TierPace(model, t);
    this.#steady = new SteadyQueue(this.pace, model.tickSeconds);
    this.backlogTick = makeBacklogTick(layout.cohorts);
  }

  /**
   * Loads an environment's state, or takes up what an event has changed.
   *
   * @param base - Offset of the environment's floats.
   * @param into - Cumulative buckets that held responses are added to, where other tables apply from now on.
   */
  take(
    base: number,
    ready: number,
    failing: number,
    slots: number,
    size: TierSize,
    usdPerSecond: number,
    into: Float64Array,
  ): void {
    const loads = !this.#loaded || this.#base !== base;
    if (loads) this.#load(base);
    const { pace } = this;
    if (ready !== pace.ready || slots !== pace.slots) this.#held.release(pace.responses, into);
    else if (!loads) {
      pace.take(ready, failing, slots, size, usdPerSecond);
      return;
    }
    pace.take(ready, failing, slots, size, usdPerSecond);
    this.#steady.refresh();
  }

  #load(base: number): void {
    const at = base + this.#at.floats;
    this.#base = base;
    this.#loaded = true;
    this.#steady.waiting = this.#floats[at + TierFloats.waiting]!;
    this.#steady.utilization = this.#floats[at + TierFloats.utilization]!;
    this.#backlog = this.#floats[at + TierFloats.backlog]!;
    this.#slowdown = this.#floats[at + TierFloats.slowdown]! || 1;
    this.busySeconds = 0;
    this.usd = 0;
  }

  /** Sets how much work a request is now. @param seconds - Model time: seconds since 1970-01-01 UTC. */
  swing(seconds: number): void {
    const { dailySwing } = this.#tier;
    this.#work = dailySwing === null ? 1 : workFactor(dailySwing, seconds);
  }

  /** Writes the state back. */
  store(): void {
    const at = this.#base + this.#at.floats;
    this.#floats[at + TierFloats.waiting] = this.#steady.waiting;
    this.#floats[at + TierFloats.utilization] = this.#steady.utilization;
    this.#floats[at + TierFloats.backlog] = this.#backlog;
    this.#floats[at + TierFloats.slowdown] = this.#slowdown;
    this.#loaded = false;
  }

  /**
   * The usual ticks from `from` on, see {@link SteadyQueue.run}: none where there is a backlog, or a replica fails, or machines page.
   * `served` and `secondsSum` are then of all these ticks.
   */
  runSteady(counts: Float64Array, rates: Float64Array, from: number, to: number, into: Float64Array): number {
    const { ready, failing, queues, servers, responses, usdPerSecond } = this.pace;
    this.served = 0;
    this.secondsSum = 0;
    const special = ready === 0 || failing > 0 || queues > 1 || this.#backlog > 0 || this.#work !== 1;
    if (special || responses === null || this.#tier.memoryPerRequestBytes > 0) return from;
    const steady = this.#steady;
    const end = steady.run(counts, rates, from, to, responses, this.#held, into);
    const { tickSeconds } = this.#model;
    this.served = steady.served;
    this.secondsSum = steady.secondsSum;
    this.busySeconds += steady.utilizationSum * servers * tickSeconds;
    this.usd += usdPerSecond * tickSeconds * (end - from);
    return end;
  }

  /** One tick. @param arrivals - Requests that came. @param arrivalRate - Their mean rate. Unit: requests per second. */
  tick(arrivals: number, arrivalRate: number): void {
    const { tickSeconds } = this.#model;
    this.usd += this.pace.usdPerSecond * tickSeconds;
    this.refused = 0;
    this.expired = 0;
    this.queued = 0;
    this.overloaded = false;
    if (this.pace.ready === 0) {
      this.#loseAll(arrivals);
      return;
    }
    let count = arrivals;
    let rate = arrivalRate;
    if (this.pace.failing > 0) {
      const alive = this.pace.ready / (this.pace.ready + this.pace.failing);
      this.refused = count * (1 - alive);
      count *= alive;
      rate *= alive;
    }
    const capacity = this.pace.capacity / (this.#slowdown * this.#work);
    if (this.#backlog > 0 || rate >= capacity * this.pace.queues) this.#tickOverloaded(count, capacity);
    else this.#tickSteady(count, rate, capacity);
    this.busySeconds += this.#steady.utilization * this.pace.servers * this.pace.queues * tickSeconds;
    if (this.#tier.memoryPerRequestBytes > 0) this.#page();
  }

  #loseAll(arrivals: number): void {
    this.refused = arrivals + this.#backlog;
    this.queued = -this.#backlog;
    this.served = 0;
    this.servedRate = 0;
    if (this.#backlog > 0) this.#clearBacklog();
    this.#steady.waiting = 0;
    this.#steady.utilization = 0;
    this.#slowdown = 1;
    this.mean = this.#tier.serviceTimeSeconds;
    this.variance = this.mean * this.mean;
    this.shortestWait = 0;
    this.longestWait = 0;
  }

  #clearBacklog(): void {
    this.#floats.fill(0, this.#base + this.#at.cohortLeft, this.#base + this.#at.cohortLeft + 2 * this.#cohorts);
    this.#backlog = 0;
  }

  #tickSteady(count: number, rate: number, capacity: number): void {
    const { tickSeconds } = this.#model;
    const inflow = this.#steady.waiting + (tickSeconds * rate) / this.pace.queues;
    this.#steady.settle(inflow, tickSeconds * capacity);
    this.served = count;
    this.servedRate = rate;
    const room = this.pace.connections / this.pace.queues - this.#steady.utilization * this.pace.servers;
    if (this.#steady.waiting > room) this.#refuse((this.#steady.waiting - room) * this.pace.queues, Math.max(0, room));
    this.shortestWait = 0;
    this.longestWait = 0;
    this.#measure(capacity);
  }

  #refuse(excess: number, room: number): void {
    const lost = Math.min(this.served, excess);
    this.refused += lost;
    this.servedRate *= this.served > 0 ? 1 - lost / this.served : 1;
    this.served -= lost;
    this.#steady.waiting = room;
  }

  #measure(capacity: number): void {
    const probability = this.#steady.probability;
    const service = this.#tier.serviceTimeSeconds * this.#slowdown * this.#work;
    const wait = this.pace.waitFactor / (capacity * Math.max(1e-9, 1 - this.#steady.utilization));
    const variation = this.#tier.serviceTimeVariation;
    this.mean = service + probability * wait;
    this.variance = variation * variation * service * service + probability * (2 - probability) * wait * wait;
  }

  #tickOverloaded(count: number, capacity: number): void {
    const { tickSeconds, clientTimeoutSeconds } = this.#model;
    const tick = this.backlogTick;
    const before = this.#backlog;
    const places = this.pace.connections - this.pace.servers * this.pace.queues;
    const service = this.#service;
    service.capacity = capacity * this.pace.queues;
    service.slotRate = capacity / this.pace.servers;
    // In overload every replica's queue is full: they are as many as the replicas, however requests are balanced.
    service.queues = this.pace.tier.kind === "database" ? 1 : this.pace.ready;
    service.room = Math.max(0, places);
    const left = this.#base + this.#at.cohortLeft;
    this.#backlog = advanceBacklog(
      this.#floats,
      left,
      left + this.#cohorts,
      this.#cohorts,
      count,
      service,
      tickSeconds,
      clientTimeoutSeconds,
      tick,
    );
    this.overloaded = true;
    this.served = tick.served;
    this.servedRate = tick.served / tickSeconds;
    this.refused += tick.refused;
    this.expired = tick.expired;
    this.queued = this.#backlog - before;
    this.#steady.settle(this.#steady.waiting + (before + count) / this.pace.queues, tickSeconds * capacity);
    this.#steady.waiting = tick.late
      ? 0
      : Math.min(
          Math.max(0, this.#steady.waiting - this.#backlog / this.pace.queues),
          (service.room - this.#backlog) / this.pace.queues,
          capacity * RANDOM_SECONDS,
        );
    this.mean = 1 / service.slotRate + this.#steady.waiting / capacity;
    this.variance = this.mean * this.mean;
    this.#spanWaits(tick);
  }

  #spanWaits(tick: BacklogTick): void {
    let shortest = Number.POSITIVE_INFINITY;
    let longest = 0;
    for (let k = 0; k < tick.segments; k++) {
      shortest = Math.min(shortest, tick.firstWait[k]!, tick.lastWait[k]!);
      longest = Math.max(longest, tick.firstWait[k]!, tick.lastWait[k]!);
    }
    this.shortestWait = tick.segments > 0 ? shortest : 0;
    this.longestWait = longest;
  }

  /** Adds the last tick's responses to cumulative buckets: now, or together with those of other ticks at much the same utilization. */
  addResponses(into: Float64Array): void {
    const { responses } = this.pace;
    if (responses !== null && this.#slowdown === 1 && this.#work === 1)
      this.#held.add(this.served, this.#steady.position, responses, into);
    else addGammaResponses(into, this.served, this.mean, this.variance);
  }

  /** Adds the responses held back. */
  release(into: Float64Array): void {
    this.#held.release(this.pace.responses, into);
  }

  /** Slows the machines down where the requests in the system need more memory than there is. */
  #page(): void {
    const inSystem =
      this.#backlog + (this.#steady.waiting + this.#steady.utilization * this.pace.servers) * this.pace.queues;
    const used = this.#tier.idleMemoryBytes + (inSystem / this.pace.ready) * this.#tier.memoryPerRequestBytes;
    this.#slowdown = pagingSlowdown(used / this.pace.memoryBytes);
  }
}
