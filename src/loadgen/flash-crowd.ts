/** Workload `flash-crowd`: a calm service and a few large crowds a day, announced or not. @module */
import { InvalidOptionError } from "../errors.js";
import { addFlashCrowds } from "./flash-crowds.js";
import { generator } from "./generator.js";
import { applyNoise } from "./noise.js";
import { checkCount, checkNoise, checkOrder } from "./option-check.js";
import type { Workload } from "./workload.js";

/** Options of {@link flashCrowd}. */
export interface FlashCrowdOptions {
  /** Rate between the crowds. Unit: share of the reference rate, from 0 to 1. @defaultValue 0.2 */
  readonly low?: number;
  /** Rate of the largest crowd as announced. Unit: share of the reference rate, from `low` to 1. @defaultValue 0.8 */
  readonly high?: number;
  /** Crowds a day, an integer from 0 to 12. @defaultValue 8 */
  readonly perDay?: number;
  /** Whether they are announced 15 minutes ahead. @defaultValue true */
  readonly announced?: boolean;
  /** Relative standard deviation of the noise, from 0 to 0.5. @defaultValue 0.03 */
  readonly noise?: number;
}

/**
 * Large crowds between 7:00 and 22:30 UTC, with edges of 1 to 2 minutes, 10 to 40 minutes long. The crowd that comes is
 * 0.85 to 1.15 times the one announced.
 *
 * Scale: the 99.5th percentile over days is about `high`, which is 0.8 of the reference rate by default.
 *
 * @throws InvalidOptionError
 */
export function flashCrowd({
  low = 0.2,
  high = 0.8,
  perDay = 8,
  announced = true,
  noise = 0.03,
}: FlashCrowdOptions = {}): Workload {
  checkOrder(low, high);
  checkCount("perDay", perDay, 0, 12);
  if (typeof announced !== "boolean") throw new InvalidOptionError("announced", "true or false", announced);
  checkNoise(noise);
  const shape = { perDay, smallest: (high - low) / 2, largest: high - low };
  return generator("flash-crowd", { low, high, perDay, announced, noise }, (episode, shares) => {
    shares.rates.fill(low);
    addFlashCrowds(shares, episode.firstKnot, episode.stream("flash"), shape);
    if (!announced) shares.announced.fill(0);
    applyNoise(shares.rates, episode.firstKnot, episode.stream("noise"), noise);
  });
}
