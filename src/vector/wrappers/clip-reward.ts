/** Vector wrapper: rewards between two bounds. @module */
import { type ClipRewardOptions, rewardBounds } from "../../wrappers/clip-reward.js";
import { wrapperOptions } from "../../wrappers/option-check.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorRewardWrapper } from "../vector-wrapper.js";

/** Replaces a reward below or above a bound by the bound. */
export class VectorClipReward<Observations, Actions> extends VectorRewardWrapper<Observations, Actions> {
  readonly #min: number;
  readonly #max: number;

  /** @throws {@link InvalidOptionError} when no bound is given, one is NaN, or they are in the wrong order. */
  constructor(env: VectorEnv<Observations, Actions>, options: ClipRewardOptions) {
    wrapperOptions(env, options, ["minReward", "maxReward"]);
    const { min, max } = rewardBounds(options);
    super(env, { minReward: options.minReward ?? null, maxReward: options.maxReward ?? null });
    this.#min = min;
    this.#max = max;
  }

  rewards(rewards: Float64Array): Float64Array {
    return rewards.map((reward) => Math.min(Math.max(reward, this.#min), this.#max));
  }
}
