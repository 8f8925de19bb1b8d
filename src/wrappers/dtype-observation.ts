/** Wrapper: observations of another element type. @module */
import { type Dtype, isDtype, type TypedArrayOf } from "../dtype.js";
import type { Env, Info } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { Box } from "../spaces/box.js";
import { ObservationWrapper } from "../wrapper.js";
import { castArray, castSpace } from "./cast-array.js";
import { wrapperOptions } from "./option-check.js";

/** Options of {@link DtypeObservation}. */
export interface DtypeObservationOptions<D extends Dtype> {
  /** The new element type. */
  readonly dtype: D;
}

/** Converts the numbers of an observation to another element type; integers lose what is behind the point. */
export class DtypeObservation<
  D extends Dtype,
  InnerObservation,
  Action,
  I extends object = Info,
> extends ObservationWrapper<TypedArrayOf<D>, InnerObservation, Action, I> {
  override readonly observationSpace: Box<D>;
  readonly #dtype: D;
  readonly #isAlike: boolean;

  /** @throws {@link InvalidOptionError} when `dtype` is none, the space has no arrays, or its bounds do not fit. */
  constructor(env: Env<InnerObservation, Action, I>, options: DtypeObservationOptions<D>) {
    const { dtype } = wrapperOptions(env, options, ["dtype"]);
    if (!isDtype(dtype)) throw new InvalidOptionError("dtype", "an element type such as float32", dtype);
    super(env, { dtype });
    this.observationSpace = castSpace(env.observationSpace, dtype);
    this.#dtype = dtype;
    this.#isAlike = env.observationSpace instanceof Box && env.observationSpace.dtype === dtype;
  }

  observation(observation: InnerObservation): TypedArrayOf<D> {
    // One that has the type already belongs to the wrapper, and need not be copied.
    if (this.#isAlike) return observation as unknown as TypedArrayOf<D>;
    return castArray(observation as number | ArrayLike<number | bigint>, this.#dtype);
  }
}
