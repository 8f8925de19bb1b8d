/** Responses of ticks at much the same utilization, added to the buckets together. @module */
import { BUCKETS } from "./latency-table.js";

/** Holds responses back while their places in the table are less than a row apart. */
export class HeldResponses {
  #count = 0;
  #positions = 0;

  /**
   * Takes responses.
   * @param position - Their place in the table, in rows.
   * @param table - P(response ≤ bound) by row, as `responseTable` makes it.
   * @param into - Cumulative buckets that responses held so far are added to, where these are too far from them.
   */
  add(count: number, position: number, table: Float64Array, into: Float64Array): void {
    const distance = position * this.#count - this.#positions;
    if (distance > this.#count || -distance > this.#count) this.release(table, into);
    this.#count += count;
    this.#positions += count * position;
  }

  /** Adds what is held to the buckets. */
  release(table: Float64Array | null, into: Float64Array): void {
    if (this.#count === 0 || table === null) return;
    const position = this.#positions / this.#count;
    const row = position | 0;
    const low = row * BUCKETS;
    const high = low + BUCKETS;
    const upper = this.#count * (position - row);
    const lower = this.#count - upper;
    for (let b = 0; b < BUCKETS; b++) into[b] = into[b]! + lower * table[low + b]! + upper * table[high + b]!;
    this.#count = 0;
    this.#positions = 0;
  }
}
