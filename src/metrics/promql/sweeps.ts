/** Functions over time, sample by sample over a whole block of environments with full windows. @module */
import type { Frame } from "./frame.js";
import type { SampleWindow } from "./sample-window.js";

/** Fills a column that begins at `out`. @returns how many environments must be done by hand, listed in `left` */
export type Sweep = (frame: Frame, row: number, window: SampleWindow, out: number) => number;

/** The largest of each window. */
export function sweepLargest(frame: Frame, row: number, window: SampleWindow, out: number): number {
  const { store, values, size } = frame;
  startAtOldest(frame, row, window, out);
  for (let back = window.oldest - 1; back >= window.newest; back--) {
    const from = placeOf(frame, row, back);
    for (let i = 0; i < size; i++) {
      const value = store.values[from + i]!;
      const best = values[out + i]!;
      if (value > best || Number.isNaN(best)) values[out + i] = value;
    }
  }
  return 0;
}

/** The smallest of each window. */
export function sweepSmallest(frame: Frame, row: number, window: SampleWindow, out: number): number {
  const { store, values, size } = frame;
  startAtOldest(frame, row, window, out);
  for (let back = window.oldest - 1; back >= window.newest; back--) {
    const from = placeOf(frame, row, back);
    for (let i = 0; i < size; i++) {
      const value = store.values[from + i]!;
      const best = values[out + i]!;
      if (value < best || Number.isNaN(best)) values[out + i] = value;
    }
  }
  return 0;
}

/** The compensated sum of each window. */
export function sweepSum(frame: Frame, row: number, window: SampleWindow, out: number): number {
  const { values, spare, size, left } = frame;
  accumulate(frame, row, window, out);
  let found = 0;
  for (let i = 0; i < size; i++) {
    const total = values[out + i]! + spare[i]!;
    if (Number.isFinite(total)) values[out + i] = total;
    else left[found++] = i;
  }
  return found;
}

/** The mean of each window, its compensated sum divided. */
export function sweepMean(frame: Frame, row: number, window: SampleWindow, out: number): number {
  const { values, spare, size, left } = frame;
  accumulate(frame, row, window, out);
  const samples = window.oldest - window.newest + 1;
  let found = 0;
  for (let i = 0; i < size; i++) {
    const mean = values[out + i]! / samples + spare[i]! / samples;
    if (Number.isFinite(mean)) values[out + i] = mean;
    else left[found++] = i;
  }
  return found;
}

/** Neumaier's sum into the column, its compensation into `spare`; infinite and NaN sums are not cared for. */
function accumulate(frame: Frame, row: number, window: SampleWindow, out: number): void {
  const { store, values, spare, size } = frame;
  startAtOldest(frame, row, window, out);
  spare.fill(0, 0, size);
  for (let back = window.oldest - 1; back >= window.newest; back--) {
    const from = placeOf(frame, row, back);
    for (let i = 0; i < size; i++) {
      const value = store.values[from + i]!;
      const sum = values[out + i]!;
      const total = sum + value;
      spare[i] = spare[i]! + (Math.abs(sum) >= Math.abs(value) ? sum - total + value : value - total + sum);
      values[out + i] = total;
    }
  }
}

function startAtOldest(frame: Frame, row: number, { oldest }: SampleWindow, out: number): void {
  const { store, values, present, size } = frame;
  const from = placeOf(frame, row, oldest);
  for (let i = 0; i < size; i++) {
    values[out + i] = store.values[from + i]!;
    present[out + i] = 1;
  }
}

/** Where the samples of a row lie, so many samples back. */
function placeOf({ store, first }: Frame, row: number, back: number): number {
  const { ring, numEnvs, position } = store;
  return (row * ring + ((position[first]! - back) & (ring - 1))) * numEnvs + first;
}
