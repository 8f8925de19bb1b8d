/** Random order: Fisher and Yates's shuffle, as NumPy makes it. @module */
import { maskedUint32 } from "./bounded-integers.js";
import type { PCG64 } from "./pcg64.js";

/** What can be shuffled: an array or a typed array. */
export interface MutableArrayLike<T> {
  readonly length: number;
  [index: number]: T;
}

/** Draws an integer from 0 to `max`, both included. */
export type BoundedDraw = (bits: PCG64, max: number) => number;

/**
 * Puts the elements from `first` on into random order, in place, drawing partners from the whole array.
 * @param first - 1 for a full shuffle; higher to settle only the end of the array.
 * @param draw - How partners are drawn: NumPy's `shuffle` masks, its `choice` uses Lemire's method.
 */
export function shuffleInPlace<T>(
  bits: PCG64,
  items: MutableArrayLike<T>,
  first: number = 1,
  draw: BoundedDraw = maskedUint32,
): void {
  for (let i = items.length - 1; i >= first; i--) {
    const j = draw(bits, i);
    const item = items[j]!;
    items[j] = items[i]!;
    items[i] = item;
  }
}

/** 0, 1, … n - 1. */
export function range(n: number): Int32Array {
  const values = new Int32Array(n);
  for (let i = 0; i < n; i++) values[i] = i;
  return values;
}
