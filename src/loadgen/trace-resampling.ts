/** Brings a trace's rates to evenly spaced knots. @module */
import type { TraceRates } from "./trace-gaps.js";

/**
 * The rates of a trace at even times: the value of the line through the periods' middles, or its mean over a knot's width
 * where knots are wider than periods, so that no requests are lost. Before the first middle and after the last it is level.
 *
 * @param startSeconds - Time of knot 0, in the trace's own time.
 * @param widthSeconds - Distance of the knots in the trace's own time, above 0.
 * @param firstKnot - Number of the first knot wanted.
 * @param into - Filled with requests per second; entry k belongs to knot `firstKnot + k`.
 */
export function resample(
  trace: TraceRates,
  startSeconds: number,
  widthSeconds: number,
  firstKnot: number,
  into: Float32Array,
): void {
  const mean = widthSeconds > trace.periodSeconds;
  const timeOf = (knot: number): number => startSeconds + knot * widthSeconds;
  let segment = segmentAt(trace.middles, timeOf(firstKnot - 0.5));
  for (let k = 0; k < into.length; k++) {
    const knot = firstKnot + k;
    if (!mean) {
      segment = advance(trace.middles, segment, timeOf(knot));
      into[k] = valueAt(trace, segment, timeOf(knot));
      continue;
    }
    const left = timeOf(knot - 0.5);
    const right = timeOf(knot + 0.5);
    let area = 0;
    for (let x = left; x < right; ) {
      segment = advance(trace.middles, segment, x);
      const end = Math.min(right, trace.middles[segment + 1] ?? right);
      area += 0.5 * (end - x) * (valueAt(trace, segment, x) + valueAt(trace, segment, end));
      x = end;
    }
    into[k] = area / (right - left);
  }
}

/** The line's value in the segment from middle `segment` to the next; -1 lies before the first middle. */
function valueAt({ middles, rates }: TraceRates, segment: number, time: number): number {
  if (segment < 0) return rates[0]!;
  if (segment + 1 >= middles.length) return rates[segment]!;
  const left = middles[segment]!;
  const share = (time - left) / (middles[segment + 1]! - left);
  return rates[segment]! + share * (rates[segment + 1]! - rates[segment]!);
}

function advance(middles: Float64Array, segment: number, time: number): number {
  while (segment + 1 < middles.length && middles[segment + 1]! <= time) segment++;
  return segment;
}

/** The last segment that begins at or before a time, or -1. */
function segmentAt(middles: Float64Array, time: number): number {
  let low = -1;
  let high = middles.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (middles[middle]! <= time) low = middle;
    else high = middle;
  }
  return low;
}
