/** Suites: which environments, workloads and policies a benchmark is made of. @module */
import { InvalidOptionError } from "../../errors.js";
import { suggestion } from "../../messages.js";

/** One suite. */
export interface Suite {
  readonly name: string;
  /** Ids of environments. */
  readonly envs: readonly string[];
  /** Names of workloads. */
  readonly workloads: readonly string[];
  /** Policies made for this workload are also judged on all others: how far what was learnt carries. */
  readonly shiftFrom: string;
  /** Who takes part where nothing is said. */
  readonly policies: readonly string[];
  /** How many test days each policy is judged on, in each environment on each workload. */
  readonly days: number;
  /** How rules are calibrated: days for training of each workload, and sets of options that are drawn. */
  readonly calibration: { readonly days: number; readonly draws: number };
  /** How learners are trained: agents for each environment and workload, and environment steps for each. */
  readonly training: { readonly agents: number; readonly steps: number };
}

/** What policies are judged on: test days of a workload in an environment. */
export interface SuiteTask {
  readonly env: string;
  readonly workload: string;
  /** The workload on whose days for training rules were calibrated and agents trained. */
  readonly madeFor: string;
}

/** Rules and learners against each other where replicas are added and taken away. */
const AUTOSCALING_V0: Suite = Object.freeze({
  name: "autoscaling-v0",
  envs: ["WebService-v0", "ThreeTier-v0"],
  workloads: ["day", "flash-crowd", "ramp", "batch", "bursty", "diurnal"],
  shiftFrom: "day",
  policies: [
    "threshold",
    "threshold:everySeconds=15",
    "target-tracking",
    "trend",
    "feed-forward",
    "expert",
    "forecast",
    "PPO",
  ],
  days: 10,
  calibration: { days: 6, draws: 36 },
  training: { agents: 10, steps: 400_000 },
});

const SUITES: ReadonlyMap<string, Suite> = new Map([[AUTOSCALING_V0.name, AUTOSCALING_V0]]);

/** The names of all suites. */
export function suiteNames(): string[] {
  return [...SUITES.keys()];
}

/** A suite by its name. @throws InvalidOptionError with the nearest name */
export function suiteNamed(name: string): Suite {
  const suite = SUITES.get(name);
  if (suite !== undefined) return suite;
  throw new InvalidOptionError("suite", `a suite. ${suggestion(name, suiteNames())}`, name);
}

/** The tasks on which policies meet what they were made for. */
export function tasksOf({ envs, workloads }: Pick<Suite, "envs" | "workloads">): SuiteTask[] {
  return envs.flatMap((env) => workloads.map((workload) => ({ env, workload, madeFor: workload })));
}

/** The tasks on which policies meet another workload than the one they were made for. */
export function shiftedTasksOf({
  envs,
  workloads,
  shiftFrom,
}: Pick<Suite, "envs" | "workloads" | "shiftFrom">): SuiteTask[] {
  if (!workloads.includes(shiftFrom)) return [];
  const others = workloads.filter((workload) => workload !== shiftFrom);
  return envs.flatMap((env) => others.map((workload) => ({ env, workload, madeFor: shiftFrom })));
}

/** A task in words: `WebService-v0 day`, or `WebService-v0 ramp, made for day`. */
export function taskLabel({ env, workload, madeFor }: SuiteTask): string {
  return workload === madeFor ? `${env} ${workload}` : `${env} ${workload}, made for ${madeFor}`;
}
