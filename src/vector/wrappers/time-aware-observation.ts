/** Vector wrapper: the time of the episode in every observation. @module */

import { wrapperOptions } from "../../wrappers/option-check.js";
import { TimeAwareObservation, type TimeAwareObservationOptions } from "../../wrappers/time-aware-observation.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorizeObservation } from "./vectorize-observation.js";

/**
 * Adds the number of steps taken in the episode to every environment's observation.
 * Each environment has a memory of its own, in all autoreset modes.
 */
export class VectorTimeAwareObservation<Actions> extends VectorizeObservation<Actions> {
  /** @throws what `TimeAwareObservation` throws */
  constructor(env: VectorEnv<unknown, Actions>, options: TimeAwareObservationOptions = {}) {
    wrapperOptions(env, options, ["flatten", "normalizeTime", "dictTimeKey"]);
    super(env, { wrap: (single) => new TimeAwareObservation(single, options) }, { ...options });
  }
}
