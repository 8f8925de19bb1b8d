/** Vector wrapper: observations of another shape. @module */
import { batchSpace } from "../../spaces/batch-space.js";
import type { Space } from "../../spaces/space.js";
import { boxOf, type NumericArray } from "../../wrappers/box-of.js";
import { wrapperOptions } from "../../wrappers/option-check.js";
import { type ReshapeObservationOptions, reshaped } from "../../wrappers/reshape-observation.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorWrapper } from "../vector-wrapper.js";

/** Gives the observations' Box another shape, that of one environment. The arrays stay as they are, last ones too. */
export class VectorReshapeObservation<Observations extends NumericArray, Actions> extends VectorWrapper<
  Observations,
  Actions
> {
  override readonly observationSpace: Space<Observations>;
  override readonly singleObservationSpace: Space<unknown>;

  /** @throws {@link InvalidOptionError} when the space is no Box, or the shape has another number of elements. */
  constructor(env: VectorEnv<Observations, Actions>, options: ReshapeObservationOptions) {
    const { shape } = wrapperOptions(env, options, ["shape"]);
    const box = reshaped(boxOf("env.singleObservationSpace", env.singleObservationSpace), shape);
    super(env, { shape: [...shape] });
    this.singleObservationSpace = box;
    this.observationSpace = batchSpace(box, env.numEnvs) as Space<unknown> as Space<Observations>;
  }
}
