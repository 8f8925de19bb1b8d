/** Wrapper: every action several times. @module */
import type { Env, Info, StepResult } from "../env.js";
import { Wrapper } from "../wrapper.js";
import { checkInteger, wrapperOptions } from "./option-check.js";

/** Options of {@link RepeatAction}. */
export interface RepeatActionOptions {
  /** How many steps one action takes. At least 1. */
  readonly numRepeats: number;
}

/** Takes every action several times and adds up the rewards; stops where the episode ends. */
export class RepeatAction<Observation, Action, I extends object = Info> extends Wrapper<Observation, Action, I> {
  readonly #numRepeats: number;

  /** @throws {@link InvalidOptionError} when `numRepeats` is not an integer of at least 1. */
  constructor(env: Env<Observation, Action, I>, options: RepeatActionOptions) {
    const { numRepeats } = wrapperOptions(env, options, ["numRepeats"]);
    super(env, { numRepeats });
    checkInteger("numRepeats", numRepeats, 1);
    this.#numRepeats = numRepeats;
  }

  override async step(action: Action): Promise<StepResult<Observation, I>> {
    const { innerPath } = this;
    let result = innerPath.takeResult(await innerPath.env.step(innerPath.takeAction(action))) as StepResult<
      Observation,
      I
    >;
    let reward = result[1];
    for (let i = 1; i < this.#numRepeats && !result[2] && !result[3]; i++) {
      result = innerPath.takeResult(await innerPath.env.step(innerPath.takeAction(action))) as StepResult<
        Observation,
        I
      >;
      reward += result[1];
    }
    return [result[0], reward, result[2], result[3], result[4]];
  }
}
