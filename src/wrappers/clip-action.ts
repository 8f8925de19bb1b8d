/** Wrapper: actions within the bounds of the action space. @module */
import type { Dtype } from "../dtype.js";
import type { Env, Info } from "../env.js";
import type { Box } from "../spaces/box.js";
import type { Space } from "../spaces/space.js";
import { ActionWrapper } from "../wrapper.js";
import { boxOf, type NumericArray } from "./box-of.js";
import { clipArray, unboundedLike } from "./clip-array.js";

/** Takes any numbers as an action and replaces those beyond a bound of the space inside by the bound. */
export class ClipAction<Observation, Action extends NumericArray, I extends object = Info> extends ActionWrapper<
  Observation,
  Action,
  Action,
  I
> {
  override readonly actionSpace: Space<Action>;
  readonly #box: Box<Dtype>;

  /** @throws {@link InvalidOptionError} when the action space is not a Box. */
  constructor(env: Env<Observation, Action, I>) {
    super(env, {});
    this.#box = boxOf("env.actionSpace", env.actionSpace);
    this.actionSpace = unboundedLike(this.#box) as Space<unknown> as Space<Action>;
  }

  /** A new array; the one given stays as it is. */
  action(action: Action): Action {
    return clipArray(action, this.#box);
  }
}
