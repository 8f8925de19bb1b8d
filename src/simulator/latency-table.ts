/** Tables of response times over the histogram's buckets, so that the kernel computes no exponential per bucket. @module */
import { exp, log } from "../elementary.js";
import { LATENCY_BUCKETS } from "../metrics/latency-buckets.js";
import { responseWithin, TABLE_CELLS, utilizationAtRow, waitingTable } from "./erlang.js";
import { regularizedGamma } from "./regularized-gamma.js";

/** Number of finite buckets. */
export const BUCKETS: number = LATENCY_BUCKETS.length;

const tables = new Map<string, Float64Array>();

/**
 * P(response ≤ bucket bound) of an M/M/c queue, row by row of {@link utilizationAtRow}; shared, made at first use.
 *
 * @returns Float64Array of shape [TABLE_CELLS + 2, BUCKETS].
 */
export function responseTable(servers: number, serviceRate: number): Float64Array {
  const key = `${servers}/${serviceRate}`;
  let table = tables.get(key);
  if (table === undefined) {
    table = new Float64Array((TABLE_CELLS + 2) * BUCKETS);
    const waiting = waitingTable(servers);
    for (let row = 0; row < TABLE_CELLS + 2; row++) {
      const drainRate = servers * serviceRate * Math.max(1e-9, 1 - utilizationAtRow(Math.min(row, TABLE_CELLS)));
      for (let b = 0; b < BUCKETS; b++) {
        table[row * BUCKETS + b] = responseWithin(LATENCY_BUCKETS[b]!, waiting[row]!, serviceRate, drainRate);
      }
    }
    tables.set(key, table);
  }
  return table;
}

// Gamma distribution, for sums of response times: shape k = 2^(row/8 − 2), argument x/mean = 2^(column/8 − 12).
const SHAPE_ROWS = 49;
const SHAPES_PER_OCTAVE = 8;
const SHAPE_LOG2_LOW = -2;
const COLUMNS = 129;
const COLUMNS_PER_OCTAVE = 8;
const COLUMN_LOG2_LOW = -12;

let gammaTable: Float64Array | undefined;

/** log2 of each bucket bound. */
export const BUCKET_LOG2: Float64Array = Float64Array.from(LATENCY_BUCKETS, (bound) => log(bound) / Math.LN2);

/**
 * Adds `weight` responses with a given mean and variance to cumulative buckets, as a gamma distribution with these moments.
 *
 * @param into - Cumulative counts, [BUCKETS], added to in place.
 * @param mean - Unit: seconds, above 0.
 * @param variance - Unit: seconds², above 0.
 * @see Whitt, "The Queueing Network Analyzer" (1983), for two-moment approximation in networks of queues.
 */
export function addGammaResponses(into: Float64Array, weight: number, mean: number, variance: number): void {
  gammaTable ??= makeGammaTable();
  const table = gammaTable;
  const shape = (mean * mean) / variance;
  const rowPosition = Math.min(
    SHAPE_ROWS - 1.001,
    Math.max(0, (log(shape) / Math.LN2 - SHAPE_LOG2_LOW) * SHAPES_PER_OCTAVE),
  );
  const row = Math.floor(rowPosition);
  const rowFraction = rowPosition - row;
  const lower = row * COLUMNS;
  const upper = lower + COLUMNS;
  const shift = -(log(mean) / Math.LN2) - COLUMN_LOG2_LOW;
  for (let b = 0; b < BUCKETS; b++) {
    const position = (BUCKET_LOG2[b]! + shift) * COLUMNS_PER_OCTAVE;
    if (position <= 0) continue;
    if (position >= COLUMNS - 1) {
      into[b] = into[b]! + weight;
      continue;
    }
    const column = Math.floor(position);
    const fraction = position - column;
    const low = table[lower + column]! + fraction * (table[lower + column + 1]! - table[lower + column]!);
    const high = table[upper + column]! + fraction * (table[upper + column + 1]! - table[upper + column]!);
    into[b] = into[b]! + weight * (low + rowFraction * (high - low));
  }
}

function makeGammaTable(): Float64Array {
  const table = new Float64Array(SHAPE_ROWS * COLUMNS);
  for (let row = 0; row < SHAPE_ROWS; row++) {
    const shape = exp(Math.LN2 * (row / SHAPES_PER_OCTAVE + SHAPE_LOG2_LOW));
    for (let column = 0; column < COLUMNS; column++) {
      const ratio = exp(Math.LN2 * (column / COLUMNS_PER_OCTAVE + COLUMN_LOG2_LOW));
      table[row * COLUMNS + column] = regularizedGamma(shape, shape * ratio);
    }
  }
  return table;
}
