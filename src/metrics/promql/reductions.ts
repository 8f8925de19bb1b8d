/** What many values are reduced to: the tables of aggregations and of functions over time. @module */
import { quantileOf, varianceOfGroup } from "./quantiles.js";
import type { PromqlProfile } from "./sample-window.js";
import { compensatedSum, dividedMean, movingMean, plainSum } from "./sums.js";

/** Reduces the first `size` values, at least one; `parameter` is the quantile of `quantile`. */
export type Reduction = (values: Float64Array, size: number, profile: PromqlProfile, parameter: number) => number;

/** Aggregations of a group of series to one number. */
export const GROUP_REDUCTIONS: ReadonlyMap<string, Reduction> = new Map<string, Reduction>([
  ["sum", (values, n, profile) => (profile === "prom2" ? plainSum(values, n) : compensatedSum(values, n, profile))],
  [
    "avg",
    (values, n, profile) =>
      profile === "prom2" ? movingMean(values, 1, n, values[0]!, 0, false, false) : dividedMean(values, n),
  ],
  ["min", smallest],
  ["max", largest],
  ["count", (_values, n) => n],
  ["group", () => 1],
  ["stddev", (values, n, profile) => Math.sqrt(varianceOfGroup(values, n, profile))],
  ["stdvar", varianceOfGroup],
  ["quantile", (values, n, _profile, quantile) => quantileOf(quantile, values.subarray(0, n))],
]);

/** The largest value; NaN only where all are. */
export function largest(values: Float64Array, size: number): number {
  let best = values[0]!;
  for (let k = 1; k < size; k++) if (values[k]! > best || Number.isNaN(best)) best = values[k]!;
  return best;
}

/** The smallest value; NaN only where all are. */
export function smallest(values: Float64Array, size: number): number {
  let best = values[0]!;
  for (let k = 1; k < size; k++) if (values[k]! < best || Number.isNaN(best)) best = values[k]!;
  return best;
}
