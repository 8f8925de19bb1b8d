/** Evaluates a syntax tree at one time. @module */
import type { LabelSet } from "../../labels.js";
import type { AtModifier, Expr, Span, Subquery, VectorSelector } from "../ast.js";
import { withoutName } from "../matching.js";
import { ARITHMETIC, COMPARISONS } from "../math-functions.js";
import { queryError } from "../query-text.js";
import { countUntil, type SampleSet, type StoredSeries } from "../sample-set.js";
import type { PromqlProfile } from "../sample-window.js";
import { matcherTest } from "../selectors.js";
import { aggregate } from "./aggregate.js";
import { binaryVector } from "./binary.js";
import { callScalar, callVector } from "./calls.js";
import {
  type Evaluator,
  firstTwin,
  type InstantVector,
  keyOf,
  type RangeSeries,
  type RangeVector,
  type VectorSample,
} from "./values.js";

/** What an evaluation is of. Times are milliseconds. */
export interface EvaluationSettings {
  readonly source: SampleSet;
  readonly text: string;
  readonly profile: PromqlProfile;
  /** Whether names of metrics are dropped from results only. */
  readonly delayedNames?: boolean;
  readonly lookbackMs: number;
  readonly subqueryStepMs: number;
  /** The range of the whole query, which `@ start()` and `@ end()` mean. */
  readonly startMs: number;
  readonly endMs: number;
}

/** An evaluator of the expressions of one query. */
export function createEvaluator(settings: EvaluationSettings): Evaluator {
  const { text, profile, delayedNames = false } = settings;
  const selected = new Map<VectorSelector, readonly StoredSeries[]>();
  const claims = new Map<string, string>();
  const select = (selector: VectorSelector): readonly StoredSeries[] => {
    let series = selected.get(selector);
    if (series === undefined) {
      series = selectStored(selector, settings);
      selected.set(selector, series);
    }
    return series;
  };
  const evaluator: Evaluator = {
    profile,
    scalar: (expr, ms) => scalarAt(expr, ms, evaluator),
    vector: (expr, ms) =>
      expr.kind === "selector" ? instantVector(expr, select(expr), ms, settings, false) : vectorAt(expr, ms, evaluator),
    timestamps: (expr, ms) =>
      expr.kind === "selector"
        ? instantVector(expr, select(expr), ms, settings, true)
        : evaluator.vector(expr, ms).map(({ labels }) => ({ labels, value: ms / 1000 })),
    range: (expr, ms) => {
      if (expr.kind === "subquery") return subqueryRange(expr, ms, evaluator, settings);
      if (expr.kind !== "matrix") return evaluator.fail(expr, "expected a range vector.");
      return selectorRange(select(expr.selector), expr.selector, expr.rangeMs, ms, settings);
    },
    unnamed: (labels, value) =>
      delayedNames ? { labels, value, dropsName: true } : { labels: withoutName(labels), value },
    distinct: (samples, at) => {
      if (delayedNames) return samples;
      const twin = firstTwin(samples);
      return twin === undefined
        ? samples
        : evaluator.fail(at, `the result has two series ${twin}; aggregate, or select one metric.`);
    },
    claim: (at, result, origin) => {
      if (profile === "prom3") return;
      const key = `${at.from} ${at.to} ${keyOf(result)}`;
      const known = claims.get(key);
      if (known === undefined) claims.set(key, keyOf(origin));
      else if (known !== keyOf(origin)) {
        const shown = firstTwin([
          { labels: result, value: 0 },
          { labels: result, value: 0 },
        ]);
        evaluator.fail(at, `the result has two series ${shown}; aggregate, or select one metric.`);
      }
    },
    fail: (at: Span, detail: string) => {
      throw queryError(text, at, detail);
    },
  };
  return evaluator;
}

function scalarAt(expr: Expr, ms: number, evaluator: Evaluator): number {
  switch (expr.kind) {
    case "number":
      return expr.value;
    case "unary":
      return expr.op === "-" ? -evaluator.scalar(expr.expr, ms) : evaluator.scalar(expr.expr, ms);
    case "binary": {
      const operator = (ARITHMETIC.get(expr.op) ?? COMPARISONS.get(expr.op))!;
      return operator(evaluator.scalar(expr.left, ms), evaluator.scalar(expr.right, ms));
    }
    case "call":
      return callScalar(expr, ms, evaluator);
    default:
      return evaluator.fail(expr, "expected a scalar.");
  }
}

function vectorAt(expr: Expr, ms: number, evaluator: Evaluator): InstantVector {
  switch (expr.kind) {
    case "unary": {
      const samples = evaluator.vector(expr.expr, ms);
      if (expr.op === "+") return samples;
      const negated = samples.map(({ labels, value }) => {
        const result = evaluator.unnamed(labels, -value);
        evaluator.claim(expr, result.labels, labels);
        return result;
      });
      return evaluator.distinct(negated, expr);
    }
    case "binary":
      return evaluator.distinct(binaryVector(expr, ms, evaluator), expr);
    case "call":
      return callVector(expr, ms, evaluator);
    case "aggregation":
      return aggregate(expr, ms, evaluator);
    default:
      return evaluator.fail(expr, "expected an instant vector.");
  }
}

function selectStored(selector: VectorSelector, { source, text, profile }: EvaluationSettings): StoredSeries[] {
  const tests = selector.matchers.map((matcher) => [matcher.label, matcherTest(matcher, text, profile)] as const);
  return source.series.filter(({ labels }) => tests.every(([label, test]) => test(labels.get(label) ?? "")));
}

/** The time that a selector or subquery looks at. */
function timeOf(
  { at, offsetMs }: { readonly at: AtModifier | null; readonly offsetMs: number },
  ms: number,
  { startMs, endMs }: EvaluationSettings,
): number {
  const base = at === null ? ms : at === "start" ? startMs : at === "end" ? endMs : at;
  return base - offsetMs;
}

function instantVector(
  selector: VectorSelector,
  series: readonly StoredSeries[],
  ms: number,
  settings: EvaluationSettings,
  timestamps: boolean,
): InstantVector {
  const time = timeOf(selector, ms, settings);
  const oldest = time - settings.lookbackMs;
  const closed = settings.profile === "prom2";
  const samples: VectorSample[] = [];
  for (const { labels, times, values, stale } of series) {
    const k = countUntil(times, time, true) - 1;
    if (k < 0 || times[k]! < oldest || (!closed && times[k] === oldest) || stale?.[k] === 1) continue;
    samples.push({ labels, value: timestamps ? times[k]! / 1000 : values[k]! });
  }
  return samples;
}

function selectorRange(
  series: readonly StoredSeries[],
  selector: VectorSelector,
  rangeMs: number,
  ms: number,
  settings: EvaluationSettings,
): RangeVector {
  const endMs = timeOf(selector, ms, settings);
  const startMs = endMs - rangeMs;
  const found: RangeSeries[] = [];
  for (const { labels, liveTimes, liveValues } of series) {
    const from = countUntil(liveTimes, startMs, settings.profile === "prom3");
    const to = countUntil(liveTimes, endMs, true);
    if (to > from) found.push({ labels, times: liveTimes.subarray(from, to), values: liveValues.subarray(from, to) });
  }
  return { series: found, startMs, endMs };
}

/** Evaluates the inner expression at all multiples of the step within the range. */
function subqueryRange(
  subquery: Subquery,
  ms: number,
  evaluator: Evaluator,
  settings: EvaluationSettings,
): RangeVector {
  const { rangeMs } = subquery;
  const stepMs = subquery.stepMs ?? settings.subqueryStepMs;
  const endMs = timeOf(subquery, ms, settings);
  const startMs = endMs - rangeMs;
  let first = Math.trunc(startMs / stepMs) * stepMs;
  while (first < startMs || (settings.profile === "prom3" && first === startMs)) first += stepMs;
  const series = new Map<string, { labels: LabelSet; dropsName: boolean; times: number[]; values: number[] }>();
  for (let time = first; time <= endMs; time += stepMs) {
    for (const { labels, value, dropsName = false } of evaluator.vector(subquery.expr, time)) {
      const key = keyOf(labels);
      const known = series.get(key) ?? { labels, dropsName, times: [], values: [] };
      known.times.push(time);
      known.values.push(value);
      series.set(key, known);
    }
  }
  const found = [...series.values()].map(({ labels, dropsName, times, values }) => ({
    labels,
    dropsName,
    times: Float64Array.from(times),
    values: Float64Array.from(values),
  }));
  return { series: found, startMs, endMs };
}
