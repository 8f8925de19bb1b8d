/** The normal quantile as the tick needs it: from a table in the middle, exact in the tails. @module */
import { inverseNormal } from "../elementary.js";

const CELLS = 8192;
/** The table covers u from this to 1 − this. */
const TAIL = 1 / 64;
const SCALE = CELLS / (1 - 2 * TAIL);

let table: Float64Array | undefined;

/**
 * The quantile of the standard normal distribution, with an error below 3e-6; it never falls as u rises.
 * @param u - From 0 to 1, both ends excluded.
 */
export function normalQuantile(u: number): number {
  table ??= Float64Array.from({ length: CELLS + 1 }, (_, cell) => inverseNormal(TAIL + cell / SCALE));
  const position = (u - TAIL) * SCALE;
  if (!(position >= 0 && position < CELLS)) return inverseNormal(u);
  const cell = position | 0;
  const low = table[cell]!;
  return low + (position - cell) * (table[cell + 1]! - low);
}
