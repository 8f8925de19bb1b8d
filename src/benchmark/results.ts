/** What a benchmark found, as `results.json` holds it. @module */
import type { PolicyKind } from "../agents/policy.js";
import type { Split } from "../loadgen/workload.js";
import type { Seed } from "../rng.js";
import { bootstrapMean, type MeanInterval } from "./bootstrap-mean.js";
import type { EpisodeMeasures } from "./measures.js";
import type { TraceResult } from "./trace-results.js";

/** One policy over all workloads and seeds. */
export interface PolicyResult {
  /** As given. */
  readonly name: string;
  readonly kind: PolicyKind;
  readonly return: MeanInterval;
  readonly costUsd: MeanInterval;
  readonly slaViolation: MeanInterval;
  readonly p95Seconds: MeanInterval;
  readonly changes: MeanInterval;
}

/** One policy on one workload with one seed. */
export interface EpisodeResult extends EpisodeMeasures {
  readonly policy: string;
  readonly workload: string;
  readonly seed: Seed;
}

/** A benchmark's result: no clock time and no machine in it, so that the same run gives the same bytes. */
export interface BenchmarkResults {
  /** Version of this format. */
  readonly schema: 1;
  readonly env: string;
  readonly split: Split;
  readonly seeds: readonly Seed[];
  /** Names of the workloads. */
  readonly workloads: readonly string[];
  /** How the traces among them were used; absent where there are none. */
  readonly traces?: readonly TraceResult[];
  readonly policies: readonly PolicyResult[];
  /** By workload, then policy, then seed, in the order given. */
  readonly episodes: readonly EpisodeResult[];
}

/** Sums up the episodes of one policy. */
export function summarizePolicy(name: string, kind: PolicyKind, episodes: readonly EpisodeMeasures[]): PolicyResult {
  return {
    name,
    kind,
    return: bootstrapMean(episodes.map((episode) => episode.return)),
    costUsd: bootstrapMean(episodes.map(({ costUsd }) => costUsd)),
    slaViolation: bootstrapMean(episodes.map(({ slaViolation }) => slaViolation)),
    p95Seconds: bootstrapMean(episodes.map(({ p95Seconds }) => p95Seconds)),
    changes: bootstrapMean(episodes.map(({ changes }) => changes)),
  };
}
