/** A tier's pace, and its queue by the mean: the pointwise stationary fluid flow approximation, tick by tick. @module */
import { fillTables } from "./host";
import { cells, leastConnections, roundRobin } from "./model";
import { HeldResponses } from "./responses";
import { Size, Tier } from "./tier";

/** From this change of the utilization on, a tick looks the probability of waiting up once more. */
const SETTLED: f64 = 0.01;

/** How fast a tier works, which changes only with events, and one of its queues: its state is `waiting` and `utilization`. */
@final
export class SteadyQueue {
  /** Mean number of requests that wait by chance. */
  waiting: f64 = 0;
  /** ρ, in [0, 1). */
  utilization: f64 = 0;
  /** Probability of waiting, C(ρ), times how much longer those who wait do so behind least connections. */
  probability: f64 = 0;
  /** The place of ρ in the tables, in rows. */
  position: f64 = 0;

  ready: i32 = 0;
  failing: i32 = 0;
  slots: i32 = 0;
  /** Number of queues, and slots of each. */
  queues: f64 = 1;
  servers: f64 = 1;
  /** Served per second by one queue at most, without slowdown. */
  capacity: f64 = 0;
  /** Requests that all replicas hold at most. */
  connections: f64 = 0;
  memoryBytes: f64 = 0;
  usdPerSecond: f64 = 0;
  /** How much longer than in M/M/c requests wait, by Allen and Cunneen's formula. */
  waitFactor: f64 = 1;
  /** `probability` by utilization. */
  table: usize = 0;
  /** How much longer than in one queue those wait who have to, by utilization. */
  stretches: usize = 0;
  /** P(response ≤ bound) by utilization, where the tables apply, otherwise 0. */
  responses: usize = 0;

  /** Of the last {@link run}: requests served, their response times summed in seconds, utilization summed over the ticks. */
  served: f64 = 0;
  secondsSum: f64 = 0;
  utilizationSum: f64 = 0;

  constructor(
    readonly tier: Tier,
    readonly number: i32,
    readonly tickSeconds: f64,
  ) {
    this.lookUpTables(1, 1, true);
  }

  /** Whether requests go to the replica that has the fewest: then all of them are taken as one queue, with waits a little longer. */
  get pooled(): bool {
    return this.tier.database || leastConnections;
  }

  /** Takes up what events have changed. */
  take(ready: i32, failing: i32, slots: i32, size: Size, usdPerSecond: f64): void {
    this.failing = failing;
    this.connections = <f64>ready * size.connections;
    this.memoryBytes = size.memoryBytes;
    this.usdPerSecond = usdPerSecond;
    if (ready === this.ready && slots === this.slots) return;
    this.ready = ready;
    this.slots = slots;
    // Without replicas nothing is looked up.
    if (ready === 0) return;
    const pooled = this.pooled;
    const variation = this.tier.variation;
    // Replicas of different sizes are taken as equal ones.
    const each = max(1, (slots + (ready >> 1)) / ready);
    this.queues = pooled ? 1 : <f64>ready;
    this.servers = pooled ? <f64>slots : <f64>each;
    this.capacity = this.servers / this.tier.serviceTime;
    const arrivals = roundRobin && !pooled ? 1 / this.queues : 1;
    this.waitFactor = (arrivals + variation * variation) / 2;
    this.lookUpTables(pooled ? ready : 1, each, this.waitFactor === 1 && variation === 1);
  }

  private lookUpTables(replicas: i32, slots: i32, exact: bool): void {
    const known = this.tier.tables + ((<usize>(replicas * (this.tier.mostSlots + 1) + slots)) << 2);
    if (load<u32>(known) === 0) fillTables(this.number, replicas, slots);
    const length = (<usize>(cells + 2)) << 3;
    this.table = <usize>load<u32>(known);
    this.stretches = this.table + length;
    this.responses = exact ? this.stretches + length : 0;
  }

  /** How much longer than in one queue those wait who have to. */
  get stretch(): f64 {
    return valueAt(this.stretches, this.position);
  }

  /** Looks up what follows from the utilization. */
  refresh(): void {
    this.lookUp(this.utilization);
  }

  /**
   * Solves waiting' = inflow − capacity ρ together with the stationary waiting' = f C(ρ) ρ / (1 − ρ): a quadratic equation, with C(ρ)
   * taken from the last tick, and where that has moved once more from this one. Unit of both: requests. `share`: the part of the waiting by
   * chance that there is, 1 in a queue that has long been as it is.
   *
   * See W.-P. Wang, D. Tipper, S. Banerjee, "A simple approximation for modeling nonstationary queues", IEEE INFOCOM 1996.
   */
  settle(inflow: f64, capacity: f64, share: f64): void {
    let utilization = this.solve(inflow, capacity, share);
    this.lookUp(utilization);
    if (abs(utilization - this.utilization) > SETTLED) {
      utilization = this.solve(inflow, capacity, share);
      this.lookUp(utilization);
    }
    this.utilization = utilization;
    this.waiting = max(0, inflow - capacity * utilization);
  }

  private solve(inflow: f64, capacity: f64, share: f64): f64 {
    const sum = share * this.waitFactor * this.probability + capacity + inflow;
    return (2 * inflow) / (sum + sqrt(sum * sum - 4 * capacity * inflow));
  }

  private lookUp(utilization: f64): void {
    this.position = sqrt(1 - utilization) * <f64>cells;
    this.probability = valueAt(this.table, this.position);
  }

  /**
   * The ticks of a single exponential queue that are below its capacity and its connections, as many as there are from `from` on: the usual
   * case, as {@link settle} in one loop without calls. `counts` and `rates` are the addresses of the requests that came by tick, and of their
   * mean rates per second; `into` that of the cumulative buckets. Returns the first tick that is not of this kind, or `to`.
   */
  run(counts: usize, rates: usize, from: i32, to: i32, held: HeldResponses, into: usize): i32 {
    const service = this.tier.serviceTime;
    const capacity = this.capacity;
    const connections = this.connections;
    const servers = this.servers;
    const tickSeconds = this.tickSeconds;
    const table = this.table;
    const responses = this.responses;
    const width = <f64>cells;
    const most = capacity * tickSeconds;
    let waiting = this.waiting;
    let utilization = this.utilization;
    let probability = this.probability;
    let position = this.position;
    let served: f64 = 0;
    let seconds: f64 = 0;
    let busy: f64 = 0;
    let k = from;
    for (; k < to; k++) {
      const rate = load<f64>(rates + ((<usize>k) << 3));
      if (!(rate < capacity)) break;
      const inflow = waiting + tickSeconds * rate;
      let sum = probability + most + inflow;
      let next = (2 * inflow) / (sum + sqrt(sum * sum - 4 * most * inflow));
      let place = sqrt(1 - next) * width;
      let row = <i32>place;
      let at = table + ((<usize>row) << 3);
      let low = load<f64>(at);
      let waits = low + (place - <f64>row) * (load<f64>(at, 8) - low);
      if (next - utilization > SETTLED || utilization - next > SETTLED) {
        sum = waits + most + inflow;
        next = (2 * inflow) / (sum + sqrt(sum * sum - 4 * most * inflow));
        place = sqrt(1 - next) * width;
        row = <i32>place;
        at = table + ((<usize>row) << 3);
        low = load<f64>(at);
        waits = low + (place - <f64>row) * (load<f64>(at, 8) - low);
      }
      const left = max(0, inflow - most * next);
      if (left > connections - next * servers) break;
      waiting = left;
      utilization = next;
      probability = waits;
      position = place;
      const count = load<f64>(counts + ((<usize>k) << 3));
      served += count;
      seconds += count * (service + waits / (capacity * max(1e-9, 1 - next)));
      busy += next;
      held.add(count, place, responses, into);
    }
    this.waiting = waiting;
    this.utilization = utilization;
    this.probability = probability;
    this.position = position;
    this.served = served;
    this.secondsSum = seconds;
    this.utilizationSum = busy;
    return k;
  }
}

/** A table between its rows. */
function valueAt(table: usize, position: f64): f64 {
  const row = <i32>position;
  const at = table + ((<usize>row) << 3);
  const low = load<f64>(at);
  return low + (position - <f64>row) * (load<f64>(at, 8) - low);
}
