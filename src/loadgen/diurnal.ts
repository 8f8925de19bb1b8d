/** Workload `diurnal`: a sine over the day. @module */
import { cos } from "../elementary.js";
import { generator, KNOTS_PER_DAY } from "./generator.js";
import { applyNoise } from "./noise.js";
import { checkNoise, checkOrder, checkRange } from "./option-check.js";
import { KNOT_SECONDS, type Workload } from "./workload.js";

/** Options of {@link diurnal}. */
export interface DiurnalOptions {
  /** Lowest rate, twelve hours from the highest. Unit: share of the reference rate, from 0 to 1. @defaultValue 0.1 */
  readonly low?: number;
  /** Highest rate. Unit: share of the reference rate, from `low` to 1. @defaultValue 0.8 */
  readonly high?: number;
  /** When the rate is highest. Unit: hours UTC, from 0 to 24. @defaultValue 14 */
  readonly peakHour?: number;
  /** Relative standard deviation of the noise, from 0 to 0.5. @defaultValue 0 */
  readonly noise?: number;
}

/**
 * A smooth day: one sine between `low` and `high`.
 *
 * Scale: without noise the 99.5th percentile is `high`, which is 0.8 of the reference rate by default.
 *
 * @throws InvalidOptionError
 */
export function diurnal({ low = 0.1, high = 0.8, peakHour = 14, noise = 0 }: DiurnalOptions = {}): Workload {
  checkOrder(low, high);
  checkRange("peakHour", peakHour, 0, 24, "an hour");
  checkNoise(noise);
  const wave = dailyWave(peakHour);
  return generator("diurnal", { low, high, peakHour, noise }, (episode, { rates }) => {
    const { firstKnot } = episode;
    for (let k = 0; k < rates.length; k++) rates[k] = low + (high - low) * wave[(firstKnot + k) % KNOTS_PER_DAY]!;
    applyNoise(rates, firstKnot, episode.stream("noise"), noise);
  });
}

/** A sine from 0 to 1 at every knot of a day, 1 at the peak's hour. */
export function dailyWave(peakHour: number): Float64Array {
  const turn = (2 * Math.PI * KNOT_SECONDS) / 86_400;
  const peakKnot = (peakHour * 3_600) / KNOT_SECONDS;
  return Float64Array.from({ length: KNOTS_PER_DAY }, (_, knot) => 0.5 + 0.5 * cos((knot - peakKnot) * turn));
}
