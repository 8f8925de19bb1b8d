/** Vector wrapper: observations of another element type. @module */
import { type Dtype, isDtype, type TypedArrayOf } from "../../dtype.js";
import { InvalidOptionError } from "../../errors.js";
import { batchSpace } from "../../spaces/batch-space.js";
import type { Box } from "../../spaces/box.js";
import type { Space } from "../../spaces/space.js";
import { castArray, castSpace } from "../../wrappers/cast-array.js";
import type { DtypeObservationOptions } from "../../wrappers/dtype-observation.js";
import { wrapperOptions } from "../../wrappers/option-check.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorObservationWrapper } from "../vector-wrapper.js";

/** Converts the numbers of observations to another element type; integers lose what is behind the point. */
export class VectorDtypeObservation<D extends Dtype, InnerObservations, Actions> extends VectorObservationWrapper<
  TypedArrayOf<D>,
  InnerObservations,
  Actions
> {
  override readonly singleObservationSpace: Box<D>;
  override readonly observationSpace: Space<TypedArrayOf<D>>;
  readonly #dtype: D;

  /** @throws {@link InvalidOptionError} when `dtype` is none, the space has no arrays, or its bounds do not fit. */
  constructor(env: VectorEnv<InnerObservations, Actions>, options: DtypeObservationOptions<D>) {
    const { dtype } = wrapperOptions(env, options, ["dtype"]);
    if (!isDtype(dtype)) throw new InvalidOptionError("dtype", "an element type such as float32", dtype);
    super(env, { dtype });
    this.singleObservationSpace = castSpace(env.singleObservationSpace, dtype);
    const batched: Space<unknown> = batchSpace(this.singleObservationSpace as Space<unknown>, env.numEnvs);
    this.observationSpace = batched as Space<TypedArrayOf<D>>;
    this.#dtype = dtype;
  }

  observations(observations: InnerObservations): TypedArrayOf<D> {
    return castArray(observations as ArrayLike<number>, this.#dtype);
  }

  finalObservation(observation: unknown): TypedArrayOf<D> {
    return castArray(observation as number | ArrayLike<number>, this.#dtype);
  }
}
