/** Functions of all samples in a range: `avg_over_time` and its like. @module */
import type { Operation } from "./frame.js";
import type { Targets } from "./program-builder.js";
import type { PromqlProfile, SampleWindow } from "./sample-window.js";
import { compensatedSum, dividedMean, movingMean } from "./sums.js";
import { type Sweep, sweepLargest, sweepMean, sweepSmallest, sweepSum } from "./sweeps.js";
import { allOf, gatherSamples } from "./window.js";

type Reduction = (samples: Float64Array, size: number, profile: PromqlProfile) => number;

const REDUCTIONS: ReadonlyMap<string, Reduction> = new Map<string, Reduction>([
  [
    "avg_over_time",
    (samples, n, profile) => (profile === "prom2" ? movingMean(samples, 0, n, 0, 0, false) : dividedMean(samples, n)),
  ],
  ["sum_over_time", compensatedSum],
  ["min_over_time", smallest],
  ["max_over_time", largest],
  ["last_over_time", (samples, size) => samples[size - 1]!],
  ["count_over_time", (_samples, size) => size],
]);

/** The same for whole blocks of full windows. */
const SWEEPS: ReadonlyMap<string, Sweep> = new Map<string, Sweep>([
  ["avg_over_time", sweepMean],
  ["sum_over_time", sweepSum],
  ["min_over_time", sweepSmallest],
  ["max_over_time", sweepLargest],
]);

/** Whether a function reduces a range to one number, and is supported. */
export function isOverTime(name: string): boolean {
  return REDUCTIONS.has(name);
}

/** Fills columns with a function of the samples of recorded series in a window. */
export function overTimeOperation(
  name: string,
  profile: PromqlProfile,
  windowIndex: number,
  window: SampleWindow,
  { rows, columns }: Targets,
): Operation {
  const reduce = REDUCTIONS.get(name)!;
  const sweep = profile === "prom3" && window.oldest >= window.newest ? SWEEPS.get(name) : undefined;
  return (frame) => {
    const { stride, values, present, samples, store, rest, restSize } = frame;
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!;
      const out = columns[k]! * stride;
      const swept = sweep !== undefined && store.optionalRow[row]! < 0;
      const left = swept ? sweep(frame, row, window, out) : allOf(frame);
      const more = swept ? restSize[windowIndex]! : 0;
      for (let r = 0; r < left + more; r++) {
        const i = r < left ? frame.left[r]! : rest[windowIndex * stride + r - left]!;
        const n = gatherSamples(frame, row, window, i);
        present[out + i] = n > 0 ? 1 : 0;
        if (n > 0) values[out + i] = reduce(samples, n, profile);
      }
    }
  };
}

/** The largest value; NaN only where all are. */
export function largest(values: Float64Array, size: number): number {
  let best = values[0]!;
  for (let k = 1; k < size; k++) if (values[k]! > best || Number.isNaN(best)) best = values[k]!;
  return best;
}

/** The smallest value; NaN only where all are. */
export function smallest(values: Float64Array, size: number): number {
  let best = values[0]!;
  for (let k = 1; k < size; k++) if (values[k]! < best || Number.isNaN(best)) best = values[k]!;
  return best;
}
