/** Scores of a benchmark's policies: 0 is the best static in hindsight of each workload, 1 the oracle. @module */
import type { PlanningModel } from "../envs/planning-model.js";
import { findBestStatic } from "../planners/best-static.js";
import { OraclePolicy } from "../planners/oracle.js";
import { evaluate } from "./evaluate.js";
import { makeJudgedEnv } from "./make-judged-env.js";
import { policySpecOf } from "./policy-spec-of.js";
import type { BenchmarkResults } from "./results.js";
import type { JudgedEnv } from "./run-episode.js";
import { type Estimate, interquartileMeanScore, type ScoreTable, scoresOf } from "./score.js";

/** Score 0 and score 1 of one workload. */
export interface ScoreReference {
  readonly workload: string;
  /** The best static configuration in hindsight: value by control. */
  readonly static: Readonly<Record<string, number>>;
  /** Mean returns. Unit: USD. */
  readonly staticReturn: number;
  readonly oracleReturn: number;
}

/** One policy's scores. */
export interface PolicyScore {
  readonly policy: string;
  /** Interquartile mean over all days of all workloads, with its 95 % interval. */
  readonly score: Estimate;
  /** Score of each day: a row for each workload, a column for each seed. */
  readonly scores: ScoreTable;
}

/** What {@link scoreBenchmark} finds. */
export interface BenchmarkScores {
  readonly references: readonly ScoreReference[];
  /** In the order of the results. */
  readonly policies: readonly PolicyScore[];
}

/**
 * Scores the policies of a benchmark that ran whole days on workloads known by their names: finds the best static and the oracle's return on the same days.
 *
 * @param envOptions - What the benchmark was run with.
 * @throws PolicyMismatchError where the environment is not simulated, InvalidOptionError where nothing is to be won
 */
export async function scoreBenchmark(
  { env: id, split, seeds, workloads, policies, episodes }: BenchmarkResults,
  envOptions: Readonly<Record<string, unknown>> = {},
): Promise<BenchmarkScores> {
  const references: ScoreReference[] = [];
  const tables = policies.map((): number[][] => []);
  for (const workload of workloads) {
    const env: JudgedEnv = await makeJudgedEnv(id, { ...envOptions, workload, split, episode: "day" });
    const best = await findBestStatic(policySpecOf(env).model as PlanningModel, seeds);
    const oracle = (await evaluate(env, new OraclePolicy(), { seeds })).episodes.map((episode) => episode.return);
    await env.close();
    const oracleReturn = oracle.reduce((sum, value) => sum + value, 0) / seeds.length;
    references.push({ workload, static: best.values, staticReturn: best.return, oracleReturn });
    policies.forEach(({ name }, index) => {
      const own = episodes.filter((episode) => episode.workload === workload && episode.policy === name);
      const returns = own.map((episode) => episode.return);
      tables[index]!.push(scoresOf(returns, best.returns, oracle));
    });
  }
  return {
    references,
    policies: policies.map(({ name }, index) => ({
      policy: name,
      score: interquartileMeanScore(tables[index]!),
      scores: tables[index]!,
    })),
  };
}
