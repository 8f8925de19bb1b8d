/** rate, increase, delta and irate, extrapolated as Prometheus does. @module */
import { Opcode } from "../column-codes.js";
import { differenceOf, extrapolationFactor, type RateFunction, timeToZero } from "./extrapolation.js";
import type { Frame, Operation, Step } from "./frame.js";
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
export function rateStep(extrapolation: Extrapolation, windowIndex: number, { rows, columns }: Targets): Step {
  const { window, fn, scrapeMs } = extrapolation;
  const { oldest, newest, rangeMs, offsetMs } = window;
  const most = oldest - newest + 1;
  const ratesOf = (frame: Frame, k: number, environments: Int32Array, from: number, size: number): void => {
    const out = columns[k]! * frame.stride;
    for (let r = from; r < from + size; r++) slowRate(extrapolation, frame, rows[k]!, environments[r]!, out);
  };
  if (most < 2) {
    return (frame) => {
      const size = allOf(frame);
      for (let k = 0; k < rows.length; k++) ratesOf(frame, k, frame.left, 0, size);
    };
  }
  const factor = factorOf(extrapolation, oldest, newest, most, Number.POSITIVE_INFINITY);
  // Below this ratio of first value to difference, the zero point may matter; the exact test follows.
  const toStart = (rangeMs + offsetMs - oldest * scrapeMs) / ((oldest - newest) * scrapeMs);
  const nearZero = fn === "delta" ? -1 : toStart * (1 + 1e-9);
  return {
    write: (code, step) => {
      const { optionalRow, numEnvs } = code.shape;
      const series = Array.from(rows, (row, k) => {
        const optional = optionalRow[row]!;
        return [code.row(row), optional < 0 ? -1 : optional * numEnvs, code.column(columns[k]!)];
      });
      code.write(Opcode.rates, [step, windowIndex, oldest, rows.length, ...series.flat()], [factor, nearZero]);
    },
    host: (frame, k, listed) => {
      ratesOf(frame, k, frame.left, 0, listed);
      ratesOf(frame, k, frame.rest, windowIndex * frame.stride, frame.restSize[windowIndex]!);
    },
  };
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
