/** Workload from a file: a recorded trace, one UTC day an episode. @module */
import { basename } from "node:path";
import { InvalidOptionError, InvalidTraceError } from "../errors.js";
import { streamKey } from "../simulator/stream.js";
import { checkRequest, knotsOf } from "./generator.js";
import { applyNoise } from "./noise.js";
import { checkNoise, checkRange } from "./option-check.js";
import { type TraceDay, traceDays } from "./trace-days.js";
import { readTraceRows } from "./trace-file.js";
import { type TraceGaps, traceRates } from "./trace-gaps.js";
import { resample } from "./trace-resampling.js";
import { type EpisodeRequest, KNOT_SECONDS, type RateSeries, type Split, type Workload } from "./workload.js";

/** Options of {@link trace}. */
export interface TraceOptions {
  /** What to do where the spacing of two rows is longer than the period. @defaultValue "error" */
  readonly gaps?: TraceGaps;
  /** How many times faster the trace runs than it was recorded, from 1 to 1440. Rates stay what they are. @defaultValue 1 */
  readonly compress?: number;
  /** Relative standard deviation of the noise, from 0 to 0.5. @defaultValue 0 */
  readonly noise?: number;
  /**
   * What the 99.5th percentile of the trace's rates is scaled to: the environment's reference rate, a rate in requests per
   * second, or nothing. @defaultValue "reference"
   */
  readonly peak?: "reference" | "none" | number;
}

/** A workload that was read from a file, with what is known about it. */
export interface TraceWorkload extends Workload {
  /** Length of a period of the file. Unit: seconds. */
  readonly periodSeconds: number;
  /** The 99.5th percentile of the rates in the file. Unit: requests per second. */
  readonly recordedPeak: number;
  /** The days of each split, as ISO dates. */
  readonly days: Readonly<Record<Split, readonly string[]>>;
  /** Whether both splits use the same day, because the file has only one. */
  readonly daysShared: boolean;
}

const PERCENTILE = 0.995;

/**
 * A workload from a CSV file of two columns: times (ISO 8601, or `YYYY-MM-DD hh:mm:ss` as UTC, or seconds) and requests per
 * period. A header is optional.
 *
 * An episode is one UTC day of the file, request `index` takes day `index` modulo the days of the split: the last three
 * sevenths of the whole days are for tests. With `compress`, a day lasts 86400 / compress seconds.
 * Rates are linear between the middles of periods, and means over a knot where knots are wider than periods.
 *
 * @param file - Path of the file.
 * @throws InvalidTraceError, InvalidOptionError
 * @example
 * trace("traffic.csv", { gaps: "interpolate", compress: 12 });
 */
export function trace(
  file: string,
  { gaps = "error", compress = 1, noise = 0, peak = "reference" }: TraceOptions = {},
): TraceWorkload {
  if (gaps !== "error" && gaps !== "hold" && gaps !== "interpolate") {
    throw new InvalidOptionError("gaps", '"error", "hold" or "interpolate"', gaps);
  }
  checkRange("compress", compress, 1, 1_440, "a factor");
  checkNoise(noise);
  if (peak !== "reference" && peak !== "none" && !(typeof peak === "number" && peak > 0 && Number.isFinite(peak))) {
    throw new InvalidOptionError("peak", '"reference", "none" or a number above 0 (requests per second)', peak);
  }
  const recorded = traceRates(file, readTraceRows(file), gaps);
  const recordedPeak = percentile(recorded.rates, PERCENTILE);
  if (peak !== "none" && !(recordedPeak > 0)) {
    const detail =
      'Expected requests to scale, got a 99.5th percentile of 0. Pass peak: "none" to use the rates as they are.';
    throw new InvalidTraceError(file, 0, detail);
  }
  const days = traceDays(recorded);
  const durationSeconds = Math.floor(days.lengthSeconds / compress / KNOT_SECONDS) * KNOT_SECONDS;
  if (durationSeconds === 0) {
    const detail = `Expected a trace of at least ${KNOT_SECONDS} s, got ${days.lengthSeconds / compress} s after compression.`;
    throw new InvalidTraceError(file, 0, detail);
  }
  return Object.freeze({
    name: basename(file),
    options: Object.freeze({ file, gaps, compress, noise, peak }),
    durationSeconds,
    periodSeconds: recorded.periodSeconds,
    recordedPeak,
    days: Object.freeze({ train: days.train.map(isoDate), test: days.test.map(isoDate) }),
    daysShared: days.shared,
    series(request: EpisodeRequest): RateSeries {
      checkRequest(request);
      checkEnd(request, durationSeconds);
      const ofSplit = days[request.split];
      const day = ofSplit[request.index % ofSplit.length]!;
      const scale = peak === "none" ? 1 : (peak === "reference" ? request.referenceRate : peak) / recordedPeak;
      const { rates, announced } = knotsOf(request);
      const firstKnot = request.offsetSeconds / KNOT_SECONDS;
      resample(recorded, day.startSeconds, KNOT_SECONDS * compress, firstKnot, rates);
      for (let k = 0; k < rates.length; k++) rates[k] = scale * rates[k]!;
      const key = streamKey(request.seed, `trace/${request.split}/${request.index}/noise`);
      applyNoise(rates, firstKnot, key, noise);
      return { startSeconds: day.startSeconds + request.offsetSeconds, rates, announced };
    },
  });
}

function checkEnd({ offsetSeconds, durationSeconds }: EpisodeRequest, length: number): void {
  if (offsetSeconds + durationSeconds <= length) return;
  const expected = `at most ${length - offsetSeconds} s, to the end of the trace's day`;
  throw new InvalidOptionError("durationSeconds", expected, durationSeconds);
}

function isoDate({ startSeconds }: TraceDay): string {
  return new Date(startSeconds * 1_000).toISOString().slice(0, 10);
}

/** The value below which a share of the values lies, linear between ranks. */
function percentile(values: Float64Array, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const rank = share * (sorted.length - 1);
  const below = Math.floor(rank);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (rank - below) * (sorted[above]! - sorted[below]!);
}
