/** Workload `day`: a service's weekday with scheduled jobs, announced flash crowds and noise. The headline. @module */
import { exp } from "../elementary.js";
import { type StreamKey, uniformAt } from "../simulator/stream.js";
import { addBump } from "./bump.js";
import { addFlashCrowds } from "./flash-crowds.js";
import { generator, KNOTS_PER_DAY } from "./generator.js";
import { applyNoise } from "./noise.js";
import { checkCount, checkNoise, checkRange } from "./option-check.js";
import { KNOT_SECONDS, type Workload } from "./workload.js";

/** Options of {@link day}. */
export interface DayOptions {
  /** Relative standard deviation of the noise, from 0 to 0.5. @defaultValue 0.05 */
  readonly noise?: number;
  /** Announced flash crowds a day, an integer from 0 to 12. @defaultValue 5 */
  readonly flashCrowds?: number;
  /** Factor on the scheduled jobs, from 0 to 1.5; 0 leaves them out. @defaultValue 1 */
  readonly jobs?: number;
  /** Factor on the humps at the weekend, from 0 to 1. @defaultValue 0.55 */
  readonly weekend?: number;
}

/** Humps of a weekday over the night's level: hour of the top, width (standard deviation, hours), height (share). */
const NIGHT_LEVEL = 0.09;
const HUMPS = [
  { hour: 10.3, width: 1.9, height: 0.27 },
  { hour: 15.2, width: 2.4, height: 0.27 },
  { hour: 20.3, width: 1.6, height: 0.12 },
] as const;

/** Jobs that start at the same time of every day: hour, length in minutes, height (share). */
const JOBS = [
  { hour: 2, minutes: 20, height: 0.26 },
  { hour: 6, minutes: 10, height: 0.2 },
  { hour: 9, minutes: 12, height: 0.26 },
  { hour: 12, minutes: 15, height: 0.22 },
  { hour: 14, minutes: 8, height: 0.2 },
  { hour: 18, minutes: 15, height: 0.26 },
  { hour: 22, minutes: 12, height: 0.24 },
] as const;

const FLASH_CROWDS = { smallest: 0.15, largest: 0.4 } as const;

/**
 * A day of a service: night valley, humps in the morning, the afternoon and the evening, lower at the weekend; jobs at
 * fixed times with edges of 90 seconds; flash crowds announced 15 minutes ahead; noise with 5 minutes' correlation.
 *
 * Scale: the 99.5th percentile over days is about 0.8 of the reference rate, and the rate is cut at the reference rate.
 *
 * @throws InvalidOptionError
 * @example
 * createWorkload("day", { flashCrowds: 0 });
 */
export function day({ noise = 0.05, flashCrowds = 5, jobs = 1, weekend = 0.55 }: DayOptions = {}): Workload {
  checkNoise(noise);
  checkCount("flashCrowds", flashCrowds, 0, 12);
  checkRange("jobs", jobs, 0, 1.5, "a factor on the scheduled jobs");
  checkRange("weekend", weekend, 0, 1, "a factor on the weekend's humps");
  const humps = humpTable();
  const options = { noise, flashCrowds, jobs, weekend };
  return generator("day", options, (episode, shares) => {
    const { firstKnot } = episode;
    const dayKey = episode.stream("days");
    addHumps(shares.rates, episode.day, firstKnot, humps, dayKey, weekend);
    addJobs(shares.rates, firstKnot, dayKey, jobs);
    addFlashCrowds(shares, firstKnot, episode.stream("flash"), { perDay: flashCrowds, ...FLASH_CROWDS });
    applyNoise(shares.rates, firstKnot, episode.stream("noise"), noise);
  });
}

/** The humps of a weekday at every knot; the night's level not included. */
function humpTable(): Float64Array {
  return Float64Array.from({ length: KNOTS_PER_DAY }, (_, knot) => {
    const hour = (knot * KNOT_SECONDS) / 3_600;
    let level = 0;
    for (const hump of HUMPS) {
      const away = Math.abs(hour - hump.hour);
      const z = Math.min(away, 24 - away) / hump.width;
      level += hump.height * exp(-0.5 * z * z);
    }
    return level;
  });
}

/** Every day has a size of its own: ±12 %. */
function addHumps(
  rates: Float32Array,
  day: number,
  firstKnot: number,
  humps: Float64Array,
  key: StreamKey,
  weekend: number,
): void {
  for (let k = 0; k < rates.length; ) {
    const dayOffset = Math.floor((firstKnot + k) / KNOTS_PER_DAY);
    const height =
      (0.88 + 0.24 * uniformAt(key[0], key[1], dayOffset * 64)) * (isWeekend(day + dayOffset) ? weekend : 1);
    let knot = firstKnot + k - dayOffset * KNOTS_PER_DAY;
    for (; k < rates.length && knot < KNOTS_PER_DAY; k++, knot++) rates[k] = NIGHT_LEVEL + height * humps[knot]!;
  }
}

/** Jobs vary by ±15 % in height and ±20 % in length from day to day; their start does not. */
function addJobs(rates: Float32Array, firstKnot: number, key: StreamKey, factor: number): void {
  const lastDay = Math.floor((firstKnot + rates.length) / KNOTS_PER_DAY);
  for (let dayOffset = Math.floor(firstKnot / KNOTS_PER_DAY); dayOffset <= lastDay; dayOffset++) {
    JOBS.forEach((job, i) => {
      const draw = (d: number): number => uniformAt(key[0], key[1], dayOffset * 64 + 1 + 2 * i + d);
      addBump(rates, firstKnot, {
        startSeconds: dayOffset * 86_400 + job.hour * 3_600,
        lengthSeconds: job.minutes * 60 * (0.8 + 0.4 * draw(0)),
        edgeSeconds: 90,
        height: factor * job.height * (0.85 + 0.3 * draw(1)),
      });
    });
  }
}

/** 1970-01-01 was a Thursday. */
function isWeekend(day: number): boolean {
  const weekday = (day + 4) % 7;
  return weekday === 0 || weekday === 6;
}
