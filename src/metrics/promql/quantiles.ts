/** Quantiles and variances of a set of values. @module */
import { add } from "./regression.js";

/** Order of values with NaN first. */
export function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a - b || 0;
}

/** The quantile of values by linear interpolation between the two nearest; ±Inf for a quantile outside [0, 1]. */
export function quantileOf(quantile: number, values: Iterable<number>): number {
  const sorted = Array.from(values).sort((a, b) => (a === b ? 0 : compareNumbers(a, b)));
  if (sorted.length === 0 || Number.isNaN(quantile)) return Number.NaN;
  if (quantile < 0) return Number.NEGATIVE_INFINITY;
  if (quantile > 1) return Number.POSITIVE_INFINITY;
  const rank = quantile * (sorted.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(sorted.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return sorted[lower]! * (1 - weight) + sorted[upper]! * weight;
}

/** Variance of the first `size` values over time: Welford's method with compensated sums. */
export function varianceOverTime(values: Float64Array, size: number): number {
  const mean = { sum: 0, rest: 0 };
  const squares = { sum: 0, rest: 0 };
  for (let k = 0; k < size; k++) {
    const value = values[k]!;
    const delta = value - (mean.sum + mean.rest);
    add(mean, delta / (k + 1));
    add(squares, delta * (value - (mean.sum + mean.rest)));
  }
  return (squares.sum + squares.rest) / size;
}

/** Variance of the first `size` values of a group: Welford's method; `prom2` sees no spread in a first NaN or infinity. */
export function varianceOfGroup(values: Float64Array, size: number, profile: string): number {
  let mean = values[0]!;
  let squares = profile === "prom3" && !Number.isFinite(mean) ? Number.NaN : 0;
  for (let k = 1; k < size; k++) {
    const value = values[k]!;
    const delta = value - mean;
    mean += delta / (k + 1);
    squares += delta * (value - mean);
  }
  return squares / size;
}
