/** Measures as people read them. @module */
import type { MeanInterval } from "./bootstrap-mean.js";
import type { MeasureName } from "./measures.js";

/** Headings, with the unit. */
export const MEASURE_TITLES: Readonly<Record<MeasureName, string>> = Object.freeze({
  return: "return",
  costUsd: "cost USD",
  slaViolation: "SLA violation %",
  p95Seconds: "p95 s",
  changes: "changes",
});

const DIGITS: Readonly<Record<MeasureName, number>> = {
  return: 2,
  costUsd: 2,
  slaViolation: 2,
  p95Seconds: 3,
  changes: 0,
};

/** A measure in the unit of its heading: `1.23`, or `1.23 [1.20, 1.27]` for a mean with its interval. */
export function formatMeasure(measure: MeasureName, value: number | MeanInterval): string {
  if (typeof value === "number") return formatNumber(measure, value);
  const { mean, low, high } = value;
  return `${formatNumber(measure, mean)} [${formatNumber(measure, low)}, ${formatNumber(measure, high)}]`;
}

function formatNumber(measure: MeasureName, value: number): string {
  return (measure === "slaViolation" ? 100 * value : value).toFixed(DIGITS[measure]);
}
