/** Policies against each other: the same workloads, the same seeds, the same arrivals. @module */

import type { Policy } from "../agents/policy.js";
import { InvalidOptionError } from "../errors.js";
import type { Split, Workload } from "../loadgen/workload.js";
import { createPlannedPolicy } from "../planners/create-planned-policy.js";
import { checkSeed, type Seed } from "../rng.js";
import type { EpisodeSeries } from "./episode-series.js";
import { evaluate } from "./evaluate.js";
import { makeJudgedEnv } from "./make-judged-env.js";
import { policySpecOf } from "./policy-spec-of.js";
import { type BenchmarkResults, type EpisodeResult, summarizePolicy } from "./results.js";
import type { JudgedEnv } from "./run-episode.js";
import { traceResults } from "./trace-results.js";
import { workloadLabel } from "./workload-label.js";

/** A policy of one's own in a benchmark; a name stands for one of {@link createPlannedPolicy}. */
export interface PolicySource {
  readonly name: string;
  /** A new policy, called once for each workload and once to look at it. */
  create(): Policy;
}

/** How far a benchmark is. */
export interface BenchmarkProgress {
  readonly done: number;
  readonly total: number;
  /** What the last episode was. */
  readonly policy: string;
  readonly workload: string;
  readonly seed: Seed;
}

/** Options of {@link runBenchmark}. */
export interface BenchmarkOptions {
  /** Id of the environment; results hold the whole of it, with version. */
  readonly env: string;
  /** Makes the environment, once for each workload. @defaultValue `make` with the id */
  readonly makeEnv?: (options: Readonly<Record<string, unknown>>) => Promise<JudgedEnv>;
  /** At least one; names must differ. */
  readonly policies: readonly (string | PolicySource)[];
  /** At least one; all different. */
  readonly seeds: readonly Seed[];
  /** Names, paths of traces, or workloads, with different names. @defaultValue the environment's own first workload */
  readonly workloads?: readonly (string | Workload)[];
  /** @defaultValue "test" */
  readonly split?: Split;
  /** Further options for `makeEnv`. */
  readonly envOptions?: Readonly<Record<string, unknown>>;
  /** After how many steps an episode is stopped. @defaultValue never */
  readonly maxSteps?: (env: JudgedEnv) => number;
  /** Called after each episode. */
  readonly onProgress?: (progress: BenchmarkProgress) => void;
}

/** One policy's first episode on one workload. */
export interface BenchmarkSeries {
  readonly policy: string;
  readonly workload: string;
  readonly seed: Seed;
  readonly series: EpisodeSeries;
}

/** What {@link runBenchmark} resolves to. */
export interface Benchmark {
  readonly results: BenchmarkResults;
  /** For the report's pictures. */
  readonly series: readonly BenchmarkSeries[];
}

/** An environment on one of the workloads. */
interface Course {
  readonly workload: string;
  readonly env: JudgedEnv;
}

/**
 * Runs every policy on every workload with every seed, whole days, and sums up.
 *
 * The result depends on the options alone: the same call gives the same numbers. Everything is made and bound before the
 * first episode, so that a mistake in a name costs no time.
 * @throws InvalidOptionError, InvalidSeedError, PolicyNotFoundError, MissingSignalError and what `makeEnv` throws
 * @example
 * const { results } = await runBenchmark({
 *   env: "WebService-v0",
 *   policies: ["static", "threshold:0.6"],
 *   seeds: [0, 1, 2],
 * });
 */
export async function runBenchmark(options: BenchmarkOptions): Promise<Benchmark> {
  const { seeds, split = "test" } = options;
  const policies = options.policies.map(sourceOf);
  checkDifferent("policies", policies.map(nameOf));
  checkDifferent("seeds", seeds.map(checkSeed).map(String));
  const kinds = policies.map((source) => source.create().kind);
  const courses: Course[] = [];
  try {
    for (const workload of options.workloads ?? [undefined]) courses.push(await openCourse(options, workload, split));
    const workloads = courses.map(({ workload }) => workload);
    checkDifferent("workloads", workloads);
    for (const { env } of courses) for (const source of policies) source.create().bind(policySpecOf(env));
    const { episodes, series } = await runCourses(courses, policies, options);
    const summaries = policies.map(({ name }, index) =>
      summarizePolicy(
        name,
        kinds[index]!,
        episodes.filter(({ policy }) => policy === name),
      ),
    );
    const traces = traceResults(options.workloads ?? [], split, courses[0]!.env);
    return {
      results: {
        schema: 1,
        env: courses[0]!.env.spec?.id ?? options.env,
        split,
        seeds,
        workloads,
        ...(traces.length === 0 ? {} : { traces }),
        policies: summaries,
        episodes,
      },
      series,
    };
  } finally {
    for (const { env } of courses) await env.close();
  }
}

async function openCourse(
  { env: id, makeEnv, envOptions }: BenchmarkOptions,
  workload: string | Workload | undefined,
  split: Split,
): Promise<Course> {
  const chosen = workload === undefined ? {} : { workload };
  const options = { ...envOptions, ...chosen, split, episode: "day" };
  const env = await (makeEnv === undefined ? makeJudgedEnv(id, options) : makeEnv(options));
  return { workload: workloadLabel(workload, env), env };
}

async function runCourses(
  courses: readonly Course[],
  policies: readonly PolicySource[],
  { seeds, maxSteps, onProgress }: BenchmarkOptions,
): Promise<{ episodes: EpisodeResult[]; series: BenchmarkSeries[] }> {
  const episodes: EpisodeResult[] = [];
  const series: BenchmarkSeries[] = [];
  const total = courses.length * policies.length * seeds.length;
  for (const { workload, env } of courses) {
    for (const source of policies) {
      const where = { policy: source.name, workload };
      const evaluation = await evaluate(env, source.create(), {
        seeds,
        maxSteps: maxSteps?.(env) ?? Infinity,
        onEpisode(episode) {
          episodes.push({ ...where, ...episode });
          onProgress?.({ done: episodes.length, total, ...where, seed: episode.seed });
        },
      });
      series.push({ ...where, seed: seeds[0]!, series: evaluation.series });
    }
  }
  return { episodes, series };
}

function sourceOf(policy: string | PolicySource): PolicySource {
  return typeof policy === "string" ? { name: policy, create: () => createPlannedPolicy(policy) } : policy;
}

function nameOf({ name }: PolicySource): string {
  return name;
}

function checkDifferent(option: string, names: readonly string[]): void {
  if (names.length === 0) throw new InvalidOptionError(option, "at least one", names);
  if (new Set(names).size < names.length) throw new InvalidOptionError(option, "all different", names);
}
