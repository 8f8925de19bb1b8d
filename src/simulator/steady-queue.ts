/** A queue by its mean: the pointwise stationary fluid flow approximation, tick by tick. @module */
import { TABLE_CELLS } from "./erlang.js";
import type { HeldResponses } from "./held-responses.js";
import type { TierPace } from "./tier-pace.js";

/** From this change of the utilization on, a tick looks the probability of waiting up once more. */
const SETTLED = 0.01;

/** One of a tier's queues. Its state is `waiting` and `utilization`; the rest follows. */
export class SteadyQueue {
  /** Mean number of requests that wait by chance. */
  waiting = 0;
  /** ρ, in [0, 1). */
  utilization = 0;
  /** Probability of waiting, C(ρ). */
  probability = 0;
  /** The place of ρ in the tables, in rows. */
  position = 0;
  /** Of the last {@link run}: requests served, their response times summed in seconds, utilization summed over the ticks. */
  served = 0;
  secondsSum = 0;
  utilizationSum = 0;
  readonly #pace: TierPace;
  readonly #tickSeconds: number;

  constructor(pace: TierPace, tickSeconds: number) {
    this.#pace = pace;
    this.#tickSeconds = tickSeconds;
  }

  /** Looks up what follows from the utilization. */
  refresh(): void {
    this.#lookUp(this.utilization);
  }

  /**
   * Solves waiting' = inflow − capacity ρ together with the stationary waiting' = f C(ρ) ρ / (1 − ρ): a quadratic equation, with C(ρ)
   * taken from the last tick, and where that has moved once more from this one.
   *
   * @param inflow - Waiting before the tick, and what comes in it. Unit: requests.
   * @param capacity - What can be served in the tick. Unit: requests.
   * @see W.-P. Wang, D. Tipper, S. Banerjee, "A simple approximation for modeling nonstationary queues", IEEE INFOCOM 1996.
   */
  settle(inflow: number, capacity: number): void {
    let utilization = this.#solve(inflow, capacity);
    this.#lookUp(utilization);
    if (Math.abs(utilization - this.utilization) > SETTLED) {
      utilization = this.#solve(inflow, capacity);
      this.#lookUp(utilization);
    }
    this.utilization = utilization;
    this.waiting = Math.max(0, inflow - capacity * utilization);
  }

  #solve(inflow: number, capacity: number): number {
    const sum = this.#pace.waitFactor * this.probability + capacity + inflow;
    return (2 * inflow) / (sum + Math.sqrt(sum * sum - 4 * capacity * inflow));
  }

  #lookUp(utilization: number): void {
    const position = Math.sqrt(1 - utilization) * TABLE_CELLS;
    const row = position | 0;
    const table = this.#pace.waiting;
    this.position = position;
    this.probability = table[row]! + (position - row) * (table[row + 1]! - table[row]!);
  }

  /**
   * The ticks of a single exponential queue that are below its capacity and its connections, as many as there are from `from` on: the usual
   * case, as {@link settle} in one loop without calls.
   *
   * @param counts - Requests that came, by tick. @param rates - Their mean rates. Unit: requests per second.
   * @param responses - P(response ≤ bound) by row. @param into - Cumulative buckets.
   * @returns The first tick that is not of this kind, or `to`.
   */
  run(
    counts: Float64Array,
    rates: Float64Array,
    from: number,
    to: number,
    responses: Float64Array,
    held: HeldResponses,
    into: Float64Array,
  ): number {
    const { servers, capacity, connections, waiting: table, tier } = this.#pace;
    const tickSeconds = this.#tickSeconds;
    const service = tier.serviceTimeSeconds;
    const most = capacity * tickSeconds;
    let { waiting, utilization, probability, position } = this;
    let served = 0;
    let seconds = 0;
    let busy = 0;
    let k = from;
    for (; k < to && rates[k]! < capacity; k++) {
      const inflow = waiting + tickSeconds * rates[k]!;
      let sum = probability + most + inflow;
      let next = (2 * inflow) / (sum + Math.sqrt(sum * sum - 4 * most * inflow));
      let place = Math.sqrt(1 - next) * TABLE_CELLS;
      let row = place | 0;
      let waits = table[row]! + (place - row) * (table[row + 1]! - table[row]!);
      if (next - utilization > SETTLED || utilization - next > SETTLED) {
        sum = waits + most + inflow;
        next = (2 * inflow) / (sum + Math.sqrt(sum * sum - 4 * most * inflow));
        place = Math.sqrt(1 - next) * TABLE_CELLS;
        row = place | 0;
        waits = table[row]! + (place - row) * (table[row + 1]! - table[row]!);
      }
      const left = Math.max(0, inflow - most * next);
      if (left > connections - next * servers) break;
      waiting = left;
      utilization = next;
      probability = waits;
      position = place;
      const count = counts[k]!;
      served += count;
      seconds += count * (service + waits / (capacity * Math.max(1e-9, 1 - next)));
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
