/** Monotonic bucket counts of many environments, column by column: histogram_quantile where all buckets are there. @module */
import { quantileInBucket, TOLERANCE } from "./bucket-quantile.js";
import type { Frame } from "./frame.js";
import type { PromqlProfile } from "./sample-window.js";

/** Sums of neighbours no larger, and NaN, are left to the evaluation one by one. */
const SMALLEST = 2 ** -1000;

/** Scratch memory for some environments at a time: counts lifted to the highest before them, as `bucketQuantile` does it one by one. */
export class BucketLevels {
  readonly #columns: Int32Array;
  /** Relative difference below which neighbours are equal; 0 where none are. */
  readonly #closeness: number;
  readonly #block: number;
  /** Shape [buckets, block]. */
  readonly #levels: Float64Array;
  /** 1 where all buckets are there, and none is NaN. */
  readonly #whole: Uint8Array;

  constructor(columns: Int32Array, profile: PromqlProfile, block: number) {
    this.#columns = columns;
    this.#closeness = profile === "prom3" ? TOLERANCE : 0;
    this.#block = block;
    this.#levels = new Float64Array(columns.length * block);
    this.#whole = new Uint8Array(block);
  }

  /** Takes up environments `begin` to `end - 1` of the frame. */
  fill({ stride, values, present }: Frame, begin: number, end: number): void {
    const columns = this.#columns;
    const levels = this.#levels;
    const whole = this.#whole;
    const closeness = this.#closeness;
    const tolerance = 2 * closeness;
    const size = end - begin;
    let from = columns[0]! * stride + begin;
    for (let i = 0; i < size; i++) {
      const count = values[from + i]!;
      levels[i] = count;
      whole[i] = Number.isNaN(count) ? 0 : present[from + i]!;
    }
    for (let k = 1; k < columns.length; k++) {
      from = columns[k]! * stride + begin;
      const row = k * this.#block;
      const before = row - this.#block;
      for (let i = 0; i < size; i++) {
        const count = values[from + i]!;
        const highest = levels[before + i]!;
        const difference = count - highest;
        const sum = count + highest;
        whole[i] = whole[i]! & present[from + i]!;
        if (difference <= 0) levels[row + i] = highest;
        else if (!(sum > SMALLEST)) whole[i] = 0;
        else if (difference > sum * tolerance) levels[row + i] = count;
        else levels[row + i] = difference / sum < closeness ? highest : count;
      }
    }
  }

  /** Whether an environment of the block has all its buckets. */
  isWhole(i: number): boolean {
    return this.#whole[i] === 1;
  }

  /** The quantile of an environment of the block. @param bounds - Ascending, the last +Inf. */
  quantileOf(i: number, quantile: number, bounds: Float64Array): number {
    if (Number.isNaN(quantile)) return Number.NaN;
    if (quantile < 0) return Number.NEGATIVE_INFINITY;
    if (quantile > 1) return Number.POSITIVE_INFINITY;
    const levels = this.#levels;
    const block = this.#block;
    const last = bounds.length - 1;
    const observations = levels[last * block + i]!;
    if (observations === 0) return Number.NaN;
    const rank = quantile * observations;
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (levels[middle * block + i]! >= rank) high = middle;
      else low = middle + 1;
    }
    if (low === last) return bounds[last - 1]!;
    return quantileInBucket(
      low,
      rank,
      low === 0 ? 0 : levels[(low - 1) * block + i]!,
      levels[low * block + i]!,
      bounds,
    );
  }
}
