/** Rows of equal length in one array that grows. @module */

type NumberArray = Float32Array | Float64Array | Uint8Array;

/** Room doubles when it is used up. */
export class GrowingRows<T extends NumberArray> {
  #rows = 0;
  #width = 0;
  #values: T;
  readonly #make: new (
    length: number,
  ) => T;

  constructor(make: new (length: number) => T) {
    this.#make = make;
    this.#values = new make(0);
  }

  /** How many rows there are. */
  get rows(): number {
    return this.#rows;
  }

  /** Length of a row: that of the first. */
  get width(): number {
    return this.#width;
  }

  /** Adds a row; false, and nothing done, where its length is not that of the others. */
  add(row: ArrayLike<number>): boolean {
    if (this.#rows === 0) this.#width = row.length;
    if (row.length !== this.#width) return false;
    const start = this.#rows * this.#width;
    if (start + row.length > this.#values.length) {
      const more = new this.#make(Math.max(1_024, 2 * (start + row.length)));
      more.set(this.#values);
      this.#values = more;
    }
    this.#values.set(row, start);
    this.#rows++;
    return true;
  }

  /** All rows, one after the other, in an array of exactly their size. */
  take(): T {
    return this.#values.slice(0, this.#rows * this.#width) as T;
  }
}
