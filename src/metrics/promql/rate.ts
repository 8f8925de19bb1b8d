/** rate, increase, delta and irate, extrapolated as Prometheus does. @module */
import { differenceOf, extrapolationFactor, type RateFunction, timeToZero } from "./extrapolation.js";
import type { Frame, Operation } from "./frame.js";
import type { Targets } from "./program-builder.js";
import type { PromqlProfile, SampleWindow } from "./sample-window.js";
import { allOf, gatherSamples } from "./window.js";

/** What extrapolation needs to know. */
interface Extrapolation {
  readonly profile: PromqlProfile;
  readonly fn: RateFunction;
  readonly window: SampleWindow;
  readonly scrapeMs: number;
}

function factorOf(
  { profile, fn, window, scrapeMs }: Extrapolation,
  firstBack: number,
  lastBack: number,
  samples: number,
  toZero: number,
): number {
  const { rangeMs, offsetMs } = window;
  const interval = ((firstBack - lastBack) * scrapeMs) / 1000;
  const start = (rangeMs + offsetMs - firstBack * scrapeMs) / 1000;
  const end = (lastBack * scrapeMs - offsetMs) / 1000;
  return extrapolationFactor(fn, profile, rangeMs, { interval, start, end, samples, toZero });
}

/** Fills columns with rate, increase or delta of recorded series over a window. */
export function rateOperation(
  extrapolation: Extrapolation,
  windowIndex: number,
  { rows, columns }: Targets,
): Operation {
  const { window, fn, scrapeMs } = extrapolation;
  const { oldest, newest, rangeMs, offsetMs } = window;
  const most = oldest - newest + 1;
  const factor = factorOf(extrapolation, oldest, newest, most, Number.POSITIVE_INFINITY);
  // Below this ratio of first value to difference, the zero point may matter; the exact test follows.
  const toStart = (rangeMs + offsetMs - oldest * scrapeMs) / ((oldest - newest) * scrapeMs);
  const nearZero = fn === "delta" ? -1 : toStart * (1 + 1e-9);
  return (frame) => {
    const { stride, rest, restSize, size } = frame;
    const isAlone = size === 1 && most > 1 && restSize[windowIndex] === 0;
    for (
      let k = isAlone ? ratesOfOne(extrapolation, frame, windowIndex, rows, columns, factor, nearZero) : 0;
      k < rows.length;
      k++
    ) {
      const row = rows[k]!;
      const out = columns[k]! * stride;
      const left = most > 1 ? regularRates(frame, windowIndex, row, out, factor, nearZero) : allOf(frame);
      for (let r = 0; r < left; r++) slowRate(extrapolation, frame, row, frame.left[r]!, out);
      for (let r = 0; r < restSize[windowIndex]!; r++) {
        slowRate(extrapolation, frame, row, rest[windowIndex * stride + r]!, out);
      }
    }
  };
}

/**
 * Rates of a single environment's full windows without resets, row after row without inner loops, up to the first series that can be absent.
 * @returns how many rows are done
 */
function ratesOfOne(
  extrapolation: Extrapolation,
  frame: Frame,
  window: number,
  rows: Int32Array,
  columns: Int32Array,
  factor: number,
  nearZero: number,
): number {
  const { store, stride, values, present } = frame;
  const { optionalRow, values: samples } = store;
  const ring = store.ring * store.numEnvs;
  const oldest = frame.oldest[window]!;
  const newest = frame.newest[window]!;
  let k = 0;
  for (; k < rows.length && optionalRow[rows[k]!]! < 0; k++) {
    const row = rows[k]!;
    const out = columns[k]! * stride;
    const value = samples[row * ring + oldest]!;
    const difference = samples[row * ring + newest]! - value;
    values[out] = difference * factor;
    present[out] = 1;
    if (value <= difference * nearZero && value >= 0 && difference > 0) slowRate(extrapolation, frame, row, 0, out);
  }
  return k;
}

/** Rates of full windows without resets. @returns how many environments have gaps or are near zero, listed in `left` */
function regularRates(
  frame: Frame,
  window: number,
  row: number,
  out: number,
  factor: number,
  nearZero: number,
): number {
  const { store, values, present, size, left } = frame;
  const samples = store.values;
  const ring = row * store.ring * store.numEnvs;
  const oldest = ring + frame.oldest[window]!;
  const newest = ring + frame.newest[window]!;
  let found = 0;
  for (let i = 0; i < size; i++) {
    const value = samples[oldest + i]!;
    const difference = samples[newest + i]! - value;
    values[out + i] = difference * factor;
    present[out + i] = 1;
    if (value <= difference * nearZero && value >= 0 && difference > 0) left[found++] = i;
  }
  return store.optionalRow[row]! < 0 ? found : addBroken(frame, row, window, out, found);
}

/**
 * Adds the environments where an optional series is present in a part of its window only; where in none, the result is empty.
 * @returns how many are listed in `left`
 */
function addBroken(frame: Frame, row: number, window: number, out: number, found: number): number {
  const { store, first, size, left, windows, present } = frame;
  const { presentSince, count, numEnvs } = store;
  const base = store.optionalRow[row]! * numEnvs + first;
  const { oldest } = windows[window]!;
  let listed = found;
  for (let i = 0; i < size; i++) {
    const since = presentSince[base + i]!;
    const number = Math.max(1, count[first + i]! - oldest);
    if (since < 0 && -since <= number) present[out + i] = 0;
    else if (since <= 0 || since > number) left[listed++] = i;
  }
  return listed;
}

/** The whole rule, for windows with counter resets, gaps, or a counter that began within them. */
function slowRate(extrapolation: Extrapolation, frame: Frame, row: number, i: number, column: number): void {
  const { samples, backs, values, present } = frame;
  const size = gatherSamples(frame, row, extrapolation.window, i);
  const out = column + i;
  present[out] = size > 1 ? 1 : 0;
  if (size < 2) return;
  const { fn, scrapeMs } = extrapolation;
  const difference = differenceOf(fn, samples, size);
  const firstBack = backs[0]!;
  const lastBack = backs[size - 1]!;
  const toZero = timeToZero(fn, samples[0]!, difference, ((firstBack - lastBack) * scrapeMs) / 1000);
  values[out] = difference * factorOf(extrapolation, firstBack, lastBack, size, toZero);
}

/** Fills columns with the rate between the last two samples of recorded series in a window. */
export function irateOperation(window: SampleWindow, scrapeMs: number, { rows, columns }: Targets): Operation {
  return (frame) => {
    const { stride, values, present, size, samples, backs } = frame;
    for (let k = 0; k < rows.length; k++) {
      for (let i = 0; i < size; i++) {
        const n = gatherSamples(frame, rows[k]!, window, i);
        const out = columns[k]! * stride + i;
        present[out] = n > 1 ? 1 : 0;
        if (n < 2) continue;
        const last = samples[n - 1]!;
        const before = samples[n - 2]!;
        const elapsed = (backs[n - 2]! - backs[n - 1]!) * scrapeMs;
        values[out] = (last < before ? last : last - before) / (elapsed / 1000);
      }
    }
  };
}
