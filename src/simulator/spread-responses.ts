/** Responses of requests that waited in a backlog, over the histogram's buckets. @module */
import { exp } from "../elementary.js";
import { LATENCY_BUCKETS } from "../metrics/latency-buckets.js";

const BOUNDS = Float64Array.from(LATENCY_BUCKETS);
const BUCKETS = BOUNDS.length;

/** Cells per unit of the table of e^-x, and where it ends: beyond, e^-x is below 2e-14. */
const CELLS = 64;
const TABLE_END = 32;
let table: Float64Array | undefined;

/**
 * Adds `weight` responses to cumulative buckets: a wait spread evenly from `shortest` to `longest`, and an exponential time on top.
 *
 * Exponentials come from a table by linear interpolation, with an error below 4e-5.
 * @param into - Cumulative counts by bucket, added to in place.
 * @param rest - Mean of the exponential part. Unit: seconds, above 0.
 */
export function addSpreadResponses(
  into: Float64Array,
  weight: number,
  shortest: number,
  longest: number,
  rest: number,
): void {
  table ??= Float64Array.from({ length: TABLE_END * CELLS + 2 }, (_, cell) => exp(-cell / CELLS));
  const inverse = 1 / rest;
  // A wait this even is as good as one wait, and the quotient below would lose its digits.
  const width = Math.max(longest - shortest, 0.05 * rest);
  const scale = weight / width;
  let b = 0;
  while (b < BUCKETS && BOUNDS[b]! <= shortest) b++;
  for (; b < BUCKETS; b++) {
    const beyond = BOUNDS[b]! - shortest;
    const inside = beyond - width;
    if (inside * inverse >= TABLE_END) break;
    let area = beyond - rest * (1 - decay(table, beyond * inverse));
    if (inside > 0) area -= inside - rest * (1 - decay(table, inside * inverse));
    into[b] = into[b]! + scale * area;
  }
  for (; b < BUCKETS; b++) into[b] = into[b]! + weight;
}

function decay(values: Float64Array, x: number): number {
  if (x >= TABLE_END) return 0;
  const position = x * CELLS;
  const cell = position | 0;
  return values[cell]! + (position - cell) * (values[cell + 1]! - values[cell]!);
}
