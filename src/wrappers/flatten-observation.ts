/** Wrapper: observations as flat vectors. @module */
import type { Env, Info } from "../env.js";
import { Box } from "../spaces/box.js";
import { flatten } from "../spaces/flatten.js";
import { flattenSpace } from "../spaces/flatten-space.js";
import type { Space } from "../spaces/space.js";
import { ObservationWrapper } from "../wrapper.js";
import type { FloatArray } from "./box-of.js";

/** Makes one vector of every observation: the numbers of a Box, one-hot integers, the parts of a Dict in a row. */
export class FlattenObservation<InnerObservation, Action, I extends object = Info> extends ObservationWrapper<
  FloatArray,
  InnerObservation,
  Action,
  I
> {
  override readonly observationSpace: Space<FloatArray>;
  readonly #space: Space<unknown>;
  /** Whether observations are such vectors already, but for their shape. */
  readonly #isFlat: boolean;

  /** @throws {@link NotSupportedError} when the space holds values of changing length. */
  constructor(env: Env<InnerObservation, Action, I>) {
    super(env, {});
    this.observationSpace = flattenSpace(env.observationSpace) as Space<unknown> as Space<FloatArray>;
    this.#space = env.observationSpace;
    this.#isFlat = this.#space instanceof Box && this.#space.dtype === this.observationSpace.dtype;
  }

  observation(observation: InnerObservation): FloatArray {
    if (this.#isFlat) return observation as unknown as FloatArray;
    return flatten(this.#space, observation) as FloatArray;
  }
}
