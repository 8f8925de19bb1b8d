/** Policies against each other: the same workloads, the same seeds, the same arrivals. @module */
import { createPolicy } from "../agents/create-policy.js";
import type { Policy } from "../agents/policy.js";
import { InvalidOptionError } from "../errors.js";
import type { Split } from "../loadgen/workload.js";
import { checkSeed, type Seed } from "../rng.js";
import type { EpisodeSeries } from "./episode-series.js";
import { evaluate } from "./evaluate.js";
import { type BenchmarkResults, type EpisodeResult, summarizePolicy } from "./results.js";
import type { JudgedEnv } from "./run-episode.js";

/** A policy of one's own in a benchmark; a name stands for one of {@link createPolicy}. */
export interface PolicySource {
  readonly name: string;
  /** A new policy, called once for each workload. */
  create(): Policy;
}

/** A workload in a benchmark. */
export interface WorkloadChoice {
  /** What results call it. */
  readonly label: string;
  /** Name of a generator, or path of a trace. */
  readonly name: string;
  readonly options?: Readonly<Record<string, unknown>>;
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
  /** Id of the environment, for the results. */
  readonly env: string;
  /** Makes the environment: once for each workload. `(options) => make(id, options)` in most cases. */
  readonly makeEnv: (options: Readonly<Record<string, unknown>>) => Promise<JudgedEnv>;
  /** At least one; names must differ. */
  readonly policies: readonly (string | PolicySource)[];
  /** At least one. */
  readonly seeds: readonly Seed[];
  /** At least one; a string is both label and name. */
  readonly workloads: readonly (string | WorkloadChoice)[];
  /** @defaultValue "test" */
  readonly split?: Split;
  /** Further options for `makeEnv`. */
  readonly envOptions?: Readonly<Record<string, unknown>>;
  /** Where to stop an episode. @defaultValue Infinity */
  readonly maxSteps?: number;
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

/**
 * Runs every policy on every workload with every seed, whole episodes, and sums up.
 *
 * The result depends on the options alone: the same call gives the same numbers.
 * @throws InvalidOptionError, InvalidSeedError, PolicyNotFoundError, MissingSignalError and what `makeEnv` throws
 */
export async function runBenchmark(options: BenchmarkOptions): Promise<Benchmark> {
  const { env, seeds, split = "test" } = options;
  const policies = options.policies.map(sourceOf);
  const workloads = options.workloads.map(choiceOf);
  checkNames(
    "policies",
    policies.map(({ name }) => name),
  );
  checkNames(
    "workloads",
    workloads.map(({ label }) => label),
  );
  if (seeds.length === 0) throw new InvalidOptionError("seeds", "at least one seed", seeds);
  checkDifferent(
    "seeds",
    seeds.map((seed) => String(checkSeed(seed))),
  );
  const kinds = policies.map((source) => source.create().kind);

  const episodes: EpisodeResult[] = [];
  const series: BenchmarkSeries[] = [];
  const total = workloads.length * policies.length * seeds.length;
  for (const { label, name, options: workloadOptions } of workloads) {
    const workload = workloadOptions === undefined ? name : { name, options: workloadOptions };
    const judged = await options.makeEnv({ ...options.envOptions, workload, split, episode: "day" });
    try {
      for (const source of policies) {
        const where = { policy: source.name, workload: label };
        const evaluation = await evaluate(judged, source.create(), {
          seeds,
          maxSteps: options.maxSteps ?? Infinity,
          onEpisode({ seed, ...measures }) {
            episodes.push({ ...where, seed, ...measures });
            options.onProgress?.({ done: episodes.length, total, ...where, seed });
          },
        });
        series.push({ ...where, seed: seeds[0]!, series: evaluation.series });
      }
    } finally {
      await judged.close();
    }
  }
  const summaries = policies.map(({ name }, index) =>
    summarizePolicy(
      name,
      kinds[index]!,
      episodes.filter(({ policy }) => policy === name),
    ),
  );
  const labels = workloads.map(({ label }) => label);
  return { results: { schema: 1, env, split, seeds, workloads: labels, policies: summaries, episodes }, series };
}

function sourceOf(policy: string | PolicySource): PolicySource {
  return typeof policy === "string" ? { name: policy, create: () => createPolicy(policy) } : policy;
}

function choiceOf(workload: string | WorkloadChoice): WorkloadChoice {
  return typeof workload === "string" ? { label: workload, name: workload } : workload;
}

function checkNames(option: string, names: readonly string[]): void {
  if (names.length === 0) throw new InvalidOptionError(option, "at least one name", names);
  checkDifferent(option, names);
}

function checkDifferent(option: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new InvalidOptionError(option, "all different", names);
}
