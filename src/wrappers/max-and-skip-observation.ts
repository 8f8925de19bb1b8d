/** Wrapper: one step in several, with the larger of its last two observations. @module */
import type { Env, Info, StepResult } from "../env.js";
import { Wrapper } from "../wrapper.js";
import { boxOf, type NumericArray } from "./box-of.js";
import { checkInteger, wrapperOptions } from "./option-check.js";

/** Options of {@link MaxAndSkipObservation}. */
export interface MaxAndSkipObservationOptions {
  /** How many steps one action takes. At least 2. @defaultValue 4 */
  readonly skip?: number;
}

/**
 * Takes every action several times, adds up the rewards, and gives the element-wise maximum of the last two observations.
 *
 * Where the episode ends early these are the last two it had; Gymnasium mixes in observations of earlier steps there.
 */
export class MaxAndSkipObservation<Observation extends NumericArray, Action, I extends object = Info> extends Wrapper<
  Observation,
  Action,
  I
> {
  readonly #skip: number;

  /** @throws {@link InvalidOptionError} when the space is no Box, or `skip` not an integer of at least 2. */
  constructor(env: Env<Observation, Action, I>, options: MaxAndSkipObservationOptions = {}) {
    const { skip = 4 } = wrapperOptions(env, options, ["skip"]);
    super(env, { skip });
    boxOf("env.observationSpace", env.observationSpace);
    checkInteger("skip", skip, 2);
    this.#skip = skip;
  }

  override async step(action: Action): Promise<StepResult<Observation, I>> {
    const { innerPath } = this;
    let result = innerPath.takeResult(await innerPath.env.step(innerPath.takeAction(action))) as StepResult<
      Observation,
      I
    >;
    let previous = result[0];
    let reward = result[1];
    for (let i = 1; i < this.#skip && !result[2] && !result[3]; i++) {
      previous = result[0];
      result = innerPath.takeResult(await innerPath.env.step(innerPath.takeAction(action))) as StepResult<
        Observation,
        I
      >;
      reward += result[1];
    }
    return [maximum(result[0], previous), reward, result[2], result[3], result[4]];
  }
}

/** The larger element of two at each place, written into the first, which nobody else holds. NaN wins, as in NumPy. */
function maximum<A extends NumericArray>(values: A, others: A): A {
  for (let i = 0; i < values.length; i++) {
    const other = others[i]!;
    if (!(values[i]! >= other) && !Number.isNaN(values[i])) values[i] = other;
  }
  return values;
}
