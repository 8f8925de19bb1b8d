/** Mean and variance of all values seen so far, element by element. @module */
import { InvalidOptionError } from "../errors.js";
import type { FloatArray } from "./box-of.js";
import { meanOfRows, varianceOfRows } from "./row-moments.js";

/** What running statistics hold, as plain data. */
export interface RunningStatistics {
  readonly mean: readonly number[];
  /** The variance (of the whole, not of a sample). */
  readonly variance: readonly number[];
  /** How many values went into them, beside the 1e-4 that the start counts for. */
  readonly count: number;
}

/** In what precision statistics begin, as in Gymnasium; they take on that of the values with the first of them. */
export type RunningPrecision = "float32" | "float64";

/** What the start, mean 0 and variance 1, counts for. Gymnasium's value. */
const INITIAL_COUNT = 1e-4;

/**
 * Running mean and variance by the parallel algorithm, rounding where NumPy does: with float32 values all arithmetic is
 * in float32.
 *
 * @see Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979).
 */
export class RunningMeanStd {
  mean: Float64Array;
  variance: Float64Array;
  count: number = INITIAL_COUNT;
  #precision: RunningPrecision;
  #zeros: Float64Array | undefined;

  /** @param size - How many elements a value has. */
  constructor(size: number, precision: RunningPrecision) {
    this.mean = new Float64Array(size);
    this.variance = new Float64Array(size).fill(1);
    this.#precision = precision;
  }

  /** Takes in a batch of values, one after the other in `rows`. Those of integers are given as float64. */
  update(rows: FloatArray): void {
    const size = this.mean.length;
    const batchCount = size === 0 ? 0 : rows.length / size;
    if (batchCount === 0) return;
    if (batchCount === 1) {
      // The mean of one value is itself, and its variance 0: no arrays are made.
      this.#zeros ??= new Float64Array(size);
      this.merge(rows, this.#zeros, 1, rows instanceof Float32Array);
      return;
    }
    const batchMean = meanOfRows(rows, size);
    this.merge(batchMean, varianceOfRows(rows, batchMean, size), batchCount, rows instanceof Float32Array);
  }

  /** Takes in a batch by its moments; `isFloat32` says in what precision they are. */
  merge(batchMean: ArrayLike<number>, batchVariance: ArrayLike<number>, batchCount: number, isFloat32: boolean): void {
    const { mean, variance, count } = this;
    const total = count + batchCount;
    // A float32 state stays one with float32 values; the product with the old count is rounded before it meets others.
    const roundState = this.#precision === "float32" ? Math.fround : identity;
    const roundBatch = isFloat32 ? Math.fround : identity;
    const round = this.#precision === "float32" && isFloat32 ? Math.fround : identity;
    for (let i = 0; i < mean.length; i++) {
      const delta = round(batchMean[i]! - mean[i]!);
      mean[i] = round(mean[i]! + round(round(delta * batchCount) / round(total)));
      const between = round(round(round(round(delta * delta) * round(count)) * batchCount) / round(total));
      const within = round(roundState(variance[i]! * roundState(count)) + roundBatch(batchVariance[i]! * batchCount));
      variance[i] = round(round(within + between) / round(total));
    }
    if (!isFloat32) this.#precision = "float64";
    this.count = total;
  }

  /** The values less the mean, divided by the standard deviation, as float32. Takes one value or a batch of them. */
  normalize(values: FloatArray, epsilon: number): Float32Array {
    const { mean, variance } = this;
    const isFloat32 = this.#precision === "float32";
    const round = isFloat32 && values instanceof Float32Array ? Math.fround : identity;
    const roundScale = isFloat32 ? Math.fround : identity;
    const size = mean.length;
    const result = new Float32Array(values.length);
    for (let i = 0; i < size; i++) {
      const scale = roundScale(Math.sqrt(roundScale(variance[i]! + roundScale(epsilon))));
      for (let at = i; at < result.length; at += size) result[at] = round(values[at]! - mean[i]!) / scale;
    }
    return result;
  }

  /** The statistics as plain data. */
  get statistics(): RunningStatistics {
    return { mean: Array.from(this.mean), variance: Array.from(this.variance), count: this.count };
  }

  /** @throws {@link InvalidOptionError} when they are of another size. */
  set statistics(statistics: RunningStatistics) {
    const { mean, variance, count } = statistics;
    if (mean?.length !== this.mean.length || variance?.length !== this.mean.length || !(count > 0)) {
      throw new InvalidOptionError(
        "statistics",
        `mean, variance and count of ${this.mean.length} elements`,
        statistics,
      );
    }
    this.mean = Float64Array.from(mean);
    this.variance = Float64Array.from(variance);
    this.count = count;
  }

  /** What a snapshot holds: the statistics, and in what precision they go on. */
  save(): RunningStatistics & { readonly precision: RunningPrecision } {
    return { ...this.statistics, precision: this.#precision };
  }

  /** Puts back what {@link save} gave. */
  load(saved: RunningStatistics & { readonly precision: RunningPrecision }): void {
    this.statistics = saved;
    this.#precision = saved.precision;
  }
}

function identity(value: number): number {
  return value;
}
