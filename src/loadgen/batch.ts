/** Workload `batch`: jobs on a schedule that never changes. @module */
import { uniformAt } from "../simulator/stream.js";
import { addBump } from "./bump.js";
import { generator } from "./generator.js";
import { applyNoise } from "./noise.js";
import { checkNoise, checkOrder, checkRange } from "./option-check.js";
import { KNOT_SECONDS, type Workload } from "./workload.js";

/** Options of {@link batch}. */
export interface BatchOptions {
  /** Rate between the jobs. Unit: share of the reference rate, from 0 to 1. @defaultValue 0.12 */
  readonly low?: number;
  /** Rate of the largest job. Unit: share of the reference rate, from `low` to 1. @defaultValue 0.8 */
  readonly high?: number;
  /** From one job's start to the next, counted from midnight UTC. Unit: minutes, from 10 to 1440. @defaultValue 60 */
  readonly everyMinutes?: number;
  /** How long a job lasts, at most `everyMinutes`. Unit: minutes, from 5 to 1440. @defaultValue 15 */
  readonly lengthMinutes?: number;
  /** Relative standard deviation of the noise, from 0 to 0.5. @defaultValue 0.02 */
  readonly noise?: number;
}

/** Heights of successive jobs of a day, over and over. */
const HEIGHTS = [1, 0.45, 0.7, 0.45] as const;
const EDGE_SECONDS = 60;

/**
 * Jobs at fixed times with edges of one minute. The schedule and the order of the heights (1, 0.45, 0.7, 0.45 of the way to
 * `high`) are the same on every day; a job's height varies by ±5 %.
 *
 * Scale: the 99.5th percentile over days is about `high`, which is 0.8 of the reference rate by default.
 *
 * @throws InvalidOptionError
 */
export function batch({
  low = 0.12,
  high = 0.8,
  everyMinutes = 60,
  lengthMinutes = 15,
  noise = 0.02,
}: BatchOptions = {}): Workload {
  checkOrder(low, high);
  checkRange("everyMinutes", everyMinutes, 10, 1_440, "a number of minutes");
  checkRange("lengthMinutes", lengthMinutes, 5, everyMinutes, "a number of minutes");
  checkNoise(noise);
  return generator("batch", { low, high, everyMinutes, lengthMinutes, noise }, (episode, { rates }) => {
    const { firstKnot } = episode;
    const [key0, key1] = episode.stream("jobs");
    rates.fill(low);
    const from = firstKnot * KNOT_SECONDS;
    const until = (firstKnot + rates.length) * KNOT_SECONDS;
    for (let day = Math.floor(from / 86_400); day * 86_400 < until; day++) {
      for (let job = 0; job * everyMinutes < 1_440; job++) {
        const startSeconds = day * 86_400 + job * everyMinutes * 60;
        const lengthSeconds = Math.min(lengthMinutes * 60, (day + 1) * 86_400 - startSeconds);
        if (startSeconds + lengthSeconds < from || startSeconds > until || lengthSeconds < 2 * EDGE_SECONDS) continue;
        const varied = 0.95 + 0.1 * uniformAt(key0, key1, day * 1_440 + job);
        const height = (high - low) * HEIGHTS[job % HEIGHTS.length]! * varied;
        addBump(rates, firstKnot, { startSeconds, lengthSeconds, edgeSeconds: EDGE_SECONDS, height });
      }
    }
    applyNoise(rates, firstKnot, episode.stream("noise"), noise);
  });
}
