/** What the kernel looks up for replicas of one kind, in its layout; all simulators share one copy to copy from. @module */
import { BUCKETS, responseTable } from "./latency-table.js";
import { TABLE_CELLS, waitingTable } from "./waiting-table.js";

/** Rows of a table. */
const ROWS: number = TABLE_CELLS + 2;
/** Buckets with those that fill up a row of responses. */
const PADDED_BUCKETS: number = BUCKETS + (BUCKETS % 2);

/** Numbers in a table: by row the factor of the wait, then the stretch, then P(response ≤ bound) by bucket. */
export const KERNEL_TABLE_LENGTH: number = ROWS * (2 + PADDED_BUCKETS);

const tables = new Map<string, Float64Array>();

/**
 * The table of so many replicas of so many slots; shared, made at first use.
 *
 * @param serviceRate - μ of one slot, in requests per second; null where response times have no table, and 0 in its place.
 * @param bounds - Of the buckets, by `modelBounds`.
 * @returns Float64Array of length {@link KERNEL_TABLE_LENGTH}.
 */
export function kernelTable(
  replicas: number,
  slots: number,
  serviceRate: number | null,
  bounds: Float64Array,
): Float64Array {
  const key = `${replicas}/${slots}/${serviceRate}/${bounds[BUCKETS - 1]}`;
  let table = tables.get(key);
  if (table === undefined) {
    table = new Float64Array(KERNEL_TABLE_LENGTH);
    const { factors, stretches } = waitingTable(replicas, slots);
    table.set(factors);
    table.set(stretches, ROWS);
    if (serviceRate !== null) {
      const shares = responseTable(replicas, slots, serviceRate, bounds);
      for (let row = 0; row < ROWS; row++)
        table.set(shares.subarray(row * BUCKETS, (row + 1) * BUCKETS), 2 * ROWS + row * PADDED_BUCKETS);
    }
    tables.set(key, table);
  }
  return table;
}
