/** Made-up steps and episodes for tests. @module */
import type { EpisodeRecord, StepRecord } from "../../src/fidelity/index.js";
import { LATENCY_BUCKETS } from "../../src/metrics/latency-buckets.js";

/** A step with 100 requests of 50 ms; parts of it can be replaced. */
export function makeStep(parts: Partial<StepRecord> = {}): StepRecord {
  return {
    step: 0,
    arrivals: 100,
    answered: 100,
    failed: 0,
    within: [...LATENCY_BUCKETS.map((bound) => (bound >= 0.05 ? 100 : 0)), 100],
    costUsd: 0.01,
    reward: -0.01,
    utilization: 0.5,
    meanSeconds: 0.03,
    p95Seconds: 0.05,
    p95RawSeconds: null,
    workSeconds: { web: 0.02 },
    change: 0,
    desired: 4,
    active: 4,
    ready: 4,
    lateSeconds: 0,
    isSteady: true,
    ...parts,
  };
}

/** An episode of steps that differ by number. */
export function makeEpisode(
  side: string,
  policy: string,
  seed: string,
  steps: number,
  part: (step: number) => Partial<StepRecord>,
): EpisodeRecord {
  return {
    side,
    policy,
    seed,
    components: {},
    steps: Array.from({ length: steps }, (_, step) => makeStep({ step, ...part(step) })),
  };
}
