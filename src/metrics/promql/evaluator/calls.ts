/** Evaluates function calls. @module */

import { METRIC_NAME } from "../../labels.js";
import { absentLabels } from "../absent-labels.js";
import type { Call, Expr } from "../ast.js";
import { CALENDAR_FUNCTIONS } from "../calendar.js";
import { NATIVE_ONLY, ONLY_IN } from "../functions.js";
import { relabellerOf } from "../label-functions.js";
import { MATH_FUNCTIONS } from "../math-functions.js";
import { RANGE_FUNCTIONS, type RangeFunction, smoothingProblem } from "../range-functions.js";
import { histogramFractions, histogramQuantiles } from "./histograms.js";
import { type Evaluator, type InstantVector, noLabels, type VectorSample } from "./values.js";

/** Evaluates a call that gives a scalar. */
export function callScalar(call: Call, ms: number, evaluator: Evaluator): number {
  switch (call.name) {
    case "time":
      return ms / 1000;
    case "pi":
      return Math.PI;
    case "scalar": {
      const samples = evaluator.vector(call.args[0]!, ms);
      return samples.length === 1 ? samples[0]!.value : Number.NaN;
    }
    default:
      return evaluator.fail(call, `${call.name}() is not supported.`);
  }
}

/** Evaluates a call that gives an instant vector. */
export function callVector(call: Call, ms: number, evaluator: Evaluator): InstantVector {
  const { name, args } = call;
  const version = ONLY_IN.get(name);
  if (version !== undefined && version !== evaluator.profile)
    evaluator.fail(call, `${name}() is a function of ${version}, and not supported in ${evaluator.profile}.`);
  if (NATIVE_ONLY.includes(name)) evaluator.fail(call, `${name}() needs native histograms, which are not supported.`);
  const overRange = RANGE_FUNCTIONS.get(name);
  if (overRange !== undefined) return rangeCall(call, overRange, ms, evaluator);
  const special = SPECIAL.get(name);
  if (special !== undefined) return special(call, ms, evaluator);
  const calendar = CALENDAR_FUNCTIONS.get(name);
  if (calendar !== undefined && args.length === 0) return [{ labels: noLabels(), value: calendar(ms / 1000) }];
  const of = calendar ?? MATH_FUNCTIONS.get(name);
  if (of === undefined) return evaluator.fail(call, `${name}() is not supported.`);
  const samples = evaluator.vector(args[0]!, ms);
  const parameters = args.slice(1).map((arg) => evaluator.scalar(arg, ms));
  if (name === "clamp" && parameters[0]! > parameters[1]!) return [];
  if (name === "round" && parameters.length === 0) parameters.push(1);
  const [a = 0, b = 0] = parameters;
  const results = samples.map(({ labels, value }) => evaluator.unnamed(labels, of(value, a, b)));
  return evaluator.distinct(results, call);
}

function rangeCall(call: Call, fn: RangeFunction, ms: number, evaluator: Evaluator): InstantVector {
  const { profile } = evaluator;
  const at = call.args.findIndex(isRange);
  const { series, startMs, endMs } = evaluator.range(call.args[at]!, ms);
  const parameters = call.args.filter((_, k) => k !== at).map((arg) => evaluator.scalar(arg, ms));
  if (series.length > 0) checkParameters(call, parameters, evaluator);
  const samples: VectorSample[] = [];
  for (const { labels, times, values, dropsName = false } of series) {
    if (times.length < fn.least) continue;
    const value = fn.of({ times, values, size: times.length, startMs, endMs, nowMs: ms, profile, parameters });
    const result = fn.keepsName ? { labels, value, dropsName } : evaluator.unnamed(labels, value);
    evaluator.claim(call, result.labels, labels);
    samples.push(result);
  }
  return evaluator.distinct(samples, call);
}

function isRange(expr: Expr): boolean {
  return expr.kind === "matrix" || expr.kind === "subquery";
}

function checkParameters({ name, args }: Call, parameters: readonly number[], evaluator: Evaluator): void {
  parameters.forEach((factor, k) => {
    const problem = smoothingProblem(name, factor);
    if (problem !== undefined) evaluator.fail(args[k + 1]!, problem);
  });
}

type SpecialCall = (call: Call, ms: number, evaluator: Evaluator) => InstantVector;

const SPECIAL: ReadonlyMap<string, SpecialCall> = new Map<string, SpecialCall>([
  ["vector", ({ args }, ms, evaluator) => [{ labels: noLabels(), value: evaluator.scalar(args[0]!, ms) }]],
  [
    "timestamp",
    (call, ms, evaluator) => {
      const samples = evaluator.timestamps(call.args[0]!, ms);
      return evaluator.distinct(
        samples.map(({ labels, value }) => evaluator.unnamed(labels, value)),
        call,
      );
    },
  ],
  [
    "absent",
    ({ args }, ms, evaluator) =>
      evaluator.vector(args[0]!, ms).length > 0 ? [] : [{ labels: absentLabels(args[0]!), value: 1 }],
  ],
  [
    "absent_over_time",
    ({ args }, ms, evaluator) =>
      evaluator.range(args[0]!, ms).series.length > 0 ? [] : [{ labels: absentLabels(args[0]!), value: 1 }],
  ],
  ["sort", (call, ms, evaluator) => sorted(evaluator.vector(call.args[0]!, ms), 1)],
  ["sort_desc", (call, ms, evaluator) => sorted(evaluator.vector(call.args[0]!, ms), -1)],
  ["label_replace", relabelled],
  ["label_join", relabelled],
  ["histogram_quantile", histogramQuantiles],
  ["histogram_fraction", histogramFractions],
]);

type Relabeller = ReturnType<typeof relabellerOf>;

/** Regular expressions are compiled once per call. */
const relabellers = { prom2: new WeakMap<Call, Relabeller>(), prom3: new WeakMap<Call, Relabeller>() };

function relabelled(call: Call, ms: number, evaluator: Evaluator): InstantVector {
  let relabel = relabellers[evaluator.profile].get(call);
  if (relabel === undefined) {
    relabel = relabellerOf(call, evaluator);
    relabellers[evaluator.profile].set(call, relabel);
  }
  const labelsOf = relabel;
  const [target] = call.args.slice(1);
  const namesMetric = target?.kind === "string" && target.value === METRIC_NAME;
  const results = evaluator.vector(call.args[0]!, ms).map(({ labels, value, dropsName = false }) => ({
    labels: labelsOf(labels),
    value,
    dropsName: dropsName && !namesMetric,
  }));
  return evaluator.distinct(results, call);
}

/** By value; NaN comes last in either direction. */
function sorted(samples: InstantVector, direction: 1 | -1): InstantVector {
  return samples.toSorted(({ value: a }, { value: b }) => {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return a === b ? 0 : a < b ? -direction : direction;
  });
}
