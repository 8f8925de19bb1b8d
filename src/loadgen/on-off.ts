/** Workload `on-off`: full load and nearly none by turns. @module */
import { InvalidOptionError } from "../errors.js";
import { uniformAt } from "../simulator/stream.js";
import { addBump } from "./bump.js";
import { generator } from "./generator.js";
import { applyNoise } from "./noise.js";
import { checkNoise, checkOrder, checkRange } from "./option-check.js";
import { KNOT_SECONDS, type Workload } from "./workload.js";

/** Options of {@link onOff}. */
export interface OnOffOptions {
  /** Rate while off. Unit: share of the reference rate, from 0 to 1. @defaultValue 0.05 */
  readonly low?: number;
  /** Rate while on. Unit: share of the reference rate, from `low` to 1. @defaultValue 0.8 */
  readonly high?: number;
  /** How long it is on, edges included. Unit: seconds, from 60 to 86400. @defaultValue 1800 */
  readonly onSeconds?: number;
  /** How long it is off. Unit: seconds, from 0 to 86400. @defaultValue 1800 */
  readonly offSeconds?: number;
  /** Length of the rise and of the fall, at most half of `onSeconds`. Unit: seconds, from 1 to 3600. @defaultValue 60 */
  readonly edgeSeconds?: number;
  /** Relative standard deviation of the noise, from 0 to 0.5. @defaultValue 0.02 */
  readonly noise?: number;
}

/**
 * A rectangle wave with short edges. Where it begins is drawn for each episode, the rest is regular.
 *
 * Scale: the 99.5th percentile is about `high`, which is 0.8 of the reference rate by default.
 *
 * @throws InvalidOptionError
 */
export function onOff({
  low = 0.05,
  high = 0.8,
  onSeconds = 1_800,
  offSeconds = 1_800,
  edgeSeconds = 60,
  noise = 0.02,
}: OnOffOptions = {}): Workload {
  checkOrder(low, high);
  checkRange("onSeconds", onSeconds, 60, 86_400, "a number of seconds");
  checkRange("offSeconds", offSeconds, 0, 86_400, "a number of seconds");
  checkRange("edgeSeconds", edgeSeconds, 1, 3_600, "a number of seconds");
  if (edgeSeconds > onSeconds / 2)
    throw new InvalidOptionError("edgeSeconds", "at most half of onSeconds", edgeSeconds);
  checkNoise(noise);
  const options = { low, high, onSeconds, offSeconds, edgeSeconds, noise };
  return generator("on-off", options, (episode, { rates }) => {
    const { firstKnot } = episode;
    const [key0, key1] = episode.stream("phase");
    const period = onSeconds + offSeconds;
    const phase = uniformAt(key0, key1, 0) * period;
    rates.fill(low);
    const until = (firstKnot + rates.length) * KNOT_SECONDS;
    const first = Math.floor((firstKnot * KNOT_SECONDS - phase) / period);
    for (let startSeconds = phase + first * period; startSeconds < until; startSeconds += period) {
      addBump(rates, firstKnot, { startSeconds, lengthSeconds: onSeconds, edgeSeconds, height: high - low });
    }
    applyNoise(rates, firstKnot, episode.stream("noise"), noise);
  });
}
