/** Workload `bursty`: a Markov-modulated Poisson process with softened edges. @module */
import { log } from "../elementary.js";
import { uniformAt } from "../simulator/stream.js";
import { addBump } from "./bump.js";
import { generator } from "./generator.js";
import { applyNoise } from "./noise.js";
import { checkNoise, checkOrder, checkRange } from "./option-check.js";
import { KNOT_SECONDS, type Workload } from "./workload.js";

/** Options of {@link bursty}. */
export interface BurstyOptions {
  /** Rate of the quiet state. Unit: share of the reference rate, from 0 to 1. @defaultValue 0.15 */
  readonly low?: number;
  /** Rate of the highest burst. Unit: share of the reference rate, from `low` to 1. @defaultValue 0.85 */
  readonly high?: number;
  /** Mean time in the quiet state. Unit: seconds, from 60 to 86400. @defaultValue 1500 */
  readonly quietSeconds?: number;
  /** Mean time in the burst state, edges not included. Unit: seconds, from 60 to 86400. @defaultValue 600 */
  readonly burstSeconds?: number;
  /** Length of a burst's rise and fall. Unit: seconds, from 1 to 3600. @defaultValue 120 */
  readonly edgeSeconds?: number;
  /** Relative standard deviation of the noise, from 0 to 0.5. @defaultValue 0.02 */
  readonly noise?: number;
}

/** Draws kept apart for one day. */
const DRAWS_PER_DAY = 65_536;

/**
 * Two states with exponential times in each; a burst's height is drawn between half and all of the way to `high`.
 * Nothing announces a burst. Every day begins and ends in the quiet state.
 *
 * Scale: the 99.5th percentile over days is about 0.8 of the reference rate by default.
 *
 * @see W. Fischer and K. Meier-Hellstern, "The Markov-modulated Poisson process (MMPP) cookbook", Performance Evaluation 18
 * (1993), for the process; the edges are ours, so that a policy can see a burst come.
 * @throws InvalidOptionError
 */
export function bursty({
  low = 0.15,
  high = 0.85,
  quietSeconds = 1_500,
  burstSeconds = 600,
  edgeSeconds = 120,
  noise = 0.02,
}: BurstyOptions = {}): Workload {
  checkOrder(low, high);
  checkRange("quietSeconds", quietSeconds, 60, 86_400, "a number of seconds");
  checkRange("burstSeconds", burstSeconds, 60, 86_400, "a number of seconds");
  checkRange("edgeSeconds", edgeSeconds, 1, 3_600, "a number of seconds");
  checkNoise(noise);
  const options = { low, high, quietSeconds, burstSeconds, edgeSeconds, noise };
  return generator("bursty", options, (episode, { rates }) => {
    const { firstKnot } = episode;
    const [key0, key1] = episode.stream("bursts");
    rates.fill(low);
    const until = (firstKnot + rates.length) * KNOT_SECONDS;
    for (let day = Math.floor((firstKnot * KNOT_SECONDS) / 86_400); day * 86_400 < until; day++) {
      const end = Math.min((day + 1) * 86_400, until);
      let draw = day * DRAWS_PER_DAY;
      for (let time = day * 86_400; time < end; ) {
        const startSeconds = time - quietSeconds * log(uniformAt(key0, key1, draw++));
        const drawn = 2 * edgeSeconds - burstSeconds * log(uniformAt(key0, key1, draw++));
        const lengthSeconds = Math.min(drawn, (day + 1) * 86_400 - startSeconds);
        const height = (high - low) * (0.5 + 0.5 * uniformAt(key0, key1, draw++));
        if (lengthSeconds >= 2 * edgeSeconds)
          addBump(rates, firstKnot, { startSeconds, lengthSeconds, edgeSeconds, height });
        time = startSeconds + drawn;
      }
    }
    applyNoise(rates, firstKnot, episode.stream("noise"), noise);
  });
}
