/** Vector wrapper: observations some steps late. @module */
import { DelayObservation, type DelayObservationOptions } from "../../wrappers/delay-observation.js";
import { wrapperOptions } from "../../wrappers/option-check.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorizeObservation } from "./vectorize-observation.js";

/**
 * Gives each observation some steps after it was made; the first ones of an episode are zeros.
 * Each environment has a memory of its own, in all autoreset modes.
 */
export class VectorDelayObservation<Actions> extends VectorizeObservation<Actions> {
  /** @throws what `DelayObservation` throws */
  constructor(env: VectorEnv<unknown, Actions>, options: DelayObservationOptions) {
    wrapperOptions(env, options, ["delay"]);
    super(env, { wrap: (single) => new DelayObservation(single, options) }, { ...options });
  }
}
