/** Workload `weekly`: a sine over the day whose height depends on the weekday. @module */
import { InvalidOptionError } from "../errors.js";
import { dailyWave } from "./diurnal.js";
import { generator, KNOTS_PER_DAY } from "./generator.js";
import { applyNoise } from "./noise.js";
import { checkNoise, checkOrder, checkRange } from "./option-check.js";
import { KNOT_SECONDS, type Workload } from "./workload.js";

/** Options of {@link weekly}. */
export interface WeeklyOptions {
  /** Lowest rate, twelve hours from the highest. Unit: share of the reference rate, from 0 to 1. @defaultValue 0.1 */
  readonly low?: number;
  /** Highest rate of a day of height 1. Unit: share of the reference rate, from `low` to 1. @defaultValue 0.82 */
  readonly high?: number;
  /** When the rate is highest. Unit: hours UTC, from 0 to 24. @defaultValue 14 */
  readonly peakHour?: number;
  /** Heights of the days from Monday to Sunday, seven numbers from 0 to 1. @defaultValue [0.95, 1, 0.97, 0.93, 0.85, 0.5, 0.45] */
  readonly days?: readonly number[];
  /** Relative standard deviation of the noise, from 0 to 0.5. @defaultValue 0.03 */
  readonly noise?: number;
}

/**
 * A week of smooth days. Heights change in the trough, where the wave is 0, so the rate has no jump.
 *
 * Scale: the 99.5th percentile over a week is about 0.8 of the reference rate by default.
 *
 * @throws InvalidOptionError
 */
export function weekly({
  low = 0.1,
  high = 0.82,
  peakHour = 14,
  days = [0.95, 1, 0.97, 0.93, 0.85, 0.5, 0.45],
  noise = 0.03,
}: WeeklyOptions = {}): Workload {
  checkOrder(low, high);
  checkRange("peakHour", peakHour, 0, 24, "an hour");
  if (!Array.isArray(days) || days.length !== 7)
    throw new InvalidOptionError("days", "seven numbers, Monday first", days);
  days.forEach((height, i) => {
    checkRange(`days[${i}]`, height, 0, 1, "a height");
  });
  checkNoise(noise);
  const wave = dailyWave(peakHour);
  const heights = [...days];
  const troughKnot = Math.round(((peakHour + 12) * 3_600) / KNOT_SECONDS);
  return generator("weekly", { low, high, peakHour, days: heights, noise }, (episode, { rates }) => {
    const { firstKnot } = episode;
    for (let k = 0; k < rates.length; k++) {
      const knot = firstKnot + k;
      // The cycle from trough to trough that this knot lies in belongs to the day of its peak.
      const cycle = episode.day + Math.floor((knot - troughKnot) / KNOTS_PER_DAY) + 1;
      // 1970-01-01 was a Thursday, three days after a Monday.
      rates[k] = low + (high - low) * heights[(cycle + 3) % 7]! * wave[knot % KNOTS_PER_DAY]!;
    }
    applyNoise(rates, firstKnot, episode.stream("noise"), noise);
  });
}
