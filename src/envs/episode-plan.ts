/** Which day and which window of it an episode is. @module */
import { InvalidOptionError, WorkloadNotFoundError } from "../errors.js";
import { createWorkload, workloadNames } from "../loadgen/create-workload.js";
import type { RateSeries, Split, Workload } from "../loadgen/workload.js";
import type { Generator } from "../rng.js";
import { type EnvDefinition, windowGrid } from "./definition.js";

/** How long an episode is: a whole day, or a random window of one. */
export type EpisodeLength = "day" | "window";

/** Options that choose episodes. */
export interface EpisodeOptions {
  /** A workload, the name of one, or the path of a trace. @defaultValue the definition's first */
  readonly workload?: Workload | string;
  /** Days to draw from; train and test never overlap. @defaultValue "train" */
  readonly split?: Split;
  /** Whole days for evaluation, random windows for training. @defaultValue "day" */
  readonly episode?: EpisodeLength;
}

/** One episode to come. */
export interface PlannedEpisode {
  readonly seed: bigint;
  readonly series: RateSeries;
  readonly steps: number;
  /** Number of the day. */
  readonly index: number;
  /** Start of the window within the day. Unit: seconds. */
  readonly offsetSeconds: number;
}

/** Plans episodes from an environment's generator. */
export class EpisodePlanner {
  readonly workload: Workload;
  readonly split: Split;
  readonly #definition: EnvDefinition;
  /** What an episode is. */
  readonly episode: EpisodeLength;

  /** @throws InvalidOptionError, WorkloadNotFoundError, InvalidTraceError */
  constructor(definition: EnvDefinition, { workload, split = "train", episode = "day" }: EpisodeOptions) {
    if (split !== "train" && split !== "test") throw new InvalidOptionError("split", '"train" or "test"', split);
    if (episode !== "day" && episode !== "window")
      throw new InvalidOptionError("episode", '"day" or "window"', episode);
    this.#definition = definition;
    this.episode = episode;
    this.split = split;
    this.workload = findWorkload(definition, workload);
  }

  /**
   * The next episode.
   * @param rng - The environment's generator: two words for the seed, and what day and window need.
   * @param seed - The seed of `reset`: it is the number of the day then.
   */
  next(rng: Generator, seed?: bigint): PlannedEpisode {
    const { stepSeconds, episodeSeconds, windowSeconds, referenceRate } = this.#definition;
    const episodeSeed = (BigInt(rng.integers(2 ** 32)) << 32n) | BigInt(rng.integers(2 ** 32));
    const drawn = rng.integers(2 ** 31);
    const index = seed === undefined ? drawn : Number(seed % 2n ** 31n);
    const grid = windowGrid(stepSeconds);
    const whole = Math.floor(Math.min(episodeSeconds, this.workload.durationSeconds) / stepSeconds) * stepSeconds;
    const durationSeconds = this.episode === "day" ? whole : Math.min(windowSeconds, whole);
    const places = Math.floor((whole - durationSeconds) / grid) + 1;
    const place = rng.integers(places);
    const offsetSeconds = place * grid;
    const request = { index, seed: episodeSeed, split: this.split, offsetSeconds, durationSeconds, referenceRate };
    return {
      seed: episodeSeed,
      series: this.workload.series(request),
      steps: durationSeconds / stepSeconds,
      index,
      offsetSeconds,
    };
  }
}

function findWorkload({ workloads }: EnvDefinition, wanted: Workload | string | undefined): Workload {
  if (wanted === undefined) return workloads[0]!;
  if (typeof wanted !== "string") return wanted;
  const known = workloads.find(({ name }) => name === wanted);
  if (known !== undefined) return known;
  try {
    return createWorkload(wanted);
  } catch (error) {
    if (!(error instanceof WorkloadNotFoundError)) throw error;
    throw new WorkloadNotFoundError(wanted, new Set([...workloads.map(({ name }) => name), ...workloadNames()]));
  }
}
