/** From values to places on a chart, with round ticks. @module */

/** One axis of a chart. */
export interface AxisScale {
  /** Place of a value, from 0 at the start of the axis to 1 at its end. */
  place(value: number): number;
  /** Round values to mark, within the axis. */
  readonly ticks: readonly number[];
}

/** An axis that holds all finite values and 0, ending at a round number. */
export function linearScale(values: readonly number[]): AxisScale {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(0, ...finite);
  const high = Math.max(0, ...finite);
  const step = roundStep((high - low || 1) / 4);
  const [first, last] = [Math.floor(low / step), Math.max(Math.ceil(high / step), Math.floor(low / step) + 1)];
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { place: (value) => (value / step - first) / (last - first), ticks };
}

/** An axis from the least to the greatest finite value, with ticks inside it; for values far from 0. */
export function spanScale(values: readonly number[]): AxisScale {
  const finite = values.filter(Number.isFinite);
  const [least, greatest] = finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)];
  const margin = 0.05 * (greatest - least || Math.abs(greatest) || 1);
  const [low, high] = [least - margin, greatest + margin];
  const step = roundStep((high - low) / 7);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  const ticks = Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step);
  return { place: (value) => (value - low) / (high - low), ticks };
}

/** A logarithmic axis over whole decades; values at or below 0 lie at its start. */
export function logScale(values: readonly number[]): AxisScale {
  const positive = values.filter((value) => Number.isFinite(value) && value > 0);
  const low = Math.floor(Math.log10(Math.min(...(positive.length === 0 ? [0.1] : positive))));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...(positive.length === 0 ? [1] : positive)))));
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  return { place: (value) => (value > 0 ? (Math.log10(value) - low) / (high - low) : 0), ticks };
}

/** Hours of an episode: at most seven ticks, at round parts or multiples of an hour. */
export function hourScale(hours: number): AxisScale {
  const step =
    [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 6, 12, 24].find((candidate) => hours / candidate <= 6.001) ?? Math.ceil(hours / 6);
  const ticks = Array.from({ length: Math.floor(hours / step + 1e-9) + 1 }, (_, index) => index * step);
  return { place: (value) => value / hours, ticks };
}

/** The least of 1, 2, 2.5, 5 times a power of ten that is not below a width. */
function roundStep(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= width * (1 - 1e-9)) ?? 10);
}
