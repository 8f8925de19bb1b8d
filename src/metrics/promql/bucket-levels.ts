/** Monotonic bucket counts of many environments, column by column: histogram_quantile where all buckets are there. @module */
import { levelOf, quantileInBucket } from "./bucket-quantile.js";
import type { Frame } from "./frame.js";
import type { PromqlProfile } from "./sample-window.js";

/** Scratch memory for some environments at a time: counts lifted to the highest before them, as `bucketQuantile` does it one by one. */
export class BucketLevels {
  readonly #columns: Int32Array;
  readonly #profile: PromqlProfile;
  readonly #tolerance: number;
  readonly #block: number;
  /** Shape [buckets, block]. */
  readonly #levels: Float64Array;
  /** 1 where all buckets are there, and none is NaN. */
  readonly #whole: Uint8Array;

  constructor(columns: Int32Array, profile: PromqlProfile, block: number) {
    this.#columns = columns;
    this.#profile = profile;
    this.#tolerance = profile === "prom3" ? 2e-12 : 0;
    this.#block = block;
    this.#levels = new Float64Array(columns.length * block);
    this.#whole = new Uint8Array(block);
  }

  /** Takes up environments `begin` to `end - 1` of the frame. */
  fill({ stride, values, present }: Frame, begin: number, end: number): void {
    const columns = this.#columns;
    const levels = this.#levels;
    const whole = this.#whole;
    const tolerance = this.#tolerance;
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
        whole[i] = whole[i]! & present[from + i]!;
        // The first test is the common case; what is near enough is looked at exactly.
        if (count - highest > (count + highest) * tolerance) levels[row + i] = count;
        else if (count === highest) levels[row + i] = highest;
        else {
          if (Number.isNaN(count)) whole[i] = 0;
          levels[row + i] = levelOf(count, highest, this.#profile);
        }
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
