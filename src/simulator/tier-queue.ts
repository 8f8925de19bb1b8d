/** The queue of one tier: M/M/c-like in steady state, fluid in overload. @module */
import { advanceBacklog, type BacklogService, type BacklogTick, makeBacklogTick } from "./backlog.js";
import { TABLE_CELLS, waitingTable } from "./erlang.js";
import { addGammaResponses, BUCKETS, responseTable } from "./latency-table.js";
import { type StateLayout, TierFloats, type TierLayout } from "./layout.js";
import type { SimulatorModel, TierModel, TierSize } from "./model.js";
import { pagingSlowdown } from "./paging.js";

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

  readonly #tier: TierModel;
  readonly #model: SimulatorModel;
  readonly #at: TierLayout;
  readonly #cohorts: number;
  readonly #floats: Float64Array;
  /** Whether all replicas work off one queue. */
  readonly pooled: boolean;
  /** How much longer than in M/M/c requests wait, by Allen and Cunneen's formula. */
  #waitFactor = 1;
  readonly #service: BacklogService = { capacity: 0, slotRate: 0, queues: 1, room: 0 };
  readonly #responseTables: (Float64Array | undefined)[] = [];
  #base = 0;
  #loaded = false;
  #ready = 0;
  #failing = 0;
  #slots = 0;
  #queues = 1;
  #servers = 1;
  #connections = 0;
  #memoryBytes = 0;
  #usdPerSecond = 0;
  #table: Float64Array = waitingTable(1);
  #responses: Float64Array | null = null;
  #waiting = 0;
  #utilization = 0;
  #backlog = 0;
  #slowdown = 1;
  #row = 0;
  #rowFraction = 0;

  constructor(model: SimulatorModel, layout: StateLayout, t: number, floats: Float64Array) {
    this.#model = model;
    this.#tier = model.tiers[t]!;
    this.#at = layout.tiers[t]!;
    this.#cohorts = layout.cohorts;
    this.#floats = floats;
    this.pooled = this.#tier.kind === "database" || model.balancing === "least_connections";
    this.backlogTick = makeBacklogTick(layout.cohorts);
  }

  /** Loads an environment's state, or reloads it after an event. @param base - Offset of the environment's floats. */
  take(base: number, ready: number, failing: number, slots: number, size: TierSize, usdPerSecond: number): void {
    if (this.#base !== base || !this.#loaded) this.#load(base);
    if (ready !== this.#ready || slots !== this.#slots || this.#responses === null) this.#resize(ready, slots);
    this.#failing = failing;
    this.#connections = size.connections;
    this.#memoryBytes = size.memoryBytes;
    this.#usdPerSecond = usdPerSecond;
  }

  #load(base: number): void {
    const at = base + this.#at.floats;
    this.#base = base;
    this.#loaded = true;
    this.#waiting = this.#floats[at + TierFloats.waiting]!;
    this.#utilization = this.#floats[at + TierFloats.utilization]!;
    this.#backlog = this.#floats[at + TierFloats.backlog]!;
    this.#slowdown = this.#floats[at + TierFloats.slowdown]! || 1;
    this.busySeconds = 0;
    this.usd = 0;
  }

  /** Writes the state back. */
  store(): void {
    const at = this.#base + this.#at.floats;
    this.#floats[at + TierFloats.waiting] = this.#waiting;
    this.#floats[at + TierFloats.utilization] = this.#utilization;
    this.#floats[at + TierFloats.backlog] = this.#backlog;
    this.#floats[at + TierFloats.slowdown] = this.#slowdown;
    this.#loaded = false;
  }

  #resize(ready: number, slots: number): void {
    const variation = this.#tier.serviceTimeVariation;
    this.#ready = ready;
    this.#slots = slots;
    this.#queues = this.pooled || ready === 0 ? 1 : ready;
    this.#servers = Math.max(1, Math.round(slots / this.#queues));
    const arrivals = this.#model.balancing === "round_robin" && !this.pooled ? 1 / this.#queues : 1;
    this.#waitFactor = (arrivals + variation * variation) / 2;
    this.#table = waitingTable(this.#servers);
    this.#responses = this.#waitFactor === 1 && variation === 1 ? this.#responseTable() : null;
  }

  #responseTable(): Float64Array {
    const table =
      this.#responseTables[this.#servers] ?? responseTable(this.#servers, 1 / this.#tier.serviceTimeSeconds);
    this.#responseTables[this.#servers] = table;
    return table;
  }

  /** One tick. @param arrivals - Requests that came. @param arrivalRate - Their mean rate. Unit: requests per second. */
  tick(arrivals: number, arrivalRate: number): void {
    const { tickSeconds } = this.#model;
    this.usd += this.#usdPerSecond * tickSeconds;
    this.refused = 0;
    this.expired = 0;
    this.queued = 0;
    this.overloaded = false;
    if (this.#ready === 0) {
      this.#loseAll(arrivals);
      return;
    }
    let count = arrivals;
    let rate = arrivalRate;
    if (this.#failing > 0) {
      const alive = this.#ready / (this.#ready + this.#failing);
      this.refused = count * (1 - alive);
      count *= alive;
      rate *= alive;
    }
    const capacity = this.#servers / (this.#tier.serviceTimeSeconds * this.#slowdown);
    const perQueue = rate / this.#queues;
    if (this.#backlog > 0 || perQueue >= capacity) this.#tickOverloaded(count, capacity);
    else this.#tickSteady(count, rate, capacity);
    this.busySeconds += this.#utilization * this.#servers * this.#queues * tickSeconds;
    if (this.#tier.memoryPerRequestBytes > 0) this.#page();
  }

  #loseAll(arrivals: number): void {
    this.refused = arrivals + this.#backlog;
    this.queued = -this.#backlog;
    this.served = 0;
    this.servedRate = 0;
    if (this.#backlog > 0) this.#clearBacklog();
    this.#waiting = 0;
    this.#utilization = 0;
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
    const inflow = this.#waiting + (tickSeconds * rate) / this.#queues;
    this.#settle(inflow, tickSeconds * capacity);
    this.served = count;
    this.servedRate = rate;
    const room = (this.#ready * this.#connections) / this.#queues - this.#utilization * this.#servers;
    if (this.#waiting > room) this.#refuse((this.#waiting - room) * this.#queues, Math.max(0, room));
    this.shortestWait = 0;
    this.longestWait = 0;
    this.#measure(capacity);
  }

  #refuse(excess: number, room: number): void {
    const lost = Math.min(this.served, excess);
    this.refused += lost;
    this.servedRate *= this.served > 0 ? 1 - lost / this.served : 1;
    this.served -= lost;
    this.#waiting = room;
  }

  /**
   * Solves waiting' = inflow − capacity ρ together with the stationary waiting' = f C(ρ) ρ / (1 − ρ), C(ρ) taken from the last
   * utilization and once more from the new one: a quadratic equation.
   */
  #settle(inflow: number, capacity: number): void {
    let utilization = this.#utilization;
    for (let pass = 0; pass < 2; pass++) {
      const before = utilization;
      const sum = this.#waitFactor * this.#waitingProbability(utilization) + capacity + inflow;
      utilization = (2 * inflow) / (sum + Math.sqrt(sum * sum - 4 * capacity * inflow));
      if (Math.abs(utilization - before) < 1e-4) break;
    }
    this.#utilization = utilization;
    this.#waiting = Math.max(0, inflow - capacity * utilization);
  }

  #waitingProbability(utilization: number): number {
    const position = Math.sqrt(1 - utilization) * TABLE_CELLS;
    const row = position | 0;
    const fraction = position - row;
    const table = this.#table;
    this.#row = row;
    this.#rowFraction = fraction;
    return table[row]! + fraction * (table[row + 1]! - table[row]!);
  }

  #measure(capacity: number): void {
    const probability = this.#waitingProbability(this.#utilization);
    const service = this.#tier.serviceTimeSeconds * this.#slowdown;
    const wait = this.#waitFactor / (capacity * Math.max(1e-9, 1 - this.#utilization));
    const variation = this.#tier.serviceTimeVariation;
    this.mean = service + probability * wait;
    this.variance = variation * variation * service * service + probability * (2 - probability) * wait * wait;
  }

  #tickOverloaded(count: number, capacity: number): void {
    const { tickSeconds, clientTimeoutSeconds } = this.#model;
    const tick = this.backlogTick;
    const before = this.#backlog;
    const places = this.#ready * this.#connections - this.#servers * this.#queues;
    const service = this.#service;
    service.capacity = capacity * this.#queues;
    service.slotRate = capacity / this.#servers;
    service.queues = this.#queues;
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
    this.#settle(this.#waiting + (before + count) / this.#queues, tickSeconds * capacity);
    this.#waiting = tick.late
      ? 0
      : Math.min(Math.max(0, this.#waiting - this.#backlog / this.#queues), capacity * RANDOM_SECONDS);
    this.mean = 1 / service.slotRate + this.#waiting / capacity;
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

  /** Adds the last tick's responses to cumulative buckets. */
  addResponses(into: Float64Array): void {
    const table = this.#responses;
    if (table === null || this.#slowdown !== 1) {
      addGammaResponses(into, this.served, this.mean, this.variance);
      return;
    }
    const low = this.#row * BUCKETS;
    const high = low + BUCKETS;
    const upper = this.served * this.#rowFraction;
    const lower = this.served - upper;
    for (let b = 0; b < BUCKETS; b++) into[b] = into[b]! + lower * table[low + b]! + upper * table[high + b]!;
  }

  /** Slows the machines down where the requests in the system need more memory than there is. */
  #page(): void {
    const inSystem = this.#backlog + (this.#waiting + this.#utilization * this.#servers) * this.#queues;
    const used = this.#tier.idleMemoryBytes + (inSystem / this.#ready) * this.#tier.memoryPerRequestBytes;
    this.#slowdown = pagingSlowdown(used / this.#memoryBytes);
  }
}
