/** Wrapper: a function of every reward. @module */
import type { Env, Info } from "../env.js";
import { RewardWrapper } from "../wrapper.js";
import { checkFunction, wrapperOptions } from "./option-check.js";

/** Options of {@link TransformReward}. */
export interface TransformRewardOptions {
  /** The reward outside for one inside. */
  readonly func: (reward: number) => number;
}

/**
 * Passes every reward through a function. A spec cannot hold it.
 * @example
 * new TransformReward(env, { func: (reward) => 0.01 * reward });
 */
export class TransformReward<Observation, Action, I extends object = Info> extends RewardWrapper<
  Observation,
  Action,
  I
> {
  readonly reward: (reward: number) => number;

  /** @throws {@link InvalidOptionError} when `func` is not a function. */
  constructor(env: Env<Observation, Action, I>, options: TransformRewardOptions) {
    const { func } = wrapperOptions(env, options, ["func"]);
    super(env);
    checkFunction("func", func);
    this.reward = func;
  }
}
