/** One episode taken down step by step, for `run --json`. @module */
import type { Policy } from "../agents/policy.js";
import type { EpisodeMeasures } from "../benchmark/measures.js";
import { type JudgedEnv, type ObservedStep, type RunEpisodeOptions, runEpisode } from "../benchmark/run-episode.js";
import type { InfraInfo } from "../envs/info.js";

/** An episode as JSON holds it. */
export interface RecordedEpisode extends EpisodeMeasures {
  readonly seed: bigint;
  /** What `reset` gave. */
  readonly start: unknown;
  readonly steps: readonly unknown[];
}

/**
 * Runs one episode and takes it down.
 *
 * @param policy - Bound to the environment already.
 * @param withSteps - Whether the steps are wanted; otherwise the measures alone are.
 */
export async function recordEpisode(
  env: JudgedEnv<InfraInfo>,
  policy: Policy,
  options: RunEpisodeOptions<InfraInfo> & { readonly seed: bigint },
  withSteps: boolean,
): Promise<RecordedEpisode> {
  let start: unknown = null;
  const steps: unknown[] = [];
  const onlookers = {
    onReset: (observation: unknown, { controls, timeSeconds }: InfraInfo) => {
      start = { observation, controls, timeSeconds };
    },
    onStep: (step: ObservedStep<InfraInfo>) => {
      steps.push(describeStep(step));
      return options.onStep?.(step);
    },
  };
  const measures = await runEpisode(env, policy, { ...options, ...(withSteps ? onlookers : {}) });
  return { seed: options.seed, ...measures, start, steps };
}

/** A step without what would repeat the graph at every step. */
function describeStep({ action, observation, reward, terminated, truncated, info }: ObservedStep<InfraInfo>): unknown {
  const { create, update, replace, destroy, priceChangeUsdPerHour } = info.plan;
  return {
    action,
    observation,
    reward,
    terminated,
    truncated,
    costUsd: info.costUsd,
    timeSeconds: info.timeSeconds,
    rewardTerms: info.rewardTerms,
    slo: info.slo,
    controls: info.controls,
    signals: info.signals,
    plan: {
      create: create.map(({ address }) => address),
      update: update.map(({ address }) => address),
      replace: replace.map(({ address }) => address),
      destroy: destroy.map(({ address }) => address),
      priceChangeUsdPerHour,
    },
    refusal: info.refusal,
    pending: info.pending,
    failures: info.failures,
    constraints: info.constraints,
  };
}
