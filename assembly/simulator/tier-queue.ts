/** The queue of one tier: M/M/c-like in steady state, fluid in overload. @module */
import { TierFloat } from "../../src/simulator/fields";
import { pagingSlowdown } from "../../src/simulator/paging";
import { Backlog } from "./backlog";
import { greater, lesser } from "./branchless";
import { workFactor } from "./host";
import { cohorts, float, floatsAt, setFloat, tickSeconds, timeout } from "./model";
import { addGammaResponses, HeldResponses } from "./responses";
import { SteadyQueue } from "./steady-queue";
import { Size, Tier } from "./tier";

/**
 * The part of the waiting by chance that there is beside a backlog: the backlog has the randomness of the arrivals in it already, and a
 * queue on its way is empty less often than one that has long been as long. Fitted to the request-level model at 1 to 1.2.
 */
const CHANCE_BESIDE_BACKLOG: f64 = 0.33;

/** A tier's queue in the running environment. State is loaded by `take` and kept in fields while ticks run; results of a tick are fields too. */
@final
export class TierQueue {
  /** Requests served, refused or lost, and given up by their clients in the last tick, and the change of those waiting in the backlog. */
  served: f64 = 0;
  refused: f64 = 0;
  expired: f64 = 0;
  queued: f64 = 0;
  /** Unit: requests per second. */
  servedRate: f64 = 0;
  /** Response times of the requests served in {@link runSteady}, summed. Unit: seconds. */
  secondsSum: f64 = 0;
  /** Response time of the last tick without the wait in the backlog: mean and variance. Unit: seconds, seconds². */
  mean: f64 = 0;
  variance: f64 = 0;
  /** Wait in the backlog of those served in the last tick. Unit: seconds. */
  shortestWait: f64 = 0;
  longestWait: f64 = 0;
  /** Whether there was a backlog in the last tick. */
  overloaded: bool = false;
  /** Since `take`d first for this environment: work done, unit slot-seconds, and what it cost, unit USD. */
  busySeconds: f64 = 0;
  usd: f64 = 0;

  readonly steady: SteadyQueue;
  readonly line: Backlog;
  readonly held: HeldResponses = new HeldResponses();
  private base: i32 = 0;
  private loaded: bool = false;
  private backlog: f64 = 0;
  private slowdown: f64 = 1;
  /** Work of a request in this step, as a multiple of its mean over the day. */
  private work: f64 = 1;

  constructor(
    readonly tier: Tier,
    readonly number: i32,
  ) {
    this.steady = new SteadyQueue(tier, number, tickSeconds);
    this.line = new Backlog(cohorts);
    this.line.tickSeconds = tickSeconds;
    this.line.timeout = timeout;
  }

  /**
   * Loads an environment's state, or takes up what an event has changed. `base`: offset of the environment's floats. `into`: buckets that
   * held responses are added to, where other tables apply from now on.
   */
  take(base: i32, ready: i32, failing: i32, slots: i32, size: Size, usdPerSecond: f64, into: usize): void {
    const steady = this.steady;
    const loads = !this.loaded || this.base !== base;
    if (loads) this.loadState(base);
    const changes = ready !== steady.ready || slots !== steady.slots;
    if (changes) this.held.release(steady.responses, into);
    steady.take(ready, failing, slots, size, usdPerSecond);
    if (ready > 0 && (changes || loads)) steady.refresh();
  }

  private loadState(base: i32): void {
    const at = base + this.tier.floats;
    this.base = base;
    this.loaded = true;
    this.steady.waiting = float(at + TierFloat.waiting);
    this.steady.utilization = float(at + TierFloat.utilization);
    this.backlog = float(at + TierFloat.backlog);
    this.slowdown = float(at + TierFloat.slowdown);
    if (this.slowdown === 0) this.slowdown = 1;
    this.busySeconds = 0;
    this.usd = 0;
  }

  /** Sets how much work a request is now. Unit: model time, seconds since 1970-01-01 UTC. */
  swing(seconds: f64): void {
    this.work = this.tier.swings ? workFactor(this.number, seconds) : 1;
  }

  /** Writes the state back. */
  storeState(): void {
    const at = this.base + this.tier.floats;
    setFloat(at + TierFloat.waiting, this.steady.waiting);
    setFloat(at + TierFloat.utilization, this.steady.utilization);
    setFloat(at + TierFloat.backlog, this.backlog);
    setFloat(at + TierFloat.slowdown, this.slowdown);
    this.loaded = false;
  }

  /**
   * The usual ticks from `from` on, see {@link SteadyQueue.run}: none where there is a backlog, or a replica fails, or machines page.
   * There has to be a ready replica. `served` and `secondsSum` are then of all these ticks.
   */
  runSteady(counts: usize, rates: usize, from: i32, to: i32, into: usize): i32 {
    const steady = this.steady;
    this.served = 0;
    this.secondsSum = 0;
    const special = steady.failing > 0 || steady.queues > 1 || this.backlog > 0 || this.work !== 1;
    if (special || steady.responses === 0 || this.tier.memoryPerRequest > 0) return from;
    const end = steady.run(counts, rates, from, to, this.held, into);
    this.served = steady.served;
    this.secondsSum = steady.secondsSum;
    this.busySeconds += steady.utilizationSum * steady.servers * tickSeconds;
    this.usd += steady.usdPerSecond * tickSeconds * <f64>(end - from);
    return end;
  }

  /**
   * Ticks `from` to `to - 1`, at least one, without a replica: all requests are lost, and those that wait. `refused` is of all these ticks.
   */
  runDown(counts: usize, from: i32, to: i32): void {
    this.tick(load<f64>(counts + ((<usize>from) << 3)), 0);
    let refused = this.refused;
    for (let k = from + 1; k < to; k++) {
      this.usd += this.steady.usdPerSecond * tickSeconds;
      refused += load<f64>(counts + ((<usize>k) << 3));
    }
    this.refused = refused;
  }

  /** One tick. `arrivals`: requests that came. `arrivalRate`: their mean rate per second. */
  tick(arrivals: f64, arrivalRate: f64): void {
    const steady = this.steady;
    this.usd += steady.usdPerSecond * tickSeconds;
    this.refused = 0;
    this.expired = 0;
    this.queued = 0;
    this.overloaded = false;
    if (steady.ready === 0) {
      this.loseAll(arrivals);
      return;
    }
    let count = arrivals;
    let rate = arrivalRate;
    if (steady.failing > 0) {
      const alive = <f64>steady.ready / <f64>(steady.ready + steady.failing);
      this.refused = count * (1 - alive);
      count *= alive;
      rate *= alive;
    }
    const capacity = steady.capacity / (this.slowdown * this.work);
    if (this.backlog > 0 || rate >= capacity * steady.queues) this.tickOverloaded(count, capacity);
    else this.tickSteady(count, rate, capacity);
    this.busySeconds += steady.utilization * steady.servers * steady.queues * tickSeconds;
    if (this.tier.memoryPerRequest > 0) this.page();
  }

  private loseAll(arrivals: f64): void {
    this.refused = arrivals + this.backlog;
    this.queued = -this.backlog;
    this.served = 0;
    this.servedRate = 0;
    if (this.backlog > 0) this.clearBacklog();
    this.steady.waiting = 0;
    this.steady.utilization = 0;
    this.slowdown = 1;
    this.mean = this.tier.serviceTime;
    this.variance = this.mean * this.mean;
    this.shortestWait = 0;
    this.longestWait = 0;
  }

  private clearBacklog(): void {
    const first = this.base + this.tier.cohortLeft;
    for (let k = 0; k < 2 * cohorts; k++) setFloat(first + k, 0);
    this.backlog = 0;
  }

  private tickSteady(count: f64, rate: f64, capacity: f64): void {
    const steady = this.steady;
    const inflow = steady.waiting + (tickSeconds * rate) / steady.queues;
    steady.settle(inflow, tickSeconds * capacity, 1);
    this.served = count;
    this.servedRate = rate;
    const room = steady.connections / steady.queues - steady.utilization * steady.servers;
    if (steady.waiting > room) this.refuse((steady.waiting - room) * steady.queues, max(0, room));
    this.shortestWait = 0;
    this.longestWait = 0;
    this.measure(capacity);
  }

  private refuse(excess: f64, room: f64): void {
    const lost = min(this.served, excess);
    this.refused += lost;
    this.servedRate *= this.served > 0 ? 1 - lost / this.served : 1;
    this.served -= lost;
    this.steady.waiting = room;
  }

  private measure(capacity: f64): void {
    const steady = this.steady;
    const probability = steady.probability;
    const service = this.tier.serviceTime * this.slowdown * this.work;
    const wait = steady.waitFactor / (capacity * max(1e-9, 1 - steady.utilization));
    const variation = this.tier.variation;
    this.mean = service + probability * wait;
    this.variance =
      variation * variation * service * service + probability * (2 * steady.stretch - probability) * wait * wait;
  }

  private tickOverloaded(count: f64, capacity: f64): void {
    const steady = this.steady;
    const line = this.line;
    const before = this.backlog;
    const places = steady.connections - steady.servers * steady.queues;
    line.capacity = capacity * steady.queues;
    line.slotRate = capacity / steady.servers;
    // In overload every replica's queue is full: they are as many as the replicas, however requests are balanced.
    line.queues = this.tier.database ? 1 : <f64>steady.ready;
    line.room = max(0, places);
    const left = floatsAt(this.base + this.tier.cohortLeft);
    this.backlog = line.advance(left, left + ((<usize>cohorts) << 3), count);
    this.overloaded = true;
    this.served = line.served;
    this.servedRate = line.served / tickSeconds;
    this.refused += line.refused;
    this.expired = line.expired;
    this.queued = this.backlog - before;
    steady.settle(steady.waiting + (before + count) / steady.queues, tickSeconds * capacity, CHANCE_BESIDE_BACKLOG);
    steady.waiting = line.late
      ? 0
      : lesser(greater(0, steady.waiting - this.backlog / steady.queues), (line.room - this.backlog) / steady.queues);
    this.mean = 1 / line.slotRate + steady.waiting / capacity;
    this.variance = this.mean * this.mean;
  }

  /** Finds the shortest and the longest wait in the backlog of the last tick, if there was one. */
  spanWaits(): void {
    const line = this.line;
    let shortest: f64 = Infinity;
    let longest: f64 = 0;
    for (let k = 0; k < line.segments; k++) {
      shortest = min(shortest, min(unchecked(line.firstWait[k]), unchecked(line.lastWait[k])));
      longest = max(longest, max(unchecked(line.firstWait[k]), unchecked(line.lastWait[k])));
    }
    this.shortestWait = line.segments > 0 ? shortest : 0;
    this.longestWait = longest;
  }

  /** Adds the last tick's responses to cumulative buckets: now, or together with those of other ticks at much the same utilization. */
  addResponses(into: usize): void {
    const steady = this.steady;
    if (steady.responses !== 0 && this.slowdown === 1 && this.work === 1)
      this.held.add(this.served, steady.position, steady.responses, into);
    else addGammaResponses(into, this.served, this.mean, this.variance);
  }

  /** Adds the responses held back. */
  release(into: usize): void {
    this.held.release(this.steady.responses, into);
  }

  /** Slows the machines down where the requests in the system need more memory than there is. */
  private page(): void {
    const steady = this.steady;
    const inSystem = this.backlog + (steady.waiting + steady.utilization * steady.servers) * steady.queues;
    const used = this.tier.idleMemory + (inSystem / <f64>steady.ready) * this.tier.memoryPerRequest;
    this.slowdown = pagingSlowdown(used / steady.memoryBytes);
  }
}
