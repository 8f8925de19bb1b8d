/** Makes observations of the values of queries, in the kernel of assembly/columns/observe.ts. @module */
import { log1p } from "../elementary.js";
import { bytesFor, ColumnMemory, type FeatureBounds } from "../metrics/column-memory.js";
import type { FeatureTable } from "./feature.js";

/** Memory for the values of a table's features in many environments, and for their observations. */
export class Observer {
  /** Environments there is room for. */
  readonly capacity: number;
  readonly #memory: ColumnMemory;
  readonly #bounds: FeatureBounds;
  readonly #logarithms: Int32Array;
  readonly #values: Float64Array;
  readonly #last: Float32Array;

  constructor({ length, low, high, whenEmpty, keepsLast, logarithms }: FeatureTable, capacity: number) {
    this.capacity = capacity;
    this.#logarithms = logarithms;
    const cells = length * capacity;
    const memory = new ColumnMemory(
      bytesFor(8, length, length, length, cells) + bytesFor(1, length) + bytesFor(4, cells),
    );
    this.#memory = memory;
    this.#bounds = {
      low: memory.float64(length),
      high: memory.float64(length),
      whenEmpty: memory.float64(length),
      keepsLast: memory.uint8(length),
    };
    this.#bounds.low.set(low);
    this.#bounds.high.set(high);
    this.#bounds.whenEmpty.set(whenEmpty);
    for (const f of logarithms) this.#bounds.whenEmpty[f] = logarithmOf(whenEmpty[f]!);
    this.#bounds.keepsLast.set(keepsLast);
    this.#values = memory.float64(cells);
    this.#last = memory.float32(cells);
  }

  /** Overwrites the last observations; see `observeAll`. @param stride - At most the capacity. */
  observe(values: Float64Array, stride: number, numEnvs: number, last: Float32Array): void {
    const size = this.#bounds.low.length * stride;
    this.#values.set(values.length === size ? values : values.subarray(0, size));
    this.#last.set(last);
    for (const f of this.#logarithms) this.#takeLogarithms(f * stride, numEnvs);
    this.#memory.observe(this.#values, stride, this.#bounds, this.#last, numEnvs);
    last.set(last.length === this.#last.length ? this.#last : this.#last.subarray(0, last.length));
  }

  #takeLogarithms(row: number, numEnvs: number): void {
    const values = this.#values;
    for (let at = row; at < row + numEnvs; at++) {
      const value = values[at]!;
      if (!Number.isNaN(value)) values[at] = logarithmOf(value);
    }
  }
}

/** log(1 + x); -Infinity and +Infinity where that has no value. */
export function logarithmOf(value: number): number {
  if (value <= -1) return Number.NEGATIVE_INFINITY;
  return value === Number.POSITIVE_INFINITY ? value : log1p(value);
}
