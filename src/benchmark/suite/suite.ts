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
  /** Policies made for this workload are also judged on all others: how far what was learnt carries. Of a suite with a mix: its names joined by `+`. */
  readonly shiftFrom: string;
  /** Where it is given, policies are not made for each workload by itself but once for all of these, and the other workloads are ones they never saw. */
  readonly mix?: readonly string[];
  /** Who takes part where nothing is said. */
  readonly policies: readonly string[];
  /** How many test days each policy is judged on, in each environment on each workload. */
  readonly days: number;
  /** How rules are calibrated: days for training of each workload, and sets of options that are drawn. */
  readonly calibration: { readonly days: number; readonly draws: number };
  /** How learners are trained. */
  readonly training: SuiteTraining;
}

/** How the learners of a suite are trained. */
export interface SuiteTraining {
  /** Agents for each environment and workload, or each environment's mix. */
  readonly agents: number;
  /** Environment steps for each. */
  readonly steps: number;
  /** Workloads that are learnt beside those, though nobody is judged on them. @defaultValue none */
  readonly beside?: readonly string[];
  /** How an agent's environments are shared out among what it learns, by workload. @defaultValue 1 each */
  readonly shares?: Readonly<Record<string, number>>;
}

/** What policies are judged on: test days of a workload in an environment. */
export interface SuiteTask {
  readonly env: string;
  readonly workload: string;
  /** The workload on whose days for training rules were calibrated and agents trained; of a mix, all their names joined by `+`. */
  readonly madeFor: string;
}

const WORKLOADS = ["day", "flash-crowd", "ramp", "batch", "bursty", "diurnal"] as const;
const RULES = [
  ...["threshold", "threshold:everySeconds=15", "target-tracking", "trend", "feed-forward", "expert", "forecast"],
] as const;
const CALIBRATION = { days: 6, draws: 36 } as const;

/** Rules and learners against each other where replicas are added and taken away. */
const AUTOSCALING_V0: Suite = Object.freeze({
  name: "autoscaling-v0",
  envs: ["WebService-v0"],
  workloads: WORKLOADS,
  shiftFrom: "day",
  policies: [...RULES, "PPO"],
  days: 10,
  calibration: CALIBRATION,
  training: { agents: 10, steps: 700_000 },
});

/** Where three tiers hang together, and the bottleneck moves: the headline's workload alone, as an agent takes four times as many steps. */
const TIERS_V0: Suite = Object.freeze({
  ...AUTOSCALING_V0,
  name: "tiers-v0",
  envs: ["ThreeTier-v0"],
  workloads: ["day"],
  policies: ["threshold", "target-tracking", "trend", "feed-forward", "expert", "forecast", "PPO"],
  training: { agents: 10, steps: 3_000_000 },
});

const MIX = ["day", "flash-crowd", "ramp", "batch"] as const;

/**
 * One policy for all kinds of days, and for two kinds it never saw, beside a rule that nobody tuned. Learners also see `varied`: without it they
 * hold every load for one of the four, and have droplets ready for jobs that do not come.
 */
const MIX_V0: Suite = Object.freeze({
  ...AUTOSCALING_V0,
  name: "mix-v0",
  shiftFrom: mixed(MIX),
  mix: MIX,
  policies: ["threshold:0.6", "threshold", "expert", "forecast", "PPO"],
  training: { agents: 6, steps: 6_000_000, beside: ["varied"], shares: { day: 2, batch: 2, varied: 2 } },
});

const SUITES: ReadonlyMap<string, Suite> = new Map(
  [AUTOSCALING_V0, TIERS_V0, MIX_V0].map((suite) => [suite.name, suite]),
);

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

/** The part of a suite that says what its tasks are. */
export type SuiteShape = Pick<Suite, "envs" | "workloads" | "shiftFrom" | "mix">;

/** The tasks on which policies meet what they were made for. */
export function tasksOf({ envs, workloads, mix }: Pick<Suite, "envs" | "workloads" | "mix">): SuiteTask[] {
  const made = workloads.filter((workload) => mix?.includes(workload) ?? true);
  return envs.flatMap((env) =>
    made.map((workload) => ({ env, workload, madeFor: mix === undefined ? workload : mixed(mix) })),
  );
}

/** The tasks on which policies meet another workload than those they were made for. */
export function shiftedTasksOf({ envs, workloads, shiftFrom, mix }: SuiteShape): SuiteTask[] {
  if (mix === undefined && !workloads.includes(shiftFrom)) return [];
  const others = workloads.filter((workload) => !isOf(shiftFrom, workload));
  return envs.flatMap((env) => others.map((workload) => ({ env, workload, madeFor: shiftFrom })));
}

/** All pairs of an environment and a workload that policies meet, each once. */
export function worldsOf(suite: SuiteShape): Pick<SuiteTask, "env" | "workload">[] {
  const tasks = [...tasksOf(suite), ...shiftedTasksOf(suite)];
  return suite.envs.flatMap((env) =>
    suite.workloads
      .filter((workload) => tasks.some((task) => task.env === env && task.workload === workload))
      .map((workload) => ({ env, workload })),
  );
}

/** All that policies are made for, each once: an environment and a workload, or a mix of them. */
export function aimsOf(suite: Pick<Suite, "envs" | "workloads" | "mix">): Pick<SuiteTask, "env" | "madeFor">[] {
  const aims = tasksOf(suite).map(({ env, madeFor }) => ({ env, madeFor }));
  return [...new Map(aims.map((aim) => [`${aim.env} ${aim.madeFor}`, aim])).values()];
}

/** What a mix of workloads is called: their names joined by `+`. */
export function mixed(workloads: readonly string[]): string {
  return workloads.join("+");
}

/** The workloads a policy was made for. */
export function workloadsIn(madeFor: string): string[] {
  return madeFor.split("+");
}

/** Whether policies meet on a task what they were made for. */
export function isOwnTask({ workload, madeFor }: SuiteTask): boolean {
  return isOf(madeFor, workload);
}

/** A task in words: `WebService-v0 day`, or `WebService-v0 ramp, made for day`. */
export function taskLabel(task: SuiteTask): string {
  const { env, workload, madeFor } = task;
  return isOwnTask(task) ? `${env} ${workload}` : `${env} ${workload}, made for ${madeFor}`;
}

function isOf(madeFor: string, workload: string): boolean {
  return workloadsIn(madeFor).includes(workload);
}
