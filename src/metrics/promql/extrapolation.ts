/** How rate, increase and delta stretch the difference between samples to the ends of their range. @module */
import type { PromqlProfile } from "./sample-window.js";

/** Which function of a range of samples; `delta` takes gauges, the others counters. */
export type RateFunction = "rate" | "increase" | "delta";

/** Where the samples of a range lie. Unit: seconds. */
export interface SampleSpread {
  /** From the first sample to the last. */
  readonly interval: number;
  /** From the range's start to the first sample. */
  readonly start: number;
  /** From the last sample to the range's end. */
  readonly end: number;
  /** How many samples there are, at least 2. */
  readonly samples: number;
  /** From the first sample back to where a counter would have been 0; infinite where that does not matter. */
  readonly toZero: number;
}

/**
 * What a difference over a range is multiplied by.
 *
 * The samples rarely reach the ends of the range, so the difference is stretched to them: all the way where an end is within 1.1 average
 * distances of the nearest sample, else by half a distance; at the start never beyond where a counter would have been 0.
 * `prom2` compares that zero point with the whole distance to the start, `prom3` with the shortened one.
 * @see https://github.com/prometheus/prometheus/blob/main/promql/functions.go, extrapolatedRate
 */
export function extrapolationFactor(
  fn: RateFunction,
  profile: PromqlProfile,
  rangeMs: number,
  spread: SampleSpread,
): number {
  const { interval, toZero, samples } = spread;
  let { start, end } = spread;
  const spacing = interval / (samples - 1);
  const threshold = spacing * 1.1;
  if (profile === "prom2" && toZero < start) start = toZero;
  if (start >= threshold) start = spacing / 2;
  if (profile === "prom3" && toZero < start) start = toZero;
  if (end >= threshold) end = spacing / 2;
  const factor = (interval + start + end) / interval;
  return fn === "rate" ? factor / secondsOf(rangeMs) : factor;
}

/** What a counter or gauge gained over the first `size` samples; a counter that falls began anew at 0. */
export function differenceOf(fn: RateFunction, values: Float64Array, size: number): number {
  let difference = values[size - 1]! - values[0]!;
  if (fn !== "delta") {
    for (let k = 1; k < size; k++) if (values[k]! < values[k - 1]!) difference += values[k - 1]!;
  }
  return difference;
}

/** How long before the first sample a counter would have been 0, or infinity. */
export function timeToZero(fn: RateFunction, first: number, difference: number, interval: number): number {
  return fn !== "delta" && difference > 0 && first >= 0 ? interval * (first / difference) : Number.POSITIVE_INFINITY;
}

/** As Go turns a duration into seconds, to the last bit. */
export function secondsOf(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) + ((milliseconds % 1000) * 1e6) / 1e9;
}
