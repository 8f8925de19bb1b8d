/** Earlier results of shared expressions: on an aligned grid, `offset` by whole steps is a look-up. @module */

/** What a {@link ResultHistory} keeps. */
export interface ResultHistoryOptions {
  /** Number of expressions. */
  readonly expressions: number;
  /** Results to keep of each, the newest included. Rounded up to a power of two. */
  readonly steps: number;
  /** Samples between two results. */
  readonly samplesPerStep: number;
}

/**
 * A ring of results per expression and environment, [expression][ring][environment].
 *
 * A result is stored under the number of the sample it was evaluated at, and found only under the number that is exactly so many steps earlier.
 */
export class ResultHistory {
  readonly samplesPerStep: number;
  /** Rows of a ring, a power of two. */
  readonly ring: number;
  /** Float64Array of shape [expressions, ring, numEnvs]. */
  readonly values: Float64Array;
  /** Uint8Array of shape [expressions, ring, numEnvs]. */
  readonly present: Uint8Array;
  /** Number of the sample that a row belongs to; 0 for none. Int32Array of shape [ring, numEnvs]. */
  readonly at: Int32Array;
  readonly #numEnvs: number;

  constructor({ expressions, steps, samplesPerStep }: ResultHistoryOptions, numEnvs: number) {
    this.samplesPerStep = samplesPerStep;
    this.ring = expressions === 0 ? 1 : 2 ** Math.ceil(Math.log2(Math.max(1, steps)));
    this.values = new Float64Array(expressions * this.ring * numEnvs);
    this.present = new Uint8Array(expressions * this.ring * numEnvs);
    this.at = new Int32Array(expressions === 0 ? 0 : this.ring * numEnvs);
    this.#numEnvs = numEnvs;
  }

  /** Forgets an environment's results. */
  reset(env: number): void {
    for (let i = env; i < this.at.length; i += this.#numEnvs) this.at[i] = 0;
  }

  /** Ring row of the step that sample number `count` belongs to. */
  rowOf(count: number): number {
    return Math.floor((count - 1) / this.samplesPerStep) & (this.ring - 1);
  }
}
