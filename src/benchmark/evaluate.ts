/** A policy judged over several episodes of one environment. @module */
import type { Policy } from "../agents/policy.js";
import { InvalidOptionError } from "../errors.js";
import { checkSeed, type Seed } from "../rng.js";
import { envAtCadence } from "./cadence.js";
import { EpisodeRecorder, type EpisodeSeries } from "./episode-series.js";
import type { EpisodeMeasures, JudgedInfo } from "./measures.js";
import { policySpecOf } from "./policy-spec-of.js";
import { type JudgedEnv, runEpisode } from "./run-episode.js";

/** Options of {@link evaluate}. */
export interface EvaluateOptions {
  /** One episode for each; the same seeds give every policy the same arrivals. At least one. */
  readonly seeds: readonly Seed[];
  /** Where to stop an episode. @defaultValue Infinity */
  readonly maxSteps?: number;
  /** Called after each episode. */
  readonly onEpisode?: (episode: EvaluatedEpisode) => void;
}

/** One episode of {@link evaluate}. */
export interface EvaluatedEpisode extends EpisodeMeasures {
  readonly seed: Seed;
}

/** What {@link evaluate} resolves to. */
export interface Evaluation {
  /** In the order of the seeds. */
  readonly episodes: readonly EvaluatedEpisode[];
  /** The first episode over time. */
  readonly series: EpisodeSeries;
}

/**
 * Runs one episode for each seed. A policy with `everySeconds` is taken to steps of that length.
 *
 * @param policy - Is bound to the environment here.
 * @throws InvalidOptionError, InvalidSeedError, NotSupportedError, MissingSignalError, PolicyMismatchError
 * @example
 * const { episodes } = await evaluate(env, createPolicy("threshold"), { seeds: [0, 1, 2] });
 */
export async function evaluate<I extends JudgedInfo>(
  env: JudgedEnv<I>,
  policy: Policy,
  { seeds, maxSteps = Infinity, onEpisode }: EvaluateOptions,
): Promise<Evaluation> {
  if (seeds.length === 0) throw new InvalidOptionError("seeds", "at least one seed", seeds);
  for (const seed of seeds) checkSeed(seed);
  const own = envAtCadence(env, policy);
  const spec = policySpecOf(own);
  const limit = maxSteps * (policySpecOf(env).stepSeconds / spec.stepSeconds);
  policy.bind(spec);
  const counts = spec.controls.filter(({ kind }) => kind === "count").map(({ name }) => name);
  const recorder = new EpisodeRecorder(spec.stepSeconds, counts);
  const episodes: EvaluatedEpisode[] = [];
  for (const seed of seeds) {
    const onStep = episodes.length === 0 ? { onStep: recorder.add.bind(recorder) } : {};
    const measures = await runEpisode(own, policy, { seed, maxSteps: limit, ...onStep });
    episodes.push({ seed, ...measures });
    onEpisode?.(episodes.at(-1)!);
  }
  return { episodes, series: recorder.series() };
}
