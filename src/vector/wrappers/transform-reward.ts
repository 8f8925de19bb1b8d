/** Vector wrapper: a function of every batch of rewards. @module */
import { checkFunction, wrapperOptions } from "../../wrappers/option-check.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorRewardWrapper } from "../vector-wrapper.js";

/** Options of {@link VectorTransformReward}. */
export interface VectorTransformRewardOptions {
  /** The batch outside for one inside, which it may keep or change. */
  readonly func: (rewards: Float64Array) => Float64Array;
}

/** Passes every batch of rewards through a function. */
export class VectorTransformReward<Observations, Actions> extends VectorRewardWrapper<Observations, Actions> {
  readonly rewards: (rewards: Float64Array) => Float64Array;

  /** @throws {@link InvalidOptionError} when `func` is not a function. */
  constructor(env: VectorEnv<Observations, Actions>, options: VectorTransformRewardOptions) {
    const { func } = wrapperOptions(env, options, ["func"]);
    super(env);
    checkFunction("func", func);
    this.rewards = func;
  }
}
