/** Mean and variance of all values seen so far, element by element. @module */
import { InvalidOptionError } from "../errors.js";
import type { FloatArray } from "./box-of.js";
import { type MomentsKernel, type MomentsOwner, momentsKernel } from "./moments-kernel.js";
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
export class RunningMeanStd implements MomentsOwner {
  #mean: Float64Array;
  #variance: Float64Array;
  count: number = INITIAL_COUNT;
  #precision: RunningPrecision;
  #zeros: Float64Array | undefined;
  /** Where the moments are while they are not in the arrays above. */
  #kernel: MomentsKernel | null = null;
  /** The kernel's normalized value, of this size. */
  #normalized: Float32Array | undefined;

  /** @param size - How many elements a value has. */
  constructor(size: number, precision: RunningPrecision) {
    this.#mean = new Float64Array(size);
    this.#variance = new Float64Array(size).fill(1);
    this.#precision = precision;
  }

  get mean(): Float64Array {
    if (this.#kernel !== null) this.settle();
    return this.#mean;
  }

  get variance(): Float64Array {
    if (this.#kernel !== null) this.settle();
    return this.#variance;
  }

  /** Takes in one value, and gives it normalized: the same as `update` and `normalize`. */
  take(values: FloatArray, epsilon: number): Float32Array {
    const { length } = values;
    if (values instanceof Float32Array && this.#precision === "float32" && length === this.#mean.length) {
      const kernel = this.#kernel ?? this.#enterKernel();
      if (kernel !== null) {
        const into = kernel.values;
        for (let i = 0; i < length; i++) into[i] = values[i]!;
        kernel.take(this.count, this.count + 1, epsilon, length);
        this.count += 1;
        return new Float32Array(this.#normalized!);
      }
    }
    this.update(values);
    return this.normalize(values, epsilon);
  }

  /** Moves the moments into the kernel's memory; null where they do not fit, or there is no kernel. */
  #enterKernel(): MomentsKernel | null {
    const kernel = momentsKernel();
    if (kernel === null || this.#mean.length > kernel.capacity) return null;
    kernel.owner?.settle();
    kernel.mean.set(this.#mean);
    kernel.variance.set(this.#variance);
    kernel.owner = this;
    this.#normalized ??= kernel.normalized.subarray(0, this.#mean.length);
    this.#kernel = kernel;
    return kernel;
  }

  /** Moves the moments back from the kernel's memory. */
  settle(): void {
    const kernel = this.#kernel;
    if (kernel === null) return;
    this.#mean.set(kernel.mean.subarray(0, this.#mean.length));
    this.#variance.set(kernel.variance.subarray(0, this.#mean.length));
    this.#kernel = null;
    kernel.owner = null;
  }

  /** Takes in a batch of values, one after the other in `rows`. Those of integers are given as float64. */
  update(rows: FloatArray): void {
    const size = this.mean.length;
    const batchCount = size === 0 ? 0 : rows.length / size;
    if (batchCount === 0) return;
    if (batchCount === 1) {
      // The mean of one value is itself, and its variance 0: no arrays are made.
      this.#zeros ??= new Float64Array(size);
      this.#merge(rows, this.#zeros, 1);
      return;
    }
    const batchMean = meanOfRows(rows, size);
    this.#merge(batchMean, varianceOfRows(rows, batchMean, size), batchCount);
  }

  /** Takes in a batch by its moments. */
  #merge(batchMean: FloatArray, batchVariance: FloatArray, batchCount: number): void {
    const isFloat32 = batchMean instanceof Float32Array;
    if (isFloat32 && this.#precision === "float32") this.#mergeFloat32(batchMean, batchVariance, batchCount);
    else this.#mergeFloat64(batchMean, batchVariance, batchCount, isFloat32);
    if (!isFloat32) this.#precision = "float64";
    this.count += batchCount;
  }

  // Rounding is written out in both, as a function chosen at run time costs more than all the rest.
  #mergeFloat32(batchMean: Float32Array, batchVariance: FloatArray, batchCount: number): void {
    const { mean, variance } = this;
    const { fround } = Math;
    const count = fround(this.count);
    // One division instead of three an element: a product in float64, rounded to float32, equals the quotient of two
    // float32s, as these are never nearer than 2^-49 to where rounding turns, relatively, and the product is 2^-52 off.
    const perTotal = 1 / fround(this.count + batchCount);
    for (let i = 0; i < mean.length; i++) {
      const delta = fround(batchMean[i]! - mean[i]!);
      mean[i] = fround(mean[i]! + fround(fround(delta * batchCount) * perTotal));
      const between = fround(fround(fround(fround(delta * delta) * count) * batchCount) * perTotal);
      const within = fround(fround(variance[i]! * count) + fround(batchVariance[i]! * batchCount));
      variance[i] = fround(fround(within + between) * perTotal);
    }
  }

  /** One side is in float64, or both; the variance of a side in float32 is weighted before they meet, in float32. */
  #mergeFloat64(batchMean: FloatArray, batchVariance: FloatArray, batchCount: number, isBatchFloat32: boolean): void {
    const { mean, variance, count } = this;
    const { fround } = Math;
    const isStateFloat32 = this.#precision === "float32";
    const total = count + batchCount;
    for (let i = 0; i < mean.length; i++) {
      const delta = batchMean[i]! - mean[i]!;
      mean[i] = mean[i]! + (delta * batchCount) / total;
      const between = (delta * delta * count * batchCount) / total;
      const old = isStateFloat32 ? fround(variance[i]! * fround(count)) : variance[i]! * count;
      const added = batchVariance[i]! * batchCount;
      const within = old + (isBatchFloat32 ? fround(added) : added);
      variance[i] = (within + between) / total;
    }
  }

  /** The values less the mean, divided by the standard deviation, as float32. Takes one value or a batch of them. */
  normalize(values: FloatArray, epsilon: number): Float32Array {
    const result = new Float32Array(values.length);
    if (this.#precision === "float32" && values instanceof Float32Array)
      this.#normalizeFloat32(values, epsilon, result);
    else this.#normalizeFloat64(values, epsilon, result);
    return result;
  }

  #normalizeFloat32(values: Float32Array, epsilon: number, result: Float32Array): void {
    const { mean, variance } = this;
    const { fround, sqrt } = Math;
    const size = mean.length;
    const floor = fround(epsilon);
    for (let i = 0; i < size; i++) {
      const scale = fround(sqrt(fround(variance[i]! + floor)));
      for (let at = i; at < result.length; at += size) result[at] = fround(values[at]! - mean[i]!) / scale;
    }
  }

  #normalizeFloat64(values: FloatArray, epsilon: number, result: Float32Array): void {
    const { mean, variance } = this;
    const { fround, sqrt } = Math;
    const isFloat32 = this.#precision === "float32";
    const size = mean.length;
    for (let i = 0; i < size; i++) {
      const scale = isFloat32 ? fround(sqrt(fround(variance[i]! + fround(epsilon)))) : sqrt(variance[i]! + epsilon);
      for (let at = i; at < result.length; at += size) result[at] = (values[at]! - mean[i]!) / scale;
    }
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
    this.#mean = Float64Array.from(mean);
    this.#variance = Float64Array.from(variance);
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
