/** Earlier results of shared expressions: on an aligned grid, `offset` by whole steps is a look-up. @module */

import { bytesFor, type ColumnMemory } from "./column-memory.js";

/** What a {@link ResultHistory} keeps. */
export interface ResultHistoryOptions {
  /** Number of expressions. */
  readonly expressions: number;
  /** Results to keep of each, the newest included. Rounded up to a power of two. */
  readonly steps: number;
  /** Samples between two results. */
  readonly samplesPerStep: number;
}

/** Room in the memory for a history's arrays. */
export function historyBytes(options: ResultHistoryOptions, numEnvs: number): number {
  const [results, numbers] = lengthsOf(options, numEnvs);
  return bytesFor(8, results) + bytesFor(1, results) + bytesFor(4, numbers);
}

/** Rows of a ring of results, a power of two. */
export function ringOfResults({ expressions, steps }: ResultHistoryOptions): number {
  return expressions === 0 ? 1 : 2 ** Math.ceil(Math.log2(Math.max(1, steps)));
}

/** Lengths of the arrays of results, and of that of sample numbers. */
function lengthsOf(options: ResultHistoryOptions, numEnvs: number): readonly [results: number, numbers: number] {
  const row = ringOfResults(options) * numEnvs;
  return [options.expressions * row, options.expressions === 0 ? 0 : row];
}

/**
 * A ring of results per expression and environment, [expression][ring][environment].
 *
 * A result is stored under the number of the sample it was evaluated at, and found only under the number that is exactly so many steps earlier.
 */
export class ResultHistory {
  /** Rows of a ring, a power of two. */
  readonly ring: number;
  /** Float64Array of shape [expressions, ring, numEnvs]. */
  readonly values: Float64Array;
  /** Uint8Array of shape [expressions, ring, numEnvs]. */
  readonly present: Uint8Array;
  /** Number of the sample that a row belongs to; 0 for none. Int32Array of shape [ring, numEnvs]. */
  readonly at: Int32Array;
  readonly #numEnvs: number;

  /** @internal */
  constructor(options: ResultHistoryOptions, numEnvs: number, memory: ColumnMemory) {
    const [results, numbers] = lengthsOf(options, numEnvs);
    this.ring = ringOfResults(options);
    this.values = memory.float64(results);
    this.present = memory.uint8(results);
    this.at = memory.int32(numbers);
    this.#numEnvs = numEnvs;
    memory.place({
      historyRing: this.ring,
      samplesPerStep: options.samplesPerStep,
      history: this.values,
      historyPresent: this.present,
      historyAt: this.at,
    });
  }

  /** Forgets an environment's results. */
  reset(env: number): void {
    for (let i = env; i < this.at.length; i += this.#numEnvs) this.at[i] = 0;
  }
}
