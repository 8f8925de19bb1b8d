/** Queries over any samples at any times, by the rules of Prometheus. @module */
import { InvalidOptionError } from "../../../errors.js";
import type { LabelSet } from "../../labels.js";
import type { Expr, ValueType } from "../ast.js";
import { checkTypes } from "../check.js";
import { withoutName } from "../matching.js";
import { parsePromql } from "../parse.js";
import { queryError } from "../query-text.js";
import type { SampleSet } from "../sample-set.js";
import type { PromqlProfile } from "../sample-window.js";
import { createEvaluator } from "./expressions.js";
import { type Evaluator, firstTwin, type InstantVector, keyOf } from "./values.js";

/** Labels of a result's series, the metric's name included as `__name__`. */
export type ResultMetric = Readonly<Record<string, string>>;

/** A sample of a result: time in seconds, value. */
export type ResultPoint = readonly [timeSeconds: number, value: number];

/** The result of a query, in the shape of Prometheus's HTTP API with numbers as numbers. */
export type PromqlResult =
  | { readonly resultType: "scalar"; readonly result: ResultPoint }
  | { readonly resultType: "string"; readonly result: readonly [timeSeconds: number, value: string] }
  | {
      readonly resultType: "vector";
      readonly result: readonly { readonly metric: ResultMetric; readonly value: ResultPoint }[];
    }
  | {
      readonly resultType: "matrix";
      readonly result: readonly { readonly metric: ResultMetric; readonly values: readonly ResultPoint[] }[];
    };

/** A range query: evaluated at the start and every step until the end. Unit: seconds. */
export interface EvaluationRange {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Above 0. */
  readonly stepSeconds: number;
}

/** Options of {@link evaluatePromql}: a time, or a range. */
export interface EvaluateOptions {
  /** Time of evaluation. Unit: seconds since 1970. */
  readonly timeSeconds?: number;
  readonly range?: EvaluationRange;
  /** Prometheus's rules to follow. @defaultValue "prom3" */
  readonly profile?: PromqlProfile;
  /** How long a sample answers for its series. Unit: seconds. @defaultValue 300 */
  readonly lookbackSeconds?: number;
  /**
   * Whether functions leave the metric's name, and only the query's result drops it, so that label_replace can use it: what Prometheus 3's
   * feature flag promql-delayed-name-removal does. For `prom3`. @defaultValue false
   */
  readonly delayedNames?: boolean;
  /** Resolution of subqueries that give none. Unit: seconds. @defaultValue 60 */
  readonly subqueryStepSeconds?: number;
}

/** Points of a range query, at most, as Prometheus allows them. */
const MOST_POINTS = 11_000;

/**
 * Evaluates a query over samples in memory.
 *
 * @param query - Text, or what {@link parsePromql} made of one.
 * @throws InvalidQueryError when the query is invalid, is not supported, or cannot be evaluated: series that match many to many,
 * a result with one label set twice; InvalidOptionError when neither a time nor a range is given
 * @example
 * const source = new SampleSet([{ labels: { __name__: "up" }, samples: [{ t: 0, v: 1 }] }]);
 * evaluatePromql("up + 1", source, { timeSeconds: 60 });
 * // { resultType: "vector", result: [{ metric: {}, value: [60, 2] }] }
 */
export function evaluatePromql(query: string | Expr, source: SampleSet, options: EvaluateOptions): PromqlResult {
  const text = typeof query === "string" ? query : "";
  const expr = typeof query === "string" ? parsePromql(query, options.profile) : query;
  const type = checkTypes(expr, text);
  const { timeSeconds, range } = options;
  if (range !== undefined) return evaluateRange(expr, type, text, source, range, options);
  const ms = millisecondsOf("timeSeconds", timeSeconds);
  const settings = settingsOf(options);
  const evaluator = createEvaluator({ ...settings, source, text, startMs: ms, endMs: ms });
  switch (type) {
    case "string":
      return { resultType: type, result: [ms / 1000, expr.kind === "string" ? expr.value : ""] };
    case "scalar":
      return { resultType: type, result: [ms / 1000, evaluator.scalar(expr, ms)] };
    case "vector": {
      const samples = namedAtLast(evaluator.vector(expr, ms), evaluator, expr, settings);
      return {
        resultType: type,
        result: samples.map(({ labels, value }) => ({ metric: metricOf(labels), value: [ms / 1000, value] })),
      };
    }
    case "matrix": {
      const { series } = evaluator.range(expr, ms);
      const result = series.map(({ labels, times, values }) => ({
        metric: metricOf(labels),
        values: Array.from(times, (time, k): ResultPoint => [time / 1000, values[k]!]),
      }));
      return { resultType: type, result };
    }
  }
}

function evaluateRange(
  expr: Expr,
  type: ValueType,
  text: string,
  source: SampleSet,
  range: EvaluationRange,
  options: EvaluateOptions,
): PromqlResult {
  const startMs = millisecondsOf("range.startSeconds", range.startSeconds);
  const endMs = millisecondsOf("range.endSeconds", range.endSeconds);
  const stepMs = millisecondsOf("range.stepSeconds", range.stepSeconds);
  if (stepMs <= 0) throw new InvalidOptionError("range.stepSeconds", "at least 0.001 (seconds)", range.stepSeconds);
  if (endMs < startMs) {
    throw new InvalidOptionError(
      "range.endSeconds",
      `at least ${range.startSeconds} (range.startSeconds)`,
      range.endSeconds,
    );
  }
  if ((endMs - startMs) / stepMs > MOST_POINTS) {
    throw new InvalidOptionError("range.stepSeconds", `large enough for ${MOST_POINTS} points`, range.stepSeconds);
  }
  if (type === "matrix" || type === "string") {
    throw queryError(text, expr, "a query over a range must give a scalar or an instant vector.");
  }
  const settings = settingsOf(options);
  const evaluator = createEvaluator({ ...settings, source, text, startMs, endMs });
  const series = new Map<string, { metric: ResultMetric; values: ResultPoint[] }>();
  for (let ms = startMs; ms <= endMs; ms += stepMs) {
    const samples: InstantVector =
      type === "scalar"
        ? [{ labels: new Map(), value: evaluator.scalar(expr, ms) }]
        : namedAtLast(evaluator.vector(expr, ms), evaluator, expr, settings);
    for (const { labels, value } of samples) {
      const key = keyOf(labels);
      const known = series.get(key) ?? { metric: metricOf(labels), values: [] };
      known.values.push([ms / 1000, value]);
      series.set(key, known);
    }
  }
  const sorted = [...series].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  return { resultType: "matrix", result: sorted };
}

/** A result with the names dropped that were left until now. */
function namedAtLast(
  samples: InstantVector,
  evaluator: Evaluator,
  expr: Expr,
  { delayedNames }: Settings,
): InstantVector {
  if (!delayedNames) return samples;
  const named = samples.map(({ labels, value, dropsName }) => ({
    labels: dropsName ? withoutName(labels) : labels,
    value,
  }));
  const twin = firstTwin(named);
  if (twin !== undefined) evaluator.fail(expr, `the result has two series ${twin}; aggregate, or select one metric.`);
  return named;
}

function metricOf(labels: LabelSet): ResultMetric {
  return Object.fromEntries(labels);
}

interface Settings {
  readonly profile: PromqlProfile;
  readonly lookbackMs: number;
  readonly subqueryStepMs: number;
  readonly delayedNames: boolean;
}

function settingsOf(options: EvaluateOptions): Settings {
  const { profile = "prom3", lookbackSeconds = 300, subqueryStepSeconds = 60, delayedNames = false } = options;
  return {
    profile,
    delayedNames: delayedNames && profile === "prom3",
    lookbackMs: millisecondsOf("lookbackSeconds", lookbackSeconds),
    subqueryStepMs: millisecondsOf("subqueryStepSeconds", subqueryStepSeconds),
  };
}

function millisecondsOf(option: string, seconds: number | undefined): number {
  const milliseconds = Math.round((seconds ?? Number.NaN) * 1000);
  if (!Number.isSafeInteger(milliseconds)) throw new InvalidOptionError(option, "a finite number (seconds)", seconds);
  return milliseconds;
}
