/** Many episodes at once, in lockstep on one kernel. @module */
import type { Policy } from "../agents/policy.js";
import type { InfraAction } from "../envs/action-codec.js";
import type { EnvDefinition } from "../envs/definition.js";
import type { EpisodeOptions } from "../envs/episode-plan.js";
import { InfraVectorEnv } from "../envs/infra-vector-env.js";
import type { PlanningModel } from "../envs/planning-model.js";
import { InvalidOptionError } from "../errors.js";
import { checkSeed, type Seed } from "../rng.js";
import { type EpisodeMeasures, EpisodeTally } from "./measures.js";

/** One episode of a batch. */
export interface BatchEpisode {
  /** A rule has to be one of its own; a trained agent may be shared by several episodes. */
  readonly policy: Policy;
  readonly seed: Seed;
}

/** Options of {@link evaluateBatch}. */
export interface EvaluateBatchOptions extends EpisodeOptions {
  /** Most episodes side by side. @defaultValue 128 */
  readonly width?: number;
  /** Where to stop an episode. @defaultValue Infinity */
  readonly maxSteps?: number;
  /** What planners get to know; without it they refuse. */
  readonly model?: PlanningModel;
  /** Stops between two steps when it is aborted: rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** How often a step gives way to signals and messages. */
const STEPS_PER_TURN = 64;

/**
 * Runs episodes of simulated days in lockstep: each gives the same numbers as by itself, many times faster.
 *
 * @returns What each episode is judged by, in the order given.
 * @throws InvalidOptionError, InvalidSeedError, MissingSignalError, PolicyMismatchError, CheckpointMismatchError
 */
export async function evaluateBatch(
  definition: EnvDefinition,
  episodes: readonly BatchEpisode[],
  { width = 128, ...options }: EvaluateBatchOptions,
): Promise<EpisodeMeasures[]> {
  if (!Number.isSafeInteger(width) || width < 1)
    throw new InvalidOptionError("width", "an integer of at least 1", width);
  for (const { seed } of episodes) checkSeed(seed);
  const measures: EpisodeMeasures[] = [];
  for (let start = 0; start < episodes.length; start += width) {
    measures.push(...(await runTogether(definition, episodes.slice(start, start + width), options)));
  }
  return measures;
}

async function runTogether(
  definition: EnvDefinition,
  episodes: readonly BatchEpisode[],
  { maxSteps = Infinity, model, signal, ...days }: EvaluateBatchOptions,
): Promise<EpisodeMeasures[]> {
  const env = new InfraVectorEnv(definition, { ...days, numEnvs: episodes.length, autoresetMode: "Disabled" });
  const bound = new Set<Policy>();
  let [observations] = await env.reset({ seed: episodes.map(({ seed }) => seed) });
  const rows = env.rows();
  for (const [row, { policy, seed }] of episodes.entries()) {
    if (!bound.has(policy)) policy.bind({ ...rows.specOf(row), ...(model === undefined ? {} : { model }) });
    bound.add(policy);
    await policy.reset(seed);
  }
  const size = env.singleObservationSpace.shape[0]!;
  const tallies = episodes.map(() => new EpisodeTally());
  const infos = episodes.map((_, row) => rows.infoOf(row, true));
  const actions = newActions(env);
  const each = actions.length / episodes.length;
  for (let step = 0; step < maxSteps; step++) {
    for (let row = 0; row < episodes.length; row++) {
      const observation = observations.subarray(row * size, (row + 1) * size);
      writeAction(actions, row * each, episodes[row]!.policy.act(observation, infos[row]!) as InfraAction);
    }
    const [next, rewards, , truncations] = await env.step(actions);
    observations = next;
    for (let row = 0; row < episodes.length; row++) {
      infos[row] = rows.infoOf(row, false);
      tallies[row]!.add(rewards[row]!, infos[row]!);
    }
    // Days of one workload are equally long.
    if (truncations[0] === 1) break;
    if (step % STEPS_PER_TURN > 0) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
  await env.close();
  return tallies.map((tally) => tally.measures());
}

function newActions({ numEnvs, definition: { controls } }: InfraVectorEnv): Int32Array | Float32Array {
  const size = numEnvs * controls.length;
  return controls[0]?.mode === "continuous" ? new Float32Array(size) : new Int32Array(size);
}

function writeAction(into: Int32Array | Float32Array, at: number, action: InfraAction): void {
  if (typeof action === "number") into[at] = action;
  else into.set(action, at);
}
