/** Between a model's own times and those that are recorded: the plumbing on top, and the time scale. @module */
import { LATENCY_BUCKETS } from "../metrics/latency-buckets.js";
import type { SimulatorModel } from "./model.js";

/** Below every response time. Unit: seconds. */
const NEVER = 1e-9;

/**
 * The histogram's bounds in the model's own times: a response is within a bound when, with the plumbing on top and in the requests' time,
 * it is within the recorded one.
 *
 * @returns Float64Array, one for each of `LATENCY_BUCKETS`, which they are themselves without plumbing at time scale 1. Unit: seconds of model time.
 */
export function modelBounds({ timeScale = 1, plumbingSeconds = 0 }: SimulatorModel): Float64Array {
  return Float64Array.from(LATENCY_BUCKETS, (bound) => Math.max(NEVER, bound - plumbingSeconds) * timeScale);
}
