/** Vector wrapper: return and length of every episode. @module */
import { InvalidOptionError } from "../../errors.js";
import { wrapperOptions } from "../../wrappers/option-check.js";
import type { EpisodeStatistics, RecordEpisodeStatisticsOptions } from "../../wrappers/record-episode-statistics.js";
import type { VectorEnv, VectorInfos, VectorResetOptions, VectorStepResult } from "../vector-env.js";
import { resetMaskOf, VectorWrapper } from "../vector-wrapper.js";

/**
 * Adds `infos.episode`, with `r` and `l`, to the step that ends an episode, and keeps the statistics of the last episodes.
 *
 * A reset of some environments leaves the statistics of the others alone, in all modes; steps that only reset count for none.
 */
export class VectorRecordEpisodeStatistics<Observations, Actions> extends VectorWrapper<Observations, Actions> {
  readonly #bufferLength: number;
  readonly #returns: Float64Array;
  readonly #lengths: Float64Array;
  /** In mode NextStep, whose next step resets. */
  readonly #hasEnded: Uint8Array;
  #episodeCount = 0;
  #recent: EpisodeStatistics[] = [];

  /** @throws {@link InvalidOptionError} when `bufferLength` is not an integer of at least 0. */
  constructor(env: VectorEnv<Observations, Actions>, options: RecordEpisodeStatisticsOptions = {}) {
    const { bufferLength = 100 } = wrapperOptions(env, options, ["bufferLength"]);
    super(env, { bufferLength });
    if (!Number.isSafeInteger(bufferLength) || bufferLength < 0) {
      throw new InvalidOptionError("bufferLength", "an integer of at least 0", bufferLength);
    }
    this.#bufferLength = bufferLength;
    this.#returns = new Float64Array(env.numEnvs);
    this.#lengths = new Float64Array(env.numEnvs);
    this.#hasEnded = new Uint8Array(env.numEnvs);
  }

  /** How many episodes have ended. */
  get episodeCount(): number {
    return this.#episodeCount;
  }

  /** Statistics of the last `bufferLength` episodes, the latest last. */
  get recentEpisodes(): readonly EpisodeStatistics[] {
    return this.#recent;
  }

  override async reset(options?: VectorResetOptions): Promise<[observations: Observations, infos: VectorInfos]> {
    const result = await this.env.reset(options);
    const mask = resetMaskOf(options);
    for (let i = 0; i < this.numEnvs; i++) if (mask === null || mask[i]) this.#start(i);
    return result;
  }

  override async step(actions: Actions): Promise<VectorStepResult<Observations, VectorInfos>> {
    const result = await this.env.step(actions);
    const [observations, rewards, terminations, truncations, infos] = result;
    const ended = new Uint8Array(this.numEnvs);
    for (let i = 0; i < this.numEnvs; i++) {
      if (this.#hasEnded[i] === 1) {
        this.#start(i);
        continue;
      }
      this.#returns[i]! += rewards[i]!;
      this.#lengths[i]! += 1;
      ended[i] = terminations[i]! | truncations[i]!;
    }
    if (!ended.includes(1)) return result;
    return [observations, rewards, terminations, truncations, { ...infos, ...this.#record(ended) }];
  }

  #record(ended: Uint8Array): VectorInfos {
    const r = new Float64Array(this.numEnvs);
    const l = new Float64Array(this.numEnvs);
    for (let i = 0; i < this.numEnvs; i++) {
      if (ended[i] === 0) continue;
      [r[i], l[i]] = [this.#returns[i]!, this.#lengths[i]!];
      this.#episodeCount++;
      this.#recent.push({ r: r[i]!, l: l[i]! });
      // In the other modes the next step is one of a new episode already.
      if (this.autoresetMode === "NextStep") this.#hasEnded[i] = 1;
      else this.#start(i);
    }
    this.#recent = this.#bufferLength === 0 ? [] : this.#recent.slice(-this.#bufferLength);
    return { episode: { r, _r: ended.slice(), l, _l: ended.slice() }, _episode: ended };
  }

  #start(index: number): void {
    this.#returns[index] = 0;
    this.#lengths[index] = 0;
    this.#hasEnded[index] = 0;
  }

  /** The running episode; those that have ended belong to all environments. */
  protected override saveState(index: number): readonly number[] {
    return [this.#returns[index]!, this.#lengths[index]!, this.#hasEnded[index]!];
  }

  protected override loadState(index: number, state: readonly [number, number, number]): void {
    [this.#returns[index], this.#lengths[index], this.#hasEnded[index]] = state;
  }
}
