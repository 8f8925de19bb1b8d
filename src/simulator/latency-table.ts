/** Tables of response times over the histogram's buckets, so that the kernel computes no exponential per bucket. @module */
import { LATENCY_BUCKETS } from "../metrics/latency-buckets.js";
import { responseWithin } from "./erlang.js";
import { TABLE_CELLS, utilizationAtRow, waitingTable } from "./waiting-table.js";

/** Number of finite buckets. */
export const BUCKETS: number = LATENCY_BUCKETS.length;

const RECORDED: Float64Array = Float64Array.from(LATENCY_BUCKETS);

/**
 * P(response ≤ bucket bound) of so many replicas of so many slots behind least connections, row by row of `utilizationAtRow`.
 * With one replica it is exact. Otherwise the time of those who wait is taken as exponential, with the decay of long waits.
 *
 * @param serviceRate - μ of one slot. Unit: requests per second.
 * @param bounds - Of the buckets, by `modelBounds`. @defaultValue as they are recorded
 * @returns Float64Array of shape [TABLE_CELLS + 2, BUCKETS].
 */
export function responseTable(
  replicas: number,
  slots: number,
  serviceRate: number,
  bounds: Float64Array = RECORDED,
): Float64Array {
  const table = new Float64Array((TABLE_CELLS + 2) * BUCKETS);
  const { factors, stretches } = waitingTable(replicas, slots);
  const capacity = replicas * slots * serviceRate;
  for (let row = 0; row < TABLE_CELLS + 2; row++) {
    const idle = Math.max(1e-9, 1 - utilizationAtRow(Math.min(row, TABLE_CELLS)));
    const waiting = Math.min(1, factors[row]! / stretches[row]!);
    const drainRate = (capacity * idle) / stretches[row]!;
    for (let b = 0; b < BUCKETS; b++)
      table[row * BUCKETS + b] = responseWithin(bounds[b]!, waiting, serviceRate, drainRate);
  }
  return table;
}
