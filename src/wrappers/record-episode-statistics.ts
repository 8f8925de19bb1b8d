/** Wrapper: return and length of every episode. @module */
import type { Env, Info, ResetOptions, ResetResult, StepResult } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { Wrapper } from "../wrapper.js";
import { wrapperOptions } from "./option-check.js";

/** What `info.episode` holds on the last step of an episode. Gymnasium's elapsed time is left out: it is not reproducible. */
export interface EpisodeStatistics {
  /** The return: the sum of rewards. */
  readonly r: number;
  /** The length. Unit: steps. */
  readonly l: number;
}

/** Options of {@link RecordEpisodeStatistics}. */
export interface RecordEpisodeStatisticsOptions {
  /** How many past episodes are kept. @defaultValue 100 */
  readonly bufferLength?: number;
}

interface State {
  readonly episodeReturn: number;
  readonly episodeLength: number;
  readonly hasEnded: boolean;
  readonly episodeCount: number;
  readonly recent: readonly EpisodeStatistics[];
}

/** Adds `info.episode` to the step that ends an episode, and keeps the statistics of the last episodes. */
export class RecordEpisodeStatistics<Observation, Action, I extends object = Info> extends Wrapper<
  Observation,
  Action,
  I & { readonly episode?: EpisodeStatistics },
  Observation,
  Action,
  I
> {
  readonly #bufferLength: number;
  #return = 0;
  #length = 0;
  #hasEnded = false;
  #episodeCount = 0;
  #recent: EpisodeStatistics[] = [];

  /** @throws {@link InvalidOptionError} when `bufferLength` is not an integer of at least 0. */
  constructor(env: Env<Observation, Action, I>, options: RecordEpisodeStatisticsOptions = {}) {
    const { bufferLength = 100 } = wrapperOptions(env, options, ["bufferLength"]);
    super(env, { bufferLength });
    if (!Number.isSafeInteger(bufferLength) || bufferLength < 0) {
      throw new InvalidOptionError("bufferLength", "an integer of at least 0", bufferLength);
    }
    this.#bufferLength = bufferLength;
  }

  /** How many episodes have ended. */
  get episodeCount(): number {
    return this.#episodeCount;
  }

  /** Statistics of the last `bufferLength` episodes, the latest last. */
  get recentEpisodes(): readonly EpisodeStatistics[] {
    return this.#recent;
  }

  override reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    this.#startEpisode();
    return this.env.reset(options);
  }

  protected override afterStep(
    result: StepResult<Observation, I>,
  ): StepResult<Observation, I & { readonly episode?: EpisodeStatistics }> {
    if (this.#hasEnded) this.#startEpisode();
    this.#return += result[1];
    this.#length++;
    if (!result[2] && !result[3]) return result;
    const episode = { r: this.#return, l: this.#length };
    this.#record(episode);
    return [result[0], result[1], result[2], result[3], { ...result[4], episode }];
  }

  #startEpisode(): void {
    this.#return = 0;
    this.#length = 0;
    this.#hasEnded = false;
  }

  #record(episode: EpisodeStatistics): void {
    this.#hasEnded = true;
    this.#episodeCount++;
    this.#recent = this.#bufferLength === 0 ? [] : [...this.#recent, episode].slice(-this.#bufferLength);
  }

  protected override saveState(): State {
    return {
      episodeReturn: this.#return,
      episodeLength: this.#length,
      hasEnded: this.#hasEnded,
      episodeCount: this.#episodeCount,
      recent: this.#recent,
    };
  }

  protected override loadState(state: State): void {
    this.#return = state.episodeReturn;
    this.#length = state.episodeLength;
    this.#hasEnded = state.hasEnded;
    this.#episodeCount = state.episodeCount;
    this.#recent = [...state.recent];
  }
}
