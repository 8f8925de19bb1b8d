/** Vector wrapper: the last observations together. @module */
import type { Env } from "../../env.js";
import {
  FrameStackObservation,
  type FrameStackObservationOptions,
  frameStackJson,
} from "../../wrappers/frame-stack-observation.js";
import { wrapperOptions } from "../../wrappers/option-check.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorizeObservation } from "./vectorize-observation.js";

/**
 * Gives the last `stackSize` observations of each environment as one batch, the latest last; an episode starts with none of the one before.
 * Each environment has a memory of its own, in all autoreset modes.
 */
export class VectorFrameStackObservation<Actions> extends VectorizeObservation<Actions> {
  /** @throws what `FrameStackObservation` throws */
  constructor(env: VectorEnv<unknown, Actions>, options: FrameStackObservationOptions) {
    wrapperOptions(env, options, ["stackSize", "paddingType"]);
    const wrap = (single: Env<unknown, unknown, object>) => new FrameStackObservation(single, options);
    super(env, { wrap }, frameStackJson(env.singleObservationSpace, options));
  }
}
