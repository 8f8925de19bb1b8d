/** Memory for observations, one after the other. @module */

/** Observations that lie in one block: a typed array with memory of its own costs as much as all of an observation's other work. */
const BLOCK = 32;

/** Hands out arrays that nobody writes to again. They are views of blocks: copy one before its `buffer` is taken as a whole. */
export class ObservationMemory {
  readonly #length: number;
  #block = new ArrayBuffer(0);
  #used = BLOCK;

  /** @param length - Components of an observation. */
  constructor(length: number) {
    this.#length = length;
  }

  /** A new array of zeros. */
  next(): Float32Array {
    const bytes = 4 * this.#length;
    if (this.#used === BLOCK) {
      this.#block = new ArrayBuffer(BLOCK * bytes);
      this.#used = 0;
    }
    return new Float32Array(this.#block, bytes * this.#used++, this.#length);
  }
}
