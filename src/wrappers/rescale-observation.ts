/** Wrapper: observations between other bounds. @module */
import type { Env, Info } from "../env.js";
import type { Space } from "../spaces/space.js";
import { ObservationWrapper } from "../wrapper.js";
import { AffineMap } from "./affine-map.js";
import type { Bound, FloatArray } from "./box-of.js";
import { wrapperOptions } from "./option-check.js";

/** Options of {@link RescaleObservation}. */
export interface RescaleObservationOptions {
  /** The new lower bounds: one for all, or one for each element. Infinite where the space's are. */
  readonly minObservation: Bound;
  /** The new upper bounds, likewise. */
  readonly maxObservation: Bound;
}

/** Stretches and shifts observations so that the bounds of their Box become others. */
export class RescaleObservation<
  Observation extends FloatArray,
  Action,
  I extends object = Info,
> extends ObservationWrapper<Observation, Observation, Action, I> {
  override readonly observationSpace: Space<Observation>;
  readonly #map: AffineMap;

  /** @throws {@link InvalidOptionError} when the space is no Box of floating-point numbers, or bounds do not fit it. */
  constructor(env: Env<Observation, Action, I>, options: RescaleObservationOptions) {
    const { minObservation, maxObservation } = wrapperOptions(env, options, ["minObservation", "maxObservation"]);
    const map = new AffineMap("env.observationSpace", env.observationSpace, { minObservation, maxObservation });
    super(env, map.options);
    this.#map = map;
    this.observationSpace = this.#map.space as Space<unknown> as Space<Observation>;
  }

  observation(observation: Observation): Observation {
    return this.#map.forward(observation) as Observation;
  }
}
