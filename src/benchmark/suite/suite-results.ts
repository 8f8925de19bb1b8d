/** What a suite found, as its `results.json` holds it: no clock time and no machine in it. @module */
import type { PolicyKind } from "../../agents/policy.js";
import type { Seed } from "../../rng.js";
import { type Estimate, interquartileMean, interquartileMeanScore, performanceProfile, scoresOf } from "../score.js";
import { type PairedDifference, pairedDifference } from "./paired-difference.js";
import { improvementsOf, type PolicyImprovement } from "./policy-improvement.js";
import { isOwnTask, type Suite, type SuiteTask, shiftedTasksOf, tasksOf } from "./suite.js";
import { type StoredEpisode, type StoredReference, seedText } from "./suite-files.js";

/** One policy's days on one task. */
export interface SuiteCell {
  readonly task: SuiteTask;
  readonly policy: string;
  readonly episodes: readonly StoredEpisode[];
}

/** Score 0 and score 1 of one environment on one workload. */
export interface SuiteReference {
  readonly env: string;
  readonly workload: string;
  /** The best static configuration in hindsight: value by control. */
  readonly static: Readonly<Record<string, number>>;
  /** Returns by day. Unit: USD. */
  readonly staticReturns: readonly number[];
  readonly oracleReturns: readonly number[];
}

/** One policy on one task. */
export interface TaskScore extends SuiteTask {
  /** Interquartile mean of the days' scores, with its 95 % interval. */
  readonly score: Estimate;
  /** Score of each day, in the order of the seeds. */
  readonly scores: readonly number[];
  /** Mean return. Unit: USD a day. */
  readonly return: number;
  /** Mean bill. Unit: USD a day. */
  readonly costUsd: number;
  /** Mean share of requests answered late or never. */
  readonly slaViolation: number;
}

/** One policy over the suite. */
export interface SuitePolicyResult {
  readonly name: string;
  readonly kind: PolicyKind;
  /** Days judged on the tasks it was made for, and how many there are; it is ranked only where these are equal. */
  readonly days: { readonly judged: number; readonly all: number };
  /** Interquartile mean over all days of all tasks it was made for; null unless all were judged. */
  readonly score: Estimate | null;
  /** The same, by environment. */
  readonly byEnv: Readonly<Record<string, Estimate | null>>;
  /** The same on tasks it was not made for; null unless all were judged. */
  readonly shifted: Estimate | null;
  /** The share of days above each of the suite's thresholds; null unless all were judged. */
  readonly profile: readonly number[] | null;
  /** Tasks whose days were all judged. */
  readonly tasks: readonly TaskScore[];
}

/** What a suite found. */
export interface SuiteResults {
  /** Version of this format. */
  readonly schema: 1;
  readonly suite: string;
  readonly envs: readonly string[];
  readonly workloads: readonly string[];
  /** What policies judged elsewhere were made for; where its names are joined by `+`, all policies were made for these together. */
  readonly shiftFrom: string;
  readonly seeds: readonly Seed[];
  readonly calibration: Suite["calibration"];
  readonly training: Suite["training"];
  readonly references: readonly SuiteReference[];
  /** The scores at which `profile` is taken. */
  readonly thresholds: readonly number[];
  readonly policies: readonly SuitePolicyResult[];
  /** Pairs of ranked policies, each way. */
  readonly improvements: readonly PolicyImprovement[];
  /** Pairs of ranked policies, each way, by environment: who is cheaper on the same days, and by how much. */
  readonly differences: readonly PairedDifference[];
}

const THRESHOLDS: readonly number[] = Array.from({ length: 61 }, (_, k) => Number((-0.2 + 0.02 * k).toFixed(2)));

/** Sums up what was judged. */
export function suiteResultsOf({
  suite,
  seeds,
  references,
  policies,
  cells,
}: {
  readonly suite: Suite;
  readonly seeds: readonly Seed[];
  readonly references: readonly ({ readonly env: string; readonly workload: string } & StoredReference)[];
  readonly policies: readonly { readonly name: string; readonly kind: PolicyKind }[];
  readonly cells: readonly SuiteCell[];
}): SuiteResults {
  const tasks = tasksOf(suite);
  const shifted = shiftedTasksOf(suite);
  const results = policies.map(({ name, kind }): SuitePolicyResult => {
    const own = cells.filter(({ policy }) => policy === name);
    const all = own.flatMap((cell) => taskScoreOf(cell, seeds, references));
    const scored = (wanted: readonly SuiteTask[]): TaskScore[] =>
      wanted.flatMap((task) => all.filter((done) => isSame(done, task)));
    const estimate = (wanted: readonly SuiteTask[]): Estimate | null => {
      const found = scored(wanted);
      return wanted.length > 0 && found.length === wanted.length
        ? interquartileMeanScore(found.map((task) => task.scores))
        : null;
    };
    const made = scored(tasks);
    const isWhole = made.length === tasks.length;
    const judged = own.filter(({ task }) => isOwnTask(task)).reduce((sum, { episodes }) => sum + episodes.length, 0);
    return {
      name,
      kind,
      days: { judged, all: tasks.length * seeds.length },
      score: estimate(tasks),
      byEnv: Object.fromEntries(suite.envs.map((env) => [env, estimate(tasks.filter((task) => task.env === env))])),
      shifted: estimate(shifted),
      profile: isWhole
        ? performanceProfile(
            made.map((task) => task.scores),
            THRESHOLDS,
          )
        : null,
      tasks: all,
    };
  });
  const ranked = results.filter(({ score }) => score !== null);
  const pairs = ranked.flatMap((a) => ranked.filter((b) => b !== a).map((b) => [a, b] as const));
  const tableOf = ({ tasks: done }: SuitePolicyResult): number[][] =>
    tasks.map((task) => [...done.find((found) => isSame(found, task))!.scores]);
  const returnsOf = (name: string, env: string): number[][] =>
    tasks
      .filter((task) => task.env === env)
      .map((task) =>
        inOrder(cells.find((cell) => cell.policy === name && isSame(cell.task, task))!, seeds)!.map(
          (episode) => episode.return,
        ),
      );
  return {
    schema: 1,
    suite: suite.name,
    envs: suite.envs,
    workloads: suite.workloads,
    shiftFrom: suite.shiftFrom,
    seeds,
    calibration: suite.calibration,
    training: suite.training,
    references: references.map(({ env, workload, static: held, staticReturns, oracleReturns }) => ({
      ...{ env, workload, static: held, staticReturns, oracleReturns },
    })),
    thresholds: THRESHOLDS,
    policies: results,
    improvements: pairs.map(([a, b]) => improvementsOf(a.name, b.name, tableOf(a), tableOf(b))),
    differences: pairs.flatMap(([a, b]) =>
      suite.envs.map((env) => pairedDifference(a.name, b.name, env, returnsOf(a.name, env), returnsOf(b.name, env))),
    ),
  };
}

/** None unless all days were judged. */
function taskScoreOf(cell: SuiteCell, seeds: readonly Seed[], references: readonly SuiteReference[]): TaskScore[] {
  const episodes = inOrder(cell, seeds);
  const reference = references.find(({ env, workload }) => env === cell.task.env && workload === cell.task.workload);
  if (episodes === undefined || reference === undefined) return [];
  const returns = episodes.map((episode) => episode.return);
  const scores = scoresOf(returns, reference.staticReturns, reference.oracleReturns);
  return [
    {
      ...cell.task,
      score: seeds.length === 1 ? alone(scores) : interquartileMeanScore([scores]),
      scores,
      return: meanOf(returns),
      costUsd: meanOf(episodes.map(({ costUsd }) => costUsd)),
      slaViolation: meanOf(episodes.map(({ slaViolation }) => slaViolation)),
    },
  ];
}

/** One day tells nothing of others. */
function alone(scores: readonly number[]): Estimate {
  const value = interquartileMean(scores);
  return { value, low: value, high: value };
}

function inOrder({ episodes }: SuiteCell, seeds: readonly Seed[]): StoredEpisode[] | undefined {
  const found = seeds.map((seed) => episodes.find((episode) => episode.seed === seedText(seed)));
  return found.every((episode) => episode !== undefined) ? found : undefined;
}

function isSame(a: SuiteTask, b: SuiteTask): boolean {
  return a.env === b.env && a.workload === b.workload && a.madeFor === b.madeFor;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
