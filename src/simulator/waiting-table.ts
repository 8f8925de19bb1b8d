/** Tables of how often and how long requests wait, by utilization, for the kernel. @module */
import { leastConnectionsWaiting, waitStretch } from "./least-connections.js";

/** Number of intervals in √(1 − ρ), the coordinate in which the tables are even. */
export const TABLE_CELLS = 256;

/** The utilization at row i of a table: 1 − (i / {@link TABLE_CELLS})², falling from 1 at row 0 to 0 at the last. */
export function utilizationAtRow(row: number): number {
  const v = row / TABLE_CELLS;
  return 1 - v * v;
}

/** Least value in the tables: with 0, rounding may put the utilization of a tick above 1. */
const LEAST_WAITING = 1e-6;

/** Tables of some replicas of some slots, by row of {@link utilizationAtRow}: of shape [TABLE_CELLS + 2], the last value twice. */
export interface WaitingTable {
  /** The factor p of the mean wait p / (c μ (1 − ρ)): Erlang C with one replica, the probability of waiting × the stretch with several. */
  readonly factors: Float64Array;
  /** `waitStretch`. */
  readonly stretches: Float64Array;
}

const tables = new Map<string, WaitingTable>();

/** The table of so many replicas of so many slots behind least connections; shared, made at first use. At row 0 (ρ = 1) all is 1. */
export function waitingTable(replicas: number, slots: number): WaitingTable {
  const key = `${replicas}/${slots}`;
  let table = tables.get(key);
  if (table === undefined) {
    const stretches = byRow((utilization) => waitStretch(replicas, utilization));
    const factors = byRow((utilization, row) =>
      Math.max(LEAST_WAITING, leastConnectionsWaiting(replicas, replicas * slots, utilization) * stretches[row]!),
    );
    table = { factors, stretches };
    tables.set(key, table);
  }
  return table;
}

function byRow(valueAt: (utilization: number, row: number) => number): Float64Array {
  const values = new Float64Array(TABLE_CELLS + 2).fill(1);
  for (let row = 1; row <= TABLE_CELLS; row++) values[row] = valueAt(utilizationAtRow(row), row);
  values[TABLE_CELLS + 1] = values[TABLE_CELLS]!;
  return values;
}
