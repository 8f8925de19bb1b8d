/** Tables of response times over the histogram's buckets, so that the kernel computes no exponential per bucket. @module */
import { LATENCY_BUCKETS } from "../metrics/latency-buckets.js";
import { responseWithin, TABLE_CELLS, utilizationAtRow, waitingTable } from "./erlang.js";

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
