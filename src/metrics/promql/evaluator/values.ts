/** Values that expressions take at one time, and what the parts of the general evaluation share. @module */
import { formatLabels, type LabelSet, labelKey } from "../../labels.js";
import type { Expr, Span } from "../ast.js";
import type { PromqlProfile } from "../sample-window.js";

/** One series of an instant vector. */
export interface VectorSample {
  readonly labels: LabelSet;
  readonly value: number;
  /** Whether the metric's name is to be dropped from the result of the query; only where that is delayed. */
  readonly dropsName?: boolean;
}

/** An instant vector. */
export type InstantVector = readonly VectorSample[];

/** Samples of one series in a range; staleness markers are left out. */
export interface RangeSeries {
  readonly labels: LabelSet;
  readonly dropsName?: boolean;
  /** Unit: milliseconds. */
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** A range vector, and the range it covers. Unit: milliseconds. */
export interface RangeVector {
  readonly series: readonly RangeSeries[];
  readonly startMs: number;
  readonly endMs: number;
}

/** What the parts of the evaluation share. Times are milliseconds since 1970. */
export interface Evaluator {
  readonly profile: PromqlProfile;
  scalar(expr: Expr, ms: number): number;
  vector(expr: Expr, ms: number): InstantVector;
  range(expr: Expr, ms: number): RangeVector;
  /** Like `vector`, with the times of the samples themselves. Unit: seconds. */
  timestamps(expr: Expr, ms: number): InstantVector;
  /** A value of a series without the metric's name, at once or, where that is delayed, in the query's result. */
  unnamed(labels: LabelSet, value: number): VectorSample;
  /** Checks that no label set comes twice. */
  distinct(samples: InstantVector, at: Span): InstantVector;
  /** Checks, in `prom2`, that a result's series comes from one series at all times of a range; `prom3` merges what does not overlap. */
  claim(at: Span, result: LabelSet, origin: LabelSet): void;
  /** Raises an error at a part of the query. */
  fail(at: Span, detail: string): never;
}

const NO_LABELS: LabelSet = new Map();
const keys = new WeakMap<LabelSet, string>();

/** The label set of a number that became a vector. */
export function noLabels(): LabelSet {
  return NO_LABELS;
}

/** A unique text of a label set, remembered. */
export function keyOf(labels: LabelSet): string {
  let key = keys.get(labels);
  if (key === undefined) {
    key = labelKey(labels);
    keys.set(labels, key);
  }
  return key;
}

/** The first label set that comes a second time, as text. */
export function firstTwin(samples: InstantVector): string | undefined {
  const seen = new Set<string>();
  for (const { labels } of samples) {
    const key = keyOf(labels);
    if (seen.has(key)) return formatLabels(labels);
    seen.add(key);
  }
  return undefined;
}
