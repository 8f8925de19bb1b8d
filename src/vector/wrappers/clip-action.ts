/** Vector wrapper: actions within the bounds of the action space. @module */
import type { Dtype } from "../../dtype.js";
import { batchSpace } from "../../spaces/batch-space.js";
import type { Box } from "../../spaces/box.js";
import type { Space } from "../../spaces/space.js";
import { boxOf, type NumericArray } from "../../wrappers/box-of.js";
import { clipArray, unboundedLike } from "../../wrappers/clip-array.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorActionWrapper } from "../vector-wrapper.js";

/** Takes any numbers as actions and replaces those beyond a bound of the space inside by the bound. */
export class VectorClipAction<Observations, Actions extends NumericArray> extends VectorActionWrapper<
  Observations,
  Actions,
  Actions
> {
  override readonly actionSpace: Space<Actions>;
  override readonly singleActionSpace: Space<unknown>;
  readonly #box: Box<Dtype>;

  /** @throws {@link InvalidOptionError} when the action space of one environment is not a Box. */
  constructor(env: VectorEnv<Observations, Actions>) {
    super(env, {});
    this.#box = boxOf("env.singleActionSpace", env.singleActionSpace);
    this.singleActionSpace = unboundedLike(this.#box);
    this.actionSpace = batchSpace(this.singleActionSpace, env.numEnvs) as Space<unknown> as Space<Actions>;
  }

  /** A new array; the one given stays as it is. */
  actions(actions: Actions): Actions {
    return clipArray(actions, this.#box);
  }
}
