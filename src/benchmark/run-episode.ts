/** One episode: a policy at work in an environment. @module */
import type { Policy } from "../agents/policy.js";
import type { Env } from "../env.js";
import type { Seed } from "../rng.js";
import { type EpisodeMeasures, EpisodeTally, type JudgedInfo } from "./measures.js";

/** An environment that can be judged. */
export type JudgedEnv<I extends JudgedInfo = JudgedInfo> = Env<unknown, unknown, I>;

/** One step, as an onlooker sees it. */
export interface ObservedStep<I extends JudgedInfo = JudgedInfo> {
  /** How many steps came before. */
  readonly index: number;
  readonly action: unknown;
  /** What the action led to. */
  readonly observation: unknown;
  readonly reward: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly info: I;
}

/** Options of {@link runEpisode}. */
export interface RunEpisodeOptions<I extends JudgedInfo = JudgedInfo> {
  /** Seed of the environment and of the policy. */
  readonly seed: Seed;
  /** Where to stop if the episode has not ended. @defaultValue Infinity */
  readonly maxSteps?: number;
  /** Called after `reset`. */
  readonly onReset?: (observation: unknown, info: I) => void;
  /** Called after each step; a promise is waited for. */
  readonly onStep?: (step: ObservedStep<I>) => Promise<void> | undefined | void;
}

/**
 * Runs one episode to its end.
 *
 * @param policy - Bound to the environment already.
 * @returns What the episode is judged by.
 */
export async function runEpisode<I extends JudgedInfo>(
  env: JudgedEnv<I>,
  policy: Policy,
  { seed, maxSteps = Infinity, onReset, onStep }: RunEpisodeOptions<I>,
): Promise<EpisodeMeasures> {
  const tally = new EpisodeTally();
  await policy.reset(seed);
  let [observation, info] = await env.reset({ seed });
  onReset?.(observation, info);
  for (let index = 0; index < maxSteps; index++) {
    const action = policy.act(observation, info);
    const [next, reward, terminated, truncated, details] = await env.step(action);
    [observation, info] = [next, details];
    tally.add(reward, info);
    const pause = onStep?.({ index, action, observation, reward, terminated, truncated, info });
    if (pause !== undefined) await pause;
    if (terminated || truncated) break;
  }
  return tally.measures();
}
