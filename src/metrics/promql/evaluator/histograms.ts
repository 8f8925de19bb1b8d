/** Functions of classic histograms. @module */
import { dropLabels, type LabelSet, METRIC_NAME } from "../../labels.js";
import type { Call, Expr } from "../ast.js";
import { boundOf, bucketFraction, bucketQuantile } from "../bucket-quantile.js";
import { type Evaluator, type InstantVector, keyOf } from "./values.js";

interface Histogram {
  readonly labels: LabelSet;
  readonly uppers: Float64Array;
  readonly counts: Float64Array;
}

/** histogram_quantile of classic histograms. */
export function histogramQuantiles(call: Call, ms: number, evaluator: Evaluator): InstantVector {
  const quantile = evaluator.scalar(call.args[0]!, ms);
  const results = histogramsOf(call.args[1]!, ms, evaluator).map(({ labels, uppers, counts }) => ({
    labels,
    value: bucketQuantile(quantile, uppers, counts, uppers.length, evaluator.profile),
  }));
  return evaluator.distinct(results, call);
}

/** histogram_fraction of classic histograms, which only `prom3` has. */
export function histogramFractions(call: Call, ms: number, evaluator: Evaluator): InstantVector {
  const [lower, upper] = [evaluator.scalar(call.args[0]!, ms), evaluator.scalar(call.args[1]!, ms)];
  const results = histogramsOf(call.args[2]!, ms, evaluator).map(({ labels, uppers, counts }) => ({
    labels,
    value: bucketFraction(lower, upper, uppers, counts),
  }));
  return evaluator.distinct(results, call);
}

/** The series of a vector with a numeric `le`, by their other labels. Buckets with one bound are added up. */
function histogramsOf(expr: Expr, ms: number, evaluator: Evaluator): Histogram[] {
  const groups = new Map<string, { labels: LabelSet; buckets: Map<number, number> }>();
  for (const { labels, value } of evaluator.vector(expr, ms)) {
    const bound = boundOf(labels.get("le"));
    if (bound === undefined) continue;
    const group = groupOf(labels);
    const known = groups.get(keyOf(group)) ?? { labels: withoutBound(group), buckets: new Map<number, number>() };
    const before = known.buckets.get(bound);
    known.buckets.set(bound, before === undefined ? value : before + value);
    groups.set(keyOf(group), known);
  }
  return [...groups.values()].map(({ labels, buckets }) => {
    const sorted = [...buckets].sort(([a], [b]) => (a === b ? 0 : a - b));
    return {
      labels,
      uppers: Float64Array.from(sorted, ([bound]) => bound),
      counts: Float64Array.from(sorted, ([, count]) => count),
    };
  });
}

const groupsByLabels = new WeakMap<LabelSet, LabelSet>();

function groupOf(labels: LabelSet): LabelSet {
  let group = groupsByLabels.get(labels);
  if (group === undefined) {
    group = dropLabels(labels, ["le"]);
    groupsByLabels.set(labels, group);
  }
  return group;
}

function withoutBound(group: LabelSet): LabelSet {
  return dropLabels(group, [METRIC_NAME]);
}
