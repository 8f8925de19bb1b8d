/** Wrapper: actions within the bounds of the action space. @module */
import type { Dtype } from "../dtype.js";
import type { Env, Info } from "../env.js";
import { Box } from "../spaces/box.js";
import type { Space } from "../spaces/space.js";
import { ActionWrapper } from "../wrapper.js";
import { boxOf, type NumericArray } from "./box-of.js";

/** Takes any numbers as an action and replaces those beyond a bound of the space inside by the bound. */
export class ClipAction<Observation, Action extends NumericArray, I extends object = Info> extends ActionWrapper<
  Observation,
  Action,
  Action,
  I
> {
  override readonly actionSpace: Space<Action>;
  readonly #low: NumericArray;
  readonly #high: NumericArray;

  /** @throws {@link InvalidOptionError} when the action space is not a Box. */
  constructor(env: Env<Observation, Action, I>) {
    super(env, {});
    const { low, high, shape, dtype } = boxOf("env.actionSpace", env.actionSpace);
    const unbounded = new Box<Dtype>(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, { shape, dtype });
    this.actionSpace = unbounded as Space<unknown> as Space<Action>;
    this.#low = low;
    this.#high = high;
  }

  /** A new array; the one given stays as it is. */
  action(action: Action): Action {
    const clipped = this.#low.slice();
    for (let i = 0; i < clipped.length; i++) {
      const value = action[i]!;
      if (value > this.#high[i]!) clipped[i] = this.#high[i]!;
      // NaN goes through, for the environment to refuse.
      else if (!(value <= clipped[i]!)) clipped[i] = value;
    }
    return clipped as Action;
  }
}
