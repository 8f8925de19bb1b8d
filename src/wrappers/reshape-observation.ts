/** Wrapper: observations of another shape. @module */
import type { Dtype } from "../dtype.js";
import type { Env, Info } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { Box } from "../spaces/box.js";
import type { Space } from "../spaces/space.js";
import { Wrapper } from "../wrapper.js";
import { boxOf, type NumericArray } from "./box-of.js";
import { wrapperOptions } from "./option-check.js";

/** Options of {@link ReshapeObservation}. */
export interface ReshapeObservationOptions {
  /** The new length of each axis; as many elements in all as before. */
  readonly shape: readonly number[];
}

/** Gives the observations' Box another shape. The arrays stay as they are, as they are flat in row-major order. */
export class ReshapeObservation<Observation extends NumericArray, Action, I extends object = Info> extends Wrapper<
  Observation,
  Action,
  I
> {
  override readonly observationSpace: Space<Observation>;

  /** @throws {@link InvalidOptionError} when the space is no Box, or the shape has another number of elements. */
  constructor(env: Env<Observation, Action, I>, options: ReshapeObservationOptions) {
    const { shape } = wrapperOptions(env, options, ["shape"]);
    const box = reshaped(boxOf("env.observationSpace", env.observationSpace), shape);
    super(env, { shape: [...shape] });
    this.observationSpace = box as Space<unknown> as Space<Observation>;
  }
}

/**
 * The Box with another shape.
 * @throws {@link InvalidOptionError} when that has another number of elements.
 */
export function reshaped({ low, high, dtype }: Box<Dtype>, shape: readonly number[]): Box<Dtype> {
  const isShape = Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length > 0);
  if (!isShape || shape.reduce((product, length) => product * length, 1) !== low.length) {
    throw new InvalidOptionError("shape", `integers above 0 whose product is ${low.length}`, shape);
  }
  return new Box<Dtype>(low, high, { shape, dtype });
}
