/** Vector wrapper: actions between other bounds. @module */
import { batchSpace } from "../../spaces/batch-space.js";
import type { Space } from "../../spaces/space.js";
import { AffineMap } from "../../wrappers/affine-map.js";
import type { FloatArray } from "../../wrappers/box-of.js";
import { wrapperOptions } from "../../wrappers/option-check.js";
import type { RescaleActionOptions } from "../../wrappers/rescale-action.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorActionWrapper } from "../vector-wrapper.js";

/** Takes actions between other bounds and stretches them onto those of the Box inside. Bounds are those of one environment. */
export class VectorRescaleAction<Observations, Actions extends FloatArray> extends VectorActionWrapper<
  Observations,
  Actions,
  Actions
> {
  override readonly actionSpace: Space<Actions>;
  override readonly singleActionSpace: Space<unknown>;
  readonly #map: AffineMap;

  /** @throws {@link InvalidOptionError} when the space is no Box of floating-point numbers, or bounds do not fit it. */
  constructor(env: VectorEnv<Observations, Actions>, options: RescaleActionOptions) {
    const { minAction, maxAction } = wrapperOptions(env, options, ["minAction", "maxAction"]);
    const map = new AffineMap("env.singleActionSpace", env.singleActionSpace, { minAction, maxAction });
    super(env, map.options);
    this.#map = map;
    this.singleActionSpace = this.#map.space;
    this.actionSpace = batchSpace(this.singleActionSpace, env.numEnvs) as Space<unknown> as Space<Actions>;
  }

  actions(actions: Actions): Actions {
    return this.#map.backward(actions) as Actions;
  }
}
