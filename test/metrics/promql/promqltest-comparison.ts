/** Compares a result with what a test file expects. @module */
import type { PromqlResult } from "../../../src/metrics/promql/evaluator/evaluate.js";
import type { PromqlCase } from "./promqltest.js";
import type { ExpectedSeries } from "./promqltest-expectations.js";

/** What differs, or null. Numbers are equal up to a relative difference of 1e-6, as in Prometheus's own runner. */
export function differenceOf({ expected, startMs, stepMs }: PromqlCase, got: PromqlResult): string | null {
  const shown = `got ${text(got)}`;
  if (got.resultType === "string") return expected.string === got.result[1] ? null : shown;
  if (got.resultType === "scalar") {
    return expected.scalar !== null && isNear(got.result[1], expected.scalar) ? null : shown;
  }
  if (expected.scalar !== null || expected.string !== null) return shown;
  const times = expected.rangeVector ?? { startMs, stepMs };
  const points = got.result.map((one) => ({ ...one, points: "values" in one ? one.values : [one.value] }));
  if (points.length !== expected.series.length) return `expected ${expected.series.length} series, ${shown}`;
  for (const [k, series] of expected.series.entries()) {
    const key = keyOf(series.labels);
    const index = points.findIndex(({ metric }) => keyOf(metric) === key);
    if (index < 0 || (expected.ordered && index !== k)) return `expected ${key} at place ${k}, ${shown}`;
    const wanted = pointsOf(series, times.startMs, times.stepMs);
    const found = points[index]!.points;
    const same =
      wanted.length === found.length &&
      wanted.every(([time, value], i) => Math.abs(found[i]![0] - time) < 1e-6 && isNear(found[i]![1], value));
    if (!same) return `expected ${key} ${text(wanted)}, ${shown}`;
  }
  return null;
}

function pointsOf({ values }: ExpectedSeries, startMs: number, stepMs: number): [number, number][] {
  return values.flatMap((value, k): [number, number][] =>
    typeof value === "number" ? [[(startMs + k * stepMs) / 1000, value]] : [],
  );
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === "number" && !Number.isFinite(part) ? String(part) : part));
}

function isNear(a: number, b: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) / Math.min(Math.abs(a) + Math.abs(b), Number.MAX_VALUE) < 1e-6;
}
