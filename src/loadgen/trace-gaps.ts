/** Gaps in traces: found, refused or filled. @module */
import { InvalidTraceError } from "../errors.js";
import type { TraceRows } from "./trace-file.js";

/** What to do about a gap: refuse it, go on with the last period's rate, or draw a line over it. */
export type TraceGaps = "error" | "hold" | "interpolate";

/** A trace without gaps: rates at the middles of its periods, linear in between. */
export interface TraceRates {
  /** Length of a period. Unit: seconds. */
  readonly periodSeconds: number;
  /** Middles of the periods, rising. Unit: seconds. */
  readonly middles: Float64Array;
  /** Mean rates of the periods. Unit: requests per second. */
  readonly rates: Float64Array;
}

/**
 * Turns counts into rates. The period is the spacing that more than half of the rows have; any longer one is a gap.
 *
 * @throws InvalidTraceError for a gap with `error`, and for a spacing shorter than the period.
 */
export function traceRates(file: string, { times, counts, lines }: TraceRows, gaps: TraceGaps): TraceRates {
  const periodSeconds = medianSpacing(times);
  const middles: number[] = [];
  const rates: number[] = [];
  for (let i = 0; i < times.length; i++) {
    const rate = counts[i]! / periodSeconds;
    middles.push(times[i]! + periodSeconds / 2);
    rates.push(rate);
    const spacing = i + 1 < times.length ? times[i + 1]! - times[i]! : periodSeconds;
    if (Math.abs(spacing - periodSeconds) < 1e-6) continue;
    if (spacing < periodSeconds) {
      const detail = `Expected a row every ${periodSeconds} s, got one after ${round(spacing)} s. Put the rows on one spacing.`;
      throw new InvalidTraceError(file, lines[i + 1]!, detail);
    }
    if (gaps === "error") {
      const advice = 'Fill it in the file, or pass gaps: "hold" or "interpolate".';
      const detail = `Expected a row every ${periodSeconds} s, got a gap of ${round(spacing)} s. ${advice}`;
      throw new InvalidTraceError(file, lines[i + 1]!, detail);
    }
    // A held rate lasts until the next row's period; a line needs no points of its own.
    for (let k = 1; gaps === "hold" && k * periodSeconds < spacing - 1e-6; k++) {
      middles.push(times[i]! + (k + 0.5) * periodSeconds);
      rates.push(rate);
    }
  }
  return { periodSeconds, middles: Float64Array.from(middles), rates: Float64Array.from(rates) };
}

function medianSpacing(times: Float64Array): number {
  const spacings = times.slice(1).map((time, i) => time - times[i]!);
  return round(spacings.sort()[spacings.length >> 1]!);
}

/** Microseconds are below what a time in seconds can hold. */
function round(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
