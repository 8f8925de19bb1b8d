/** Functions of the samples in a range: one table for both the compiled and the general evaluation. @module */
import { differenceOf, extrapolationFactor, type RateFunction, timeToZero } from "./extrapolation.js";
import { quantileOf, varianceOverTime } from "./quantiles.js";
import { largest, smallest } from "./reductions.js";
import { leastSquares } from "./regression.js";
import type { PromqlProfile } from "./sample-window.js";
import { compensatedSum, dividedMean, movingMean } from "./sums.js";

/** The samples of one series in a range. Only the first `size` entries count; there is at least one. */
export interface RangeWindow {
  readonly values: Float64Array;
  /** Unit: milliseconds, ascending. */
  readonly times: Float64Array;
  readonly size: number;
  /** The range. Unit: milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
  /** Time of evaluation, which an offset moves the range away from. Unit: milliseconds. */
  readonly nowMs: number;
  readonly profile: PromqlProfile;
  /** The scalars among the function's arguments, in order. */
  readonly parameters: readonly number[];
}

/** A function of a range: how many samples it needs at least, and what it makes of them. */
export interface RangeFunction {
  readonly least: number;
  readonly keepsName: boolean;
  readonly of: (window: RangeWindow) => number;
}

const entry = (name: string, of: RangeFunction["of"], least = 1): [string, RangeFunction] => [
  name,
  { least, keepsName: name === "first_over_time" || name === "last_over_time", of },
];

/** Functions by name, `absent_over_time` excepted, which has a value where there are no samples. */
export const RANGE_FUNCTIONS: ReadonlyMap<string, RangeFunction> = new Map<string, RangeFunction>([
  entry("rate", (window) => extrapolated("rate", window), 2),
  entry("increase", (window) => extrapolated("increase", window), 2),
  entry("delta", (window) => extrapolated("delta", window), 2),
  entry("irate", ({ values, times, size }) => lastDifference(values, size, true) / lastSeconds(times, size), 2),
  entry("idelta", ({ values, size }) => lastDifference(values, size, false), 2),
  entry("resets", ({ values, size }) => countPairs(values, size, (before, after) => after < before)),
  entry("changes", ({ values, size }) =>
    countPairs(values, size, (before, after) => after !== before && !(Number.isNaN(before) && Number.isNaN(after))),
  ),
  entry("deriv", ({ times, values, size }) => leastSquares(times, values, size, times[0]!).slope, 2),
  entry("predict_linear", predictLinear, 2),
  entry("holt_winters", doubleExponential, 2),
  entry("double_exponential_smoothing", doubleExponential, 2),
  entry("avg_over_time", ({ values, size, profile }) =>
    profile === "prom2" ? movingMean(values, 0, size, 0, 0, false) : dividedMean(values, size),
  ),
  entry("sum_over_time", ({ values, size, profile }) => compensatedSum(values, size, profile)),
  entry("min_over_time", ({ values, size }) => smallest(values, size)),
  entry("max_over_time", ({ values, size }) => largest(values, size)),
  entry("first_over_time", ({ values }) => values[0]!),
  entry("last_over_time", ({ values, size }) => values[size - 1]!),
  entry("count_over_time", ({ size }) => size),
  entry("present_over_time", () => 1),
  entry("stddev_over_time", ({ values, size }) => Math.sqrt(varianceOverTime(values, size))),
  entry("stdvar_over_time", ({ values, size }) => varianceOverTime(values, size)),
  entry("quantile_over_time", ({ values, size, parameters }) => quantileOf(parameters[0]!, values.subarray(0, size))),
]);

function extrapolated(fn: RateFunction, { values, times, size, startMs, endMs, profile }: RangeWindow): number {
  const difference = differenceOf(fn, values, size);
  const interval = (times[size - 1]! - times[0]!) / 1000;
  const spread = {
    interval,
    start: (times[0]! - startMs) / 1000,
    end: (endMs - times[size - 1]!) / 1000,
    samples: size,
    toZero: timeToZero(fn, values[0]!, difference, interval),
  };
  return difference * extrapolationFactor(fn, profile, endMs - startMs, spread);
}

function lastDifference(values: Float64Array, size: number, counter: boolean): number {
  const last = values[size - 1]!;
  const before = values[size - 2]!;
  return counter && last < before ? last : last - before;
}

function lastSeconds(times: Float64Array, size: number): number {
  return (times[size - 1]! - times[size - 2]!) / 1000;
}

function countPairs(values: Float64Array, size: number, test: (before: number, after: number) => boolean): number {
  let found = 0;
  for (let k = 1; k < size; k++) if (test(values[k - 1]!, values[k]!)) found++;
  return found;
}

function predictLinear({ times, values, size, nowMs, parameters }: RangeWindow): number {
  const { slope, intercept } = leastSquares(times, values, size, nowMs);
  return slope * parameters[0]! + intercept;
}

/** What is wrong with a smoothing factor, which must lie between 0 and 1; undefined where nothing is. */
export function smoothingProblem(name: string, factor: number): string | undefined {
  if (name !== "holt_winters" && name !== "double_exponential_smoothing") return undefined;
  return factor > 0 && factor < 1 ? undefined : `${name}() needs smoothing factors between 0 and 1, got ${factor}.`;
}

/** Holt's linear method, with the smoothing factors of level and trend as parameters. */
function doubleExponential({ values, size, parameters }: RangeWindow): number {
  const [levelFactor, trendFactor] = [parameters[0]!, parameters[1]!];
  let before = 0;
  let level = values[0]!;
  let trend = values[1]! - values[0]!;
  for (let k = 1; k < size; k++) {
    if (k > 1) trend = trendFactor * (level - before) + (1 - trendFactor) * trend;
    const next = levelFactor * values[k]! + (1 - levelFactor) * (level + trend);
    before = level;
    level = next;
  }
  return level;
}
