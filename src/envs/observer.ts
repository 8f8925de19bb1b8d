/** Makes observations of the values of queries, in the kernel of assembly/columns/observe.ts. @module */
import { log1p } from "../elementary.js";
import { bytesFor, type ColumnMemory, type FeatureBounds } from "../metrics/column-memory.js";
import type { FeatureTable } from "./feature.js";

/** The observations of many environments, in the memory that has the values of their queries. */
export class Observer {
  /** The last observations: float32 of shape [numEnvs, features]. */
  readonly last: Float32Array;
  readonly #memory: ColumnMemory;
  readonly #numEnvs: number;
  readonly #bounds: FeatureBounds;
  readonly #addresses: Int32Array;
  /** Values of which the logarithm is taken, and where that goes. */
  readonly #logarithms: readonly { readonly from: Float64Array; readonly to: Float64Array }[];

  /**
   * @param memory - Has the values, and room for {@link observerBytes}.
   * @param values - One row per feature; NaN where a query has no value.
   */
  constructor(table: FeatureTable, memory: ColumnMemory, values: Float64Array, numEnvs: number) {
    const { length, low, high, whenEmpty, keepsLast, logarithms, first } = table;
    const stride = values.length / length;
    this.#memory = memory;
    this.#numEnvs = numEnvs;
    this.#bounds = {
      low: memory.float32(length),
      high: memory.float32(length),
      whenEmpty: memory.float32(length),
    };
    this.#bounds.low.set(low);
    this.#bounds.high.set(high);
    for (let f = 0; f < length; f++) {
      const value = logarithms.includes(f) ? logarithmOf(whenEmpty[f]!) : whenEmpty[f]!;
      // Adding 0 makes 0 of -0.
      this.#bounds.whenEmpty[f] = keepsLast[f] === 1 ? Number.NaN : value + 0;
    }
    const rows = Array.from({ length }, (_, f) => values.subarray(f * stride, f * stride + numEnvs));
    this.#logarithms = Array.from(logarithms, (f) => {
      const from = rows[f]!;
      const to = memory.float64(numEnvs);
      rows[f] = to;
      return { from, to };
    });
    this.#addresses = memory.int32(length);
    this.#addresses.set(rows.map(({ byteOffset }) => byteOffset));
    this.last = memory.float32(numEnvs * length);
    for (let env = 0; env < numEnvs; env++) this.last.set(first, env * length);
  }

  /**
   * Transforms the values there are now and cuts them to the bounds.
   * @returns A new Float32Array of shape [numEnvs, features].
   */
  observe(): Float32Array {
    for (const { from, to } of this.#logarithms) {
      for (let env = 0; env < from.length; env++)
        to[env] = Number.isNaN(from[env]) ? from[env]! : logarithmOf(from[env]!);
    }
    this.#memory.observe(this.#addresses, this.#bounds, this.last, this.#numEnvs);
    return new Float32Array(this.last);
  }
}

/** What an {@link Observer} takes up in a memory. */
export function observerBytes({ length, logarithms }: FeatureTable, numEnvs: number): number {
  const rows = Array.from(logarithms, () => numEnvs);
  return bytesFor(8, ...rows) + bytesFor(4, length, length, length, length, numEnvs * length);
}

/** log(1 + x); -Infinity and +Infinity where that has no value. */
export function logarithmOf(value: number): number {
  if (value <= -1) return Number.NEGATIVE_INFINITY;
  return value === Number.POSITIVE_INFINITY ? value : log1p(value);
}
