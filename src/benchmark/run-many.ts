/** Episodes of many policies in one environment, at once where it is simulated. @module */
import type { PlanningModel } from "../envs/planning-model.js";
import { atCadence, envAtCadence } from "./cadence.js";
import { type BatchEpisode, evaluateBatch } from "./evaluate-batch.js";
import type { EpisodeMeasures } from "./measures.js";
import { policySpecOf } from "./policy-spec-of.js";
import { type JudgedEnv, runEpisode } from "./run-episode.js";

/** Options of {@link runMany}. */
export interface RunManyOptions {
  /** Where to stop an episode, in steps of the environment. @defaultValue Infinity */
  readonly maxSteps?: number;
  /** Stops between two steps when it is aborted: rejects with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Runs episodes: in lockstep where the environment is simulated and not wrapped, one after the other elsewhere. The numbers are the same.
 *
 * @param episodes - Each with a policy of its own; trained agents may be shared.
 * @returns What each is judged by, in the order given.
 * @throws MissingSignalError, PolicyMismatchError, CheckpointMismatchError, InvalidOptionError
 */
export async function runMany(
  env: JudgedEnv,
  episodes: readonly BatchEpisode[],
  { maxSteps = Infinity, signal }: RunManyOptions = {},
): Promise<EpisodeMeasures[]> {
  const { model, stepSeconds } = policySpecOf(env);
  const isBatchable = model !== undefined && env.unwrapped === (env as unknown);
  const measures: EpisodeMeasures[] = new Array(episodes.length);
  const cadences = new Map<number, number[]>();
  for (const [index, { policy }] of episodes.entries()) {
    const cadence = policy.everySeconds ?? stepSeconds;
    cadences.set(cadence, [...(cadences.get(cadence) ?? []), index]);
  }
  for (const [cadence, indices] of cadences) {
    const some = indices.map((index) => episodes[index]!);
    const steps = maxSteps * (stepSeconds / cadence);
    const results = isBatchable
      ? await runBatch(model as PlanningModel, some, cadence, steps, signal)
      : await runSingly(env, some, steps, signal);
    for (const [k, index] of indices.entries()) measures[index] = results[k]!;
  }
  return measures;
}

async function runBatch(
  model: PlanningModel,
  episodes: readonly BatchEpisode[],
  cadence: number,
  maxSteps: number,
  signal: AbortSignal | undefined,
): Promise<EpisodeMeasures[]> {
  const { definition, ...days } = model;
  const own = cadence === definition.stepSeconds ? definition : atCadence(definition, cadence);
  return evaluateBatch(own, episodes, { ...days, model, maxSteps, ...(signal === undefined ? {} : { signal }) });
}

async function runSingly(
  env: JudgedEnv,
  episodes: readonly BatchEpisode[],
  maxSteps: number,
  signal: AbortSignal | undefined,
): Promise<EpisodeMeasures[]> {
  const measures: EpisodeMeasures[] = [];
  for (const { policy, seed } of episodes) {
    signal?.throwIfAborted();
    const own = envAtCadence(env, policy);
    policy.bind(policySpecOf(own));
    measures.push(await runEpisode(own, policy, { seed, maxSteps }));
  }
  return measures;
}
