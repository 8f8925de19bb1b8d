/** Responses of requests that waited in a backlog, over the histogram's buckets. @module */
import { exp } from "../elementary.js";
import { LATENCY_BUCKETS } from "../metrics/latency-buckets.js";

/**
 * Adds `weight` responses to cumulative buckets: a wait spread evenly from `shortest` to `longest`, and an exponential time on top.
 *
 * @param into - Cumulative counts by bucket, added to in place.
 * @param rest - Mean of the exponential part. Unit: seconds, above 0.
 */
export function addSpreadResponses(
  into: Float64Array,
  weight: number,
  shortest: number,
  longest: number,
  rest: number,
): void {
  const width = longest - shortest;
  const inverse = 1 / rest;
  for (let b = 0; b < LATENCY_BUCKETS.length; b++) {
    const beyond = LATENCY_BUCKETS[b]! - shortest;
    if (beyond <= 0) continue;
    if (width < 1e-6) {
      into[b] = into[b]! + weight * (1 - exp(-beyond * inverse));
      continue;
    }
    const inside = beyond - width;
    let area = beyond - rest * (1 - exp(-beyond * inverse));
    if (inside > 0) area -= inside - rest * (1 - exp(-inside * inverse));
    into[b] = into[b]! + weight * (area / width);
  }
}
