/** Observations that share their memory, some at a time. @module */

/** Rows in one buffer: what a lone observation keeps alive stays below 10 KB for 70 features. */
const ROWS = 32;

/**
 * Hands out float32 arrays of one length. Thirty-two of them are views of one ArrayBuffer: an engine allocates a buffer outside its heap,
 * which takes longer than all else that is done for an observation, and a view within.
 */
export class RowSlab {
  readonly #length: number;
  readonly #bytes: number;
  #buffer: ArrayBuffer = new ArrayBuffer(0);
  #next = 0;

  /** @param length - Of each array. */
  constructor(length: number) {
    this.#length = length;
    this.#bytes = Float32Array.BYTES_PER_ELEMENT * length;
  }

  /** A new array, all 0, that nobody else has. */
  take(): Float32Array {
    if (this.#next + this.#bytes > this.#buffer.byteLength) {
      this.#buffer = new ArrayBuffer(ROWS * this.#bytes);
      this.#next = 0;
    }
    const row = new Float32Array(this.#buffer, this.#next, this.#length);
    this.#next += this.#bytes;
    return row;
  }
}
