/** rate, increase, delta and irate, extrapolated as Prometheus does. @module */
import { type Frame, type Operation, WINDOW_FIELDS } from "./frame.js";
import { gatherSamples, isUnbroken, type PromqlProfile, type SampleWindow } from "./window.js";

/** Which function of a range of samples; `delta` takes gauges, the others counters. */
export type RateFunction = "rate" | "increase" | "delta";

/** What extrapolation needs to know. */
interface Extrapolation {
  readonly profile: PromqlProfile;
  readonly fn: RateFunction;
  readonly window: SampleWindow;
  readonly scrapeMs: number;
}

/**
 * What a difference over a range is multiplied by.
 *
 * The samples rarely reach the ends of the range, so the difference is stretched to them: all the way where an end is within 1.1 average
 * distances of the nearest sample, else by half a distance; at the start never beyond where a counter would have been 0.
 * `prom2` compares that zero point with the whole distance to the start, `prom3` with the shortened one.
 * @see https://github.com/prometheus/prometheus/blob/main/promql/functions.go, extrapolatedRate
 */
function extrapolationFactor(
  { profile, fn, window, scrapeMs }: Extrapolation,
  firstBack: number,
  lastBack: number,
  samples: number,
  toZero: number,
): number {
  const { rangeMs, offsetMs } = window;
  const interval = ((firstBack - lastBack) * scrapeMs) / 1000;
  const spacing = interval / (samples - 1);
  const threshold = spacing * 1.1;
  let start = (rangeMs + offsetMs - firstBack * scrapeMs) / 1000;
  let end = (lastBack * scrapeMs - offsetMs) / 1000;
  if (profile === "prom2" && toZero < start) start = toZero;
  if (start >= threshold) start = spacing / 2;
  if (profile === "prom3" && toZero < start) start = toZero;
  if (end >= threshold) end = spacing / 2;
  const factor = (interval + start + end) / interval;
  return fn === "rate" ? factor / secondsOf(rangeMs) : factor;
}

/** As Go turns a duration into seconds, to the last bit. */
function secondsOf(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) + ((milliseconds % 1000) * 1e6) / 1e9;
}

/** Fills `target` with rate, increase or delta of a recorded series over a window. */
export function rateOperation(
  extrapolation: Extrapolation,
  windowIndex: number,
  row: number,
  target: number,
): Operation {
  const { window, fn, scrapeMs } = extrapolation;
  const isCounter = fn !== "delta";
  const most = Math.max(0, window.oldest - window.newest + 1);
  const factors = new Float64Array(most + 1);
  const nearZero = new Float64Array(most + 1);
  for (let n = 2; n <= most; n++) {
    const firstBack = window.newest + n - 1;
    factors[n] = extrapolationFactor(extrapolation, firstBack, window.newest, n, Number.POSITIVE_INFINITY);
    // Below this ratio of first value to difference, the zero point may matter; the exact test follows.
    const start = window.rangeMs + window.offsetMs - firstBack * scrapeMs;
    nearZero[n] = isCounter ? (start / ((n - 1) * scrapeMs)) * (1 + 1e-9) : -1;
  }
  return (frame) => {
    const { store, stride, values, present, windows, first, size } = frame;
    const { numEnvs, lastReset } = store;
    const samples = store.values;
    const base = row * store.ring * numEnvs;
    const optionalRow = store.optionalRow[row]!;
    const resets = row * numEnvs + first;
    const out = target * stride;
    const win = windowIndex * WINDOW_FIELDS * stride;
    for (let i = 0; i < size; i++) {
      const at = win + i;
      const n = windows[at + 3 * stride]!;
      const unbroken = optionalRow < 0 || isUnbroken(frame, optionalRow, windowIndex, i);
      if (!unbroken || (isCounter && lastReset[resets + i]! > windows[at + 2 * stride]!)) {
        slowRate(extrapolation, frame, gatherSamples(frame, row, windowIndex, i), out + i);
        continue;
      }
      present[out + i] = n > 1 ? 1 : 0;
      const value = samples[base + windows[at + stride]!]!;
      const difference = samples[base + windows[at]!]! - value;
      if (value >= 0 && difference > 0 && value <= difference * nearZero[n]!) {
        slowRate(extrapolation, frame, gatherSamples(frame, row, windowIndex, i), out + i);
      } else values[out + i] = difference * factors[n]!;
    }
  };
}

/** The whole rule, for windows with counter resets, gaps, or a counter that began within them. */
function slowRate(extrapolation: Extrapolation, frame: Frame, size: number, out: number): void {
  const { samples, backs, values, present } = frame;
  present[out] = size > 1 ? 1 : 0;
  if (size < 2) return;
  const isCounter = extrapolation.fn !== "delta";
  let difference = samples[size - 1]! - samples[0]!;
  if (isCounter) {
    for (let k = 1; k < size; k++) if (samples[k]! < samples[k - 1]!) difference += samples[k - 1]!;
  }
  const firstBack = backs[0]!;
  const lastBack = backs[size - 1]!;
  const interval = ((firstBack - lastBack) * extrapolation.scrapeMs) / 1000;
  const toZero =
    isCounter && difference > 0 && samples[0]! >= 0 ? interval * (samples[0]! / difference) : Number.POSITIVE_INFINITY;
  values[out] = difference * extrapolationFactor(extrapolation, firstBack, lastBack, size, toZero);
}

/** Fills `target` with the rate between the last two samples of a window. */
export function irateOperation(windowIndex: number, scrapeMs: number, row: number, target: number): Operation {
  return (frame) => {
    const { stride, values, present, size, samples, backs } = frame;
    for (let i = 0; i < size; i++) {
      const n = gatherSamples(frame, row, windowIndex, i);
      const out = target * stride + i;
      present[out] = n > 1 ? 1 : 0;
      if (n < 2) continue;
      const last = samples[n - 1]!;
      const before = samples[n - 2]!;
      const elapsed = (backs[n - 2]! - backs[n - 1]!) * scrapeMs;
      values[out] = (last < before ? last : last - before) / (elapsed / 1000);
    }
  };
}
