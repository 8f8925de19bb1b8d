/** Functions of all samples in a range: `avg_over_time` and its like. @module */
import { type Operation, WINDOW_FIELDS } from "./frame.js";
import { CompensatedSum } from "./sums.js";
import { gatherSamples, type PromqlProfile } from "./window.js";

type Reduction = (samples: Float64Array, size: number, sum: CompensatedSum, profile: PromqlProfile) => number;

const REDUCTIONS: ReadonlyMap<string, Reduction> = new Map<string, Reduction>([
  ["avg_over_time", meanOf],
  ["sum_over_time", sumOf],
  ["min_over_time", (samples, size) => extremeOf(samples, size, -1)],
  ["max_over_time", (samples, size) => extremeOf(samples, size, 1)],
  ["last_over_time", (samples, size) => samples[size - 1]!],
  ["count_over_time", (_samples, size) => size],
]);

/** Whether a function reduces a range to one number, and is supported. */
export function isOverTime(name: string): boolean {
  return REDUCTIONS.has(name);
}

/** Fills `target` with a function of the samples of a recorded series in a window. */
export function overTimeOperation(
  name: string,
  profile: PromqlProfile,
  windowIndex: number,
  row: number,
  target: number,
): Operation {
  const reduce = REDUCTIONS.get(name)!;
  const sum = new CompensatedSum();
  return (frame) => {
    const { stride, values, present, windows, size, samples } = frame;
    const covered = (windowIndex * WINDOW_FIELDS + 3) * stride;
    for (let i = 0; i < size; i++) {
      const n = windows[covered + i] === 0 ? 0 : gatherSamples(frame, row, windowIndex, i);
      present[target * stride + i] = n > 0 ? 1 : 0;
      if (n > 0) values[target * stride + i] = reduce(samples, n, sum, profile);
    }
  };
}

function sumOf(samples: Float64Array, size: number, sum: CompensatedSum, profile: PromqlProfile): number {
  sum.clear();
  for (let k = 0; k < size; k++) sum.add(samples[k]!, profile === "prom3");
  return isInfinite(sum.sum) ? sum.sum : sum.sum + sum.compensation;
}

/** `prom2` moves the mean by each sample; `prom3` divides the sum, and moves the mean only from where the sum overflows. */
function meanOf(samples: Float64Array, size: number, sum: CompensatedSum, profile: PromqlProfile): number {
  sum.clear();
  if (profile === "prom2") {
    for (let k = 0; k < size; k++) {
      const value = samples[k]!;
      if (isInfinite(sum.sum) && (isInfinite(value) ? sum.sum > 0 === value > 0 : !Number.isNaN(value))) continue;
      sum.add(value / (k + 1) - sum.sum / (k + 1), false);
    }
    return isInfinite(sum.sum) ? sum.sum : sum.sum + sum.compensation;
  }
  let moving = false;
  for (let k = 0; k < size; k++) {
    const { sum: before, compensation } = sum;
    const count = k + 1;
    if (!moving) {
      sum.add(samples[k]!, true);
      if (count === 1 || !isInfinite(sum.sum)) continue;
      moving = true;
      sum.sum = before / (count - 1);
      sum.compensation = compensation / (count - 1);
    }
    const share = (count - 1) / count;
    sum.sum *= share;
    sum.compensation *= share;
    sum.add(samples[k]! / count, true);
  }
  return moving ? sum.sum + sum.compensation : sum.sum / size + sum.compensation / size;
}

/** The largest (direction 1) or smallest (-1) sample; NaN only where all are. */
function extremeOf(samples: Float64Array, size: number, direction: number): number {
  let best = samples[0]!;
  for (let k = 1; k < size; k++) {
    const value = samples[k]!;
    if (value * direction > best * direction || Number.isNaN(best)) best = value;
  }
  return best;
}

function isInfinite(value: number): boolean {
  return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
}
