/** Pieces of a suite's work that can be done anywhere, as plain data, and what does them. @module */
import type { CalibratedRule } from "../../agents/calibrated-rule.js";
import type { Policy } from "../../agents/policy.js";
import type { PlanningModel } from "../../envs/planning-model.js";
import { findBestPlans } from "../../planners/best-plans.js";
import { findBestStatic } from "../../planners/best-static.js";
import { createPlannedPolicy } from "../../planners/create-planned-policy.js";
import type { Seed } from "../../rng.js";
import { calibrate } from "../calibrate.js";
import { makeJudgedEnv } from "../make-judged-env.js";
import type { EpisodeMeasures } from "../measures.js";
import { policySpecOf } from "../policy-spec-of.js";
import type { JudgedEnv } from "../run-episode.js";
import { runMany } from "../run-many.js";
import "../../builtin-envs.js";

/** Where work is done. */
export interface WorkPlace {
  readonly env: string;
  readonly workload: string;
  /** Further options for `make`. */
  readonly envOptions: Readonly<Record<string, unknown>>;
}

/** Searches a rule's options on days for training. */
export interface CalibrateWork {
  readonly kind: "calibrate";
  readonly env: string;
  /** One rule for all of them. */
  readonly workloads: readonly string[];
  readonly rule: string;
  readonly fixed: Readonly<Record<string, number>>;
  readonly days: number;
  readonly draws: number;
}

/** Finds score 0 and score 1 of test days. */
export interface ReferenceWork {
  readonly kind: "reference";
  readonly place: WorkPlace;
  readonly seeds: readonly Seed[];
}

/** Judges policies on test days. */
export interface JudgeWork {
  readonly kind: "judge";
  readonly place: WorkPlace;
  /** Names as {@link createPlannedPolicy} takes them. */
  readonly episodes: readonly { readonly policy: string; readonly seed: Seed }[];
}

export type SuiteWork = CalibrateWork | ReferenceWork | JudgeWork;

/** Score 0 and score 1 of test days. */
export interface Reference {
  /** The best static configuration in hindsight: value by control. */
  readonly static: Readonly<Record<string, number>>;
  /** Returns by day. Unit: USD. */
  readonly staticReturns: readonly number[];
  readonly oracleReturns: readonly number[];
}

/** What each kind of work comes to. */
export interface WorkResults {
  readonly calibrate: CalibratedRule;
  readonly reference: Reference;
  readonly judge: readonly EpisodeMeasures[];
}

/** Does a piece of work. The same work gives the same result. */
export async function doWork<W extends SuiteWork>(work: W, signal?: AbortSignal): Promise<WorkResults[W["kind"]]> {
  const isCalibration = work.kind === "calibrate";
  const envs: JudgedEnv[] = [];
  try {
    const places = isCalibration
      ? work.workloads.map((workload) => ({ env: work.env, workload, envOptions: {} }))
      : [work.place];
    for (const { env, workload, envOptions } of places) {
      const split = isCalibration ? "train" : "test";
      envs.push(await makeJudgedEnv(env, { ...envOptions, workload, split, episode: "day" }));
    }
    return (await WORK[work.kind](work as never, envs as [JudgedEnv], signal)) as WorkResults[W["kind"]];
  } finally {
    for (const env of envs) await env.close();
  }
}

const WORK = {
  calibrate: (
    { workloads, rule, fixed, days, draws }: CalibrateWork,
    envs: readonly JudgedEnv[],
    signal?: AbortSignal,
  ) => calibrate({ rule, fixed, days, draws, envs, workloads, ...(signal === undefined ? {} : { signal }) }),
  reference: async ({ seeds }: ReferenceWork, [env]: readonly [JudgedEnv]): Promise<Reference> => {
    const model = policySpecOf(env).model as PlanningModel;
    const best = await findBestStatic(model, seeds);
    const plans = await findBestPlans(model, seeds);
    return { static: best.values, staticReturns: best.returns, oracleReturns: plans.map((plan) => plan.return) };
  },
  judge: async ({ episodes }: JudgeWork, [env]: readonly [JudgedEnv], signal?: AbortSignal) => {
    const agents = new Map<string, Policy>();
    const rows = episodes.map(({ policy: name, seed }) => {
      const policy = agents.get(name) ?? createPlannedPolicy(name);
      if (policy.kind === "trained") agents.set(name, policy);
      return { policy, seed };
    });
    return runMany(env, rows, signal === undefined ? {} : { signal });
  },
} as const;
