/** What a day's load usually is, learnt by watching days. @module */
import type { LoadReading } from "../agents/forecast-inputs.js";
import type { ScheduleTable } from "../agents/learned-schedule.js";
import type { Seed } from "../rng.js";
import { policySpecOf } from "./policy-spec-of.js";
import type { JudgedEnv } from "./run-episode.js";
import { watchDays } from "./watch-days.js";

const DAY_SECONDS = 86_400;

/**
 * Watches one day for each seed with all replicas up, and takes the median and the deviation of the load at each time of the day. The median,
 * because what comes at another time every day shall not be in it.
 *
 * @returns Null where no count control has the signal `arrivalRate`, or steps do not divide a day.
 */
export async function learnSchedule(env: JudgedEnv, seeds: readonly Seed[]): Promise<ScheduleTable | null> {
  const days = await watchDays(env, seeds);
  return days === null ? null : scheduleOf(days, policySpecOf(env).stepSeconds);
}

/** The schedule of days that were watched; null where steps do not divide a day. */
export function scheduleOf(days: readonly (readonly LoadReading[])[], stepSeconds: number): ScheduleTable | null {
  const periods = DAY_SECONDS / stepSeconds;
  if (!Number.isInteger(periods)) return null;
  const watched: number[][] = Array.from({ length: periods }, () => []);
  for (const { arrivalRate, timeSeconds } of days.flat()) {
    watched[Math.floor((timeSeconds % DAY_SECONDS) / stepSeconds)]!.push(arrivalRate);
  }
  return {
    periodSeconds: stepSeconds,
    usual: watched.map((rates) => rounded(medianOf(rates))),
    deviation: watched.map((rates) => rounded(deviationOf(rates))),
  };
}

function medianOf(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** Four digits: more would be noise, and make the file long. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
