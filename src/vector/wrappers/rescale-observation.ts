/** Vector wrapper: observations between other bounds. @module */
import { batchSpace } from "../../spaces/batch-space.js";
import type { Space } from "../../spaces/space.js";
import { AffineMap } from "../../wrappers/affine-map.js";
import type { FloatArray } from "../../wrappers/box-of.js";
import { wrapperOptions } from "../../wrappers/option-check.js";
import type { RescaleObservationOptions } from "../../wrappers/rescale-observation.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorObservationWrapper } from "../vector-wrapper.js";

/** Stretches and shifts observations so that the bounds of their Box become others. Bounds are those of one environment. */
export class VectorRescaleObservation<Observations extends FloatArray, Actions> extends VectorObservationWrapper<
  Observations,
  Observations,
  Actions
> {
  override readonly observationSpace: Space<Observations>;
  override readonly singleObservationSpace: Space<unknown>;
  readonly #map: AffineMap;

  /** @throws {@link InvalidOptionError} when the space is no Box of floating-point numbers, or bounds do not fit it. */
  constructor(env: VectorEnv<Observations, Actions>, options: RescaleObservationOptions) {
    const { minObservation, maxObservation } = wrapperOptions(env, options, ["minObservation", "maxObservation"]);
    const map = new AffineMap("env.singleObservationSpace", env.singleObservationSpace, {
      minObservation,
      maxObservation,
    });
    super(env, map.options);
    this.#map = map;
    this.singleObservationSpace = this.#map.space;
    this.observationSpace = batchSpace(
      this.singleObservationSpace,
      env.numEnvs,
    ) as Space<unknown> as Space<Observations>;
  }

  observations(observations: Observations): Observations {
    return this.#map.forward(observations) as Observations;
  }

  finalObservation(observation: unknown): unknown {
    return this.#map.forward(observation as FloatArray);
  }
}
