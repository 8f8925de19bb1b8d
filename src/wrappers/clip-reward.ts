/** Wrapper: rewards between two bounds. @module */
import type { Env, Info } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { RewardWrapper } from "../wrapper.js";
import { wrapperOptions } from "./option-check.js";

/** Options of {@link ClipReward}: at least one of the two. */
export interface ClipRewardOptions {
  /** The smallest reward. @defaultValue no bound */
  readonly minReward?: number | null;
  /** The largest reward. @defaultValue no bound */
  readonly maxReward?: number | null;
}

/** Replaces a reward below or above a bound by the bound. */
export class ClipReward<Observation, Action, I extends object = Info> extends RewardWrapper<Observation, Action, I> {
  readonly #min: number;
  readonly #max: number;

  /** @throws {@link InvalidOptionError} when no bound is given, one is NaN, or they are in the wrong order. */
  constructor(env: Env<Observation, Action, I>, options: ClipRewardOptions) {
    wrapperOptions(env, options, ["minReward", "maxReward"]);
    const { min, max } = rewardBounds(options);
    super(env, { minReward: options.minReward ?? null, maxReward: options.maxReward ?? null });
    this.#min = min;
    this.#max = max;
  }

  reward(reward: number): number {
    return Math.min(Math.max(reward, this.#min), this.#max);
  }
}

/**
 * The bounds that options of {@link ClipReward} mean, infinite where there is none.
 * @throws {@link InvalidOptionError} when no bound is given, one is NaN, or they are in the wrong order.
 */
export function rewardBounds({ minReward = null, maxReward = null }: ClipRewardOptions): {
  readonly min: number;
  readonly max: number;
} {
  if (minReward === null && maxReward === null) {
    throw new InvalidOptionError("minReward", "a number where maxReward is none", minReward);
  }
  const min = minReward ?? Number.NEGATIVE_INFINITY;
  const max = maxReward ?? Number.POSITIVE_INFINITY;
  if (typeof min !== "number" || Number.isNaN(min)) throw new InvalidOptionError("minReward", "a number", minReward);
  if (typeof max !== "number" || !(max >= min)) {
    throw new InvalidOptionError("maxReward", `a number of at least minReward, ${min}`, maxReward);
  }
  return { min, max };
}
