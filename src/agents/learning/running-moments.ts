/** Means and variances of a stream of vectors, for normalizing observations. @module */
import { zeros } from "../../dtype.js";

/** Running means and variances of observations: plain data. */
export interface MomentsState {
  readonly count: number;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** How far from the mean a normalized value may lie. Unit: deviations. */
const LIMIT = 10;

/**
 * Running mean and variance of each element, joined batch by batch.
 *
 * @see T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979)
 */
export class RunningMoments {
  readonly size: number;
  #count = 0;
  #mean: Float64Array;
  #variance: Float64Array;
  readonly #scale: Float64Array;
  readonly #batchMean: Float64Array;
  readonly #batchSquares: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.#mean = zeros("float64", size);
    this.#variance = zeros("float64", size).fill(1);
    this.#scale = zeros("float64", size).fill(1);
    this.#batchMean = zeros("float64", size);
    this.#batchSquares = zeros("float64", size);
  }

  /** Takes in a batch of shape [rows, size]. */
  update(batch: ArrayLike<number>, rows: number): void {
    const { size } = this;
    const mean = this.#batchMean.fill(0);
    const squares = this.#batchSquares.fill(0);
    for (let at = 0; at < rows * size; ) for (let i = 0; i < size; i++) mean[i]! += batch[at++]!;
    for (let i = 0; i < size; i++) mean[i]! /= rows;
    for (let at = 0; at < rows * size; ) {
      for (let i = 0; i < size; i++) {
        const distance = batch[at++]! - mean[i]!;
        squares[i]! += distance * distance;
      }
    }
    const total = this.#count + rows;
    for (let i = 0; i < size; i++) {
      const delta = mean[i]! - this.#mean[i]!;
      const sum = this.#variance[i]! * this.#count + squares[i]! + (delta * delta * this.#count * rows) / total;
      this.#mean[i]! += (delta * rows) / total;
      this.#variance[i] = sum / total;
    }
    this.#count = total;
    this.#updateScale();
  }

  /** Writes (value − mean) / deviation, cut to ±10, of a batch of shape [rows, size]. */
  normalize(batch: ArrayLike<number>, rows: number, into: Float32Array): void {
    const { size } = this;
    const mean = this.#mean;
    const scale = this.#scale;
    for (let at = 0; at < rows * size; ) {
      for (let i = 0; i < size; i++, at++) {
        const value = (batch[at]! - mean[i]!) * scale[i]!;
        into[at] = Math.min(LIMIT, Math.max(-LIMIT, value));
      }
    }
  }

  /** The deviation of one element. */
  deviation(i: number): number {
    return 1 / this.#scale[i]!;
  }

  /** A copy of everything remembered; assign one to go back to it. */
  get state(): MomentsState {
    return { count: this.#count, mean: this.#mean.slice(), variance: this.#variance.slice() };
  }

  set state({ count, mean, variance }: MomentsState) {
    this.#count = count;
    this.#mean = mean.slice();
    this.#variance = variance.slice();
    this.#updateScale();
  }

  #updateScale(): void {
    for (let i = 0; i < this.size; i++) this.#scale[i] = 1 / Math.sqrt(this.#variance[i]! + 1e-8);
  }
}
