/** Functions of the samples in a range over columns: `avg_over_time` and its like. @module */
import type { Operation } from "./frame.js";
import type { Targets } from "./program-builder.js";
import { RANGE_FUNCTIONS } from "./range-functions.js";
import type { PromqlProfile, SampleWindow } from "./sample-window.js";
import { type Sweep, sweepLargest, sweepMean, sweepSmallest, sweepSum } from "./sweeps.js";
import { allOf, gatherSamples } from "./window.js";

/** What the grid and the profile decide. */
export interface RangeRules {
  readonly profile: PromqlProfile;
  readonly scrapeMs: number;
}

/** Functions that exist for whole blocks of full windows. */
const SWEEPS: ReadonlyMap<string, Sweep> = new Map<string, Sweep>([
  ["avg_over_time", sweepMean],
  ["sum_over_time", sweepSum],
  ["min_over_time", sweepSmallest],
  ["max_over_time", sweepLargest],
]);

/** Fills columns with a function of the samples of recorded series in a window. */
export function rangeOperation(
  name: string,
  { profile, scrapeMs }: RangeRules,
  parameters: readonly number[],
  windowIndex: number,
  window: SampleWindow,
  { rows, columns }: Targets,
): Operation {
  const { of, least } = RANGE_FUNCTIONS.get(name)!;
  const endMs = -window.offsetMs;
  const range = { startMs: endMs - window.rangeMs, endMs, nowMs: 0, profile, parameters };
  const sweep = profile === "prom3" && window.oldest >= window.newest ? SWEEPS.get(name) : undefined;
  let times = new Float64Array(0);
  return (frame) => {
    const { stride, values, present, samples, backs, store, rest, restSize } = frame;
    if (times.length !== samples.length) times = new Float64Array(samples.length);
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!;
      const out = columns[k]! * stride;
      const swept = sweep !== undefined && store.optionalRow[row]! < 0;
      const left = swept ? sweep(frame, row, window, out) : allOf(frame);
      const more = swept ? restSize[windowIndex]! : 0;
      for (let r = 0; r < left + more; r++) {
        const i = r < left ? frame.left[r]! : rest[windowIndex * stride + r - left]!;
        const size = gatherSamples(frame, row, window, i);
        present[out + i] = size >= least ? 1 : 0;
        if (size < least) continue;
        for (let s = 0; s < size; s++) times[s] = -backs[s]! * scrapeMs;
        values[out + i] = of({ ...range, values: samples, times, size });
      }
    }
  };
}
