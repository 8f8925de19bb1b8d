/** One episode taken down step by step, for `run --json`. @module */
import type { EpisodeMeasures } from "../benchmark/measures.js";
import type { ObservedStep, RunEpisodeOptions } from "../benchmark/run-episode.js";
import type { InfraInfo } from "../envs/info.js";

/** What stands behind each part of the world: a version, `embedded`, or `simulated`. */
export interface Components {
  readonly terraform: string;
  readonly provider: string;
  readonly prometheus: string;
  readonly loadBalancer: string;
  readonly load: string;
  readonly droplets: string;
}

/** On the simulated backend only the queries are real. */
export const SIMULATED_COMPONENTS: Components = Object.freeze({
  terraform: "simulated",
  provider: "simulated",
  prometheus: "embedded",
  loadBalancer: "simulated",
  load: "simulated",
  droplets: "simulated",
});

/** Takes down what happens; nothing unless its onlookers are passed on. */
export class EpisodeTranscript {
  readonly seed: bigint;
  readonly #steps: unknown[] = [];
  #start: unknown = null;

  constructor(seed: bigint) {
    this.seed = seed;
  }

  /** What `runEpisode` has to call. */
  onlookers(): Required<Pick<RunEpisodeOptions<InfraInfo>, "onReset" | "onStep">> {
    return {
      onReset: (observation, info) => {
        this.#start = { observation, controls: info.controls, timeSeconds: info.timeSeconds };
      },
      onStep: (step) => {
        this.#steps.push(describeStep(step));
      },
    };
  }

  /** The episode as JSON holds it. */
  finish(measures: EpisodeMeasures): unknown {
    return { seed: this.seed, ...measures, start: this.#start, steps: this.#steps };
  }
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
