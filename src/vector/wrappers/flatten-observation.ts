/** Vector wrapper: observations as flat vectors. @module */
import { zeros } from "../../dtype.js";
import { batchSpace } from "../../spaces/batch-space.js";
import type { Box } from "../../spaces/box.js";
import { flatten } from "../../spaces/flatten.js";
import { flattenSpace } from "../../spaces/flatten-space.js";
import { iterate } from "../../spaces/iterate.js";
import type { Space } from "../../spaces/space.js";
import type { FloatArray } from "../../wrappers/box-of.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorObservationWrapper } from "../vector-wrapper.js";

/** Makes one vector of every environment's observation, each a row of the batch. */
export class VectorFlattenObservation<InnerObservations, Actions> extends VectorObservationWrapper<
  FloatArray,
  InnerObservations,
  Actions
> {
  override readonly singleObservationSpace: Box<"float32" | "float64">;
  override readonly observationSpace: Space<FloatArray>;

  /** @throws {@link NotSupportedError} when the space holds values of changing length. */
  constructor(env: VectorEnv<InnerObservations, Actions>) {
    super(env, {});
    this.singleObservationSpace = flattenSpace(env.singleObservationSpace);
    const batched: Space<unknown> = batchSpace(this.singleObservationSpace as Space<unknown>, env.numEnvs);
    this.observationSpace = batched as Space<FloatArray>;
  }

  observations(observations: InnerObservations): FloatArray {
    const { dtype, low } = this.singleObservationSpace;
    const batch = zeros<"float32" | "float64">(dtype, low.length * this.numEnvs);
    let at = 0;
    for (const observation of iterate(this.env.observationSpace as Space<unknown>, observations)) {
      batch.set(flatten(this.env.singleObservationSpace, observation), at);
      at += low.length;
    }
    return batch;
  }

  finalObservation(observation: unknown): FloatArray {
    return flatten(this.env.singleObservationSpace, observation);
  }
}
