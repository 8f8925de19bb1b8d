/** What became of requests. @module */
import { LATENCY_BUCKETS } from "../../metrics/latency-buckets.js";

/** Buckets with the one without an upper bound. */
const COUNTED = LATENCY_BUCKETS.length + 1;

/** Requests by tier and end. Whole numbers; whoever reads them sets them to 0. */
export class Tally {
  readonly answered: Float64Array;
  readonly refused: Float64Array;
  readonly expired: Float64Array;
  /** Sum of response times of those answered. Unit: seconds. */
  readonly seconds: Float64Array;
  /** Those answered by bucket, not cumulative: shape [tiers, buckets + 1]. */
  readonly buckets: Float64Array;

  readonly #bounds: Float64Array;

  /** @param bounds - Of the buckets, by `modelBounds`. */
  constructor(tiers: number, bounds: Float64Array) {
    this.#bounds = bounds;
    this.answered = new Float64Array(tiers);
    this.refused = new Float64Array(tiers);
    this.expired = new Float64Array(tiers);
    this.seconds = new Float64Array(tiers);
    this.buckets = new Float64Array(tiers * COUNTED);
  }

  /** Counts an answer. @param seconds - Its response time. */
  answer(tier: number, seconds: number): void {
    this.answered[tier] = this.answered[tier]! + 1;
    this.seconds[tier] = this.seconds[tier]! + seconds;
    let low = 0;
    let high = COUNTED - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#bounds[middle]! < seconds) low = middle + 1;
      else high = middle;
    }
    const at = tier * COUNTED + low;
    this.buckets[at] = this.buckets[at]! + 1;
  }
}
