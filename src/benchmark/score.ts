/** Scores: 0 is the best static in hindsight, 1 the oracle; and the statistics over days and workloads. @module */
import { InvalidOptionError } from "../errors.js";
import { createRng, type Generator, type Seed } from "../rng.js";

/** One policy's scores: a row for each workload, a column for each day. All policies have the same shape. */
export type ScoreTable = readonly (readonly number[])[];

/** An estimate with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Options of the bootstrap. */
export interface StratifiedBootstrapOptions {
  /** How many times days are drawn again. @defaultValue 2000 */
  readonly resamples?: number;
  /** Seed of the draws. @defaultValue 0 */
  readonly seed?: Seed;
}

/** The least that a day's scale may be, as a share of its workload's mean: on a day with less to win than this, luck would be taken for skill. */
const LEAST_SCALE = 0.1;

/**
 * Scores of one workload's days: 1 − (oracle − return) / (oracle − static), each day on its own scale, so that the oracle has exactly 1 and the best static
 * in hindsight exactly 0 on every day. Where a day has less than a tenth of the mean difference between them, a tenth of the mean is its scale: the oracle still has 1
 * there, and the static more than 0, as there was next to nothing to be won.
 *
 * @param returns - Of the policy, by day. Unit: USD.
 * @param statics - Of the best static in hindsight, by day: one configuration for all days of the workload.
 * @param oracles - Of the oracle, by day.
 * @throws InvalidOptionError where the lists differ in length or nothing is to be won
 */
export function scoresOf(returns: readonly number[], statics: readonly number[], oracles: readonly number[]): number[] {
  if (returns.length !== statics.length || returns.length !== oracles.length || returns.length === 0) {
    throw new InvalidOptionError("returns", "as many days as statics and oracles have, at least one", returns.length);
  }
  const mean = meanOf(oracles) - meanOf(statics);
  if (!(mean > 0)) throw new InvalidOptionError("oracles", "a greater mean than that of statics", meanOf(oracles));
  return returns.map((sum, day) => {
    const scale = Math.max(oracles[day]! - statics[day]!, LEAST_SCALE * mean);
    return 1 - (oracles[day]! - sum) / scale;
  });
}

/**
 * The mean of the middle half of values; those at the borders of it count with the share that lies within.
 *
 * @throws InvalidOptionError when there is none
 */
export function interquartileMean(values: readonly number[]): number {
  if (values.length === 0) throw new InvalidOptionError("values", "at least one number", values);
  const sorted = [...values].sort((a, b) => a - b);
  const [from, to] = [sorted.length / 4, (3 * sorted.length) / 4];
  let sum = 0;
  sorted.forEach((value, index) => {
    sum += value * Math.max(0, Math.min(index + 1, to) - Math.max(index, from));
  });
  return sum / (to - from);
}

/**
 * The interquartile mean over all days of all workloads with its 95 % interval: days are drawn again within each workload.
 *
 * @see R. Agarwal et al., "Deep Reinforcement Learning at the Edge of the Statistical Precipice", NeurIPS 2021
 */
export function interquartileMeanScore(scores: ScoreTable, options: StratifiedBootstrapOptions = {}): Estimate {
  return estimate([scores], ([drawn]) => interquartileMean(drawn!.flat()), options);
}

/** Options of {@link probabilityOfImprovement}. */
export interface ImprovementOptions extends StratifiedBootstrapOptions {
  /**
   * Which days are compared: each with itself, or each with all others of the workload too, as Agarwal et al. do with runs that have nothing in common.
   * @defaultValue "same"
   */
  readonly pairs?: "same" | "all";
}

/**
 * The probability that one policy does better than another on a day, a tie counting half: mean over the workloads, with its 95 % interval.
 *
 * @throws InvalidOptionError where the tables differ in shape
 */
export function probabilityOfImprovement(
  scores: ScoreTable,
  others: ScoreTable,
  { pairs = "same", ...options }: ImprovementOptions = {},
): Estimate {
  const compare = pairs === "same" ? shareOfSameDays : shareOfAllPairs;
  return estimate([scores, others], ([a, b]) => meanOf(a!.map((days, row) => compare(days, b![row]!))), options);
}

/** The performance profile: for each threshold, the share of all days whose score is greater; mean over the workloads. */
export function performanceProfile(scores: ScoreTable, thresholds: readonly number[]): number[] {
  return thresholds.map((threshold) =>
    meanOf(scores.map((days) => days.filter((score) => score > threshold).length / days.length)),
  );
}

function shareOfSameDays(days: readonly number[], others: readonly number[]): number {
  return meanOf(days.map((score, day) => wins(score, others[day]!)));
}

/** Mann and Whitney's U over the number of pairs. */
function shareOfAllPairs(days: readonly number[], others: readonly number[]): number {
  let sum = 0;
  for (const score of days) for (const other of others) sum += wins(score, other);
  return sum / (days.length * others.length);
}

function wins(score: number, other: number): number {
  if (score === other) return 0.5;
  return score > other ? 1 : 0;
}

function estimate(
  tables: readonly ScoreTable[],
  statistic: (tables: readonly ScoreTable[]) => number,
  { resamples = 2_000, seed = 0 }: StratifiedBootstrapOptions,
): Estimate {
  checkTables(tables);
  if (!Number.isSafeInteger(resamples) || resamples < 1) {
    throw new InvalidOptionError("resamples", "an integer of at least 1", resamples);
  }
  const rng = createRng(seed);
  const drawn = Float64Array.from({ length: resamples }, () => statistic(drawAgain(tables, rng))).sort();
  const at = (share: number): number => drawn[Math.round(share * (resamples - 1))]!;
  return { value: statistic(tables), low: at(0.025), high: at(0.975) };
}

/** Days drawn again within each workload, the same ones in every table: policies stay paired. */
function drawAgain(tables: readonly ScoreTable[], rng: Generator): ScoreTable[] {
  const days = tables[0]!.map((row) => row.map(() => rng.integers(row.length)));
  return tables.map((table) => table.map((row, workload) => days[workload]!.map((day) => row[day]!)));
}

function checkTables([first, ...others]: readonly ScoreTable[]): void {
  const shape = JSON.stringify(first!.map(({ length }) => length));
  if (first!.length === 0 || first!.some(({ length }) => length === 0)) {
    throw new InvalidOptionError("scores", "at least one day of at least one workload", shape);
  }
  for (const other of others) {
    const got = JSON.stringify(other.map(({ length }) => length));
    if (got !== shape) throw new InvalidOptionError("others", `scores of shape ${shape}`, got);
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
