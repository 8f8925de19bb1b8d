/** Aggregations of an instant vector. @module */
import { dropLabels, keepLabels, type LabelSet, labelSet, METRIC_NAME } from "../../labels.js";
import type { Aggregation } from "../ast.js";
import { GROUP_REDUCTIONS } from "../reductions.js";
import type { PromqlProfile } from "../sample-window.js";
import { formatFloat } from "./format-float.js";
import { Heap } from "./heap.js";
import { type Evaluator, type InstantVector, keyOf, type VectorSample } from "./values.js";

interface Group {
  readonly labels: LabelSet;
  readonly samples: VectorSample[];
}

/** Beyond it, a number of series does not fit Go's int64. */
const MOST = 2 ** 63;

/** Evaluates an aggregation. */
export function aggregate(aggregation: Aggregation, ms: number, evaluator: Evaluator): InstantVector {
  const { op, param, expr } = aggregation;
  if (op === "count_values") return countValues(aggregation, evaluator.vector(expr, ms), evaluator);
  const parameter = param === null ? 0 : evaluator.scalar(param, ms);
  const groups = groupsOf(aggregation, evaluator.vector(expr, ms));
  if (op === "topk" || op === "bottomk") {
    if (!(parameter < MOST && parameter >= -MOST)) {
      evaluator.fail(param!, `${op} needs a number of series, got ${parameter}.`);
    }
    return groups.flatMap(({ samples }) => extremes(op, Math.trunc(parameter), samples, evaluator.profile));
  }
  const reduce = GROUP_REDUCTIONS.get(op)!;
  return groups.map(({ labels, samples }) => {
    const values = Float64Array.from(samples, ({ value }) => value);
    const value = reduce(values, values.length, evaluator.profile, parameter);
    return { labels, value, dropsName: samples.some(({ dropsName }) => dropsName === true) };
  });
}

function groupsOf(aggregation: Aggregation, vector: InstantVector): Group[] {
  const groups = new Map<string, Group>();
  for (const sample of vector) {
    const labels = groupOf(aggregation, sample.labels);
    const group = groups.get(keyOf(labels));
    if (group) group.samples.push(sample);
    else groups.set(keyOf(labels), { labels, samples: [sample] });
  }
  return [...groups.values()];
}

/** The labels of a series' group, remembered per aggregation and label set. */
function groupOf(aggregation: Aggregation, labels: LabelSet): LabelSet {
  let known = remembered.get(aggregation);
  if (known === undefined) {
    known = new WeakMap();
    remembered.set(aggregation, known);
  }
  let group = known.get(labels);
  if (group === undefined) {
    const { grouping, labels: names } = aggregation;
    group = grouping === "by" ? keepLabels(labels, names) : dropLabels(labels, [...names, METRIC_NAME]);
    known.set(labels, group);
  }
  return group;
}

const remembered = new WeakMap<Aggregation, WeakMap<LabelSet, LabelSet>>();

/**
 * The k largest or smallest, best first; NaN comes last. Which of equals are kept follows from Go's heap, which `prom2` pops and
 * `prom3` mends.
 */
function extremes(
  op: "topk" | "bottomk",
  k: number,
  samples: readonly VectorSample[],
  profile: PromqlProfile,
): InstantVector {
  if (k < 1) return [];
  const worse = (a: number, b: number): boolean => Number.isNaN(a) || (op === "topk" ? a < b : a > b);
  const heap = new Heap<VectorSample>((a, b) => worse(a.value, b.value));
  for (const sample of samples) {
    const worst = heap.items[0]?.value ?? 0;
    if (heap.items.length < k) heap.push(sample);
    else if (!worse(worst, sample.value)) continue;
    else if (profile === "prom2" && k > 1) {
      heap.pop();
      heap.push(sample);
    } else if (profile === "prom2" || !(Number.isNaN(worst) && Number.isNaN(sample.value))) heap.replaceTop(sample);
  }
  return heap.items.toSorted((a, b) => (worse(b.value, a.value) ? -1 : worse(a.value, b.value) ? 1 : 0));
}

function countValues(aggregation: Aggregation, vector: InstantVector, evaluator: Evaluator): InstantVector {
  const { param } = aggregation;
  const label = param?.kind === "string" ? param.value : "";
  const valid = evaluator.profile === "prom2" ? /^[a-zA-Z_][a-zA-Z0-9_]*$/ : /^[^\uFFFD]+$/u;
  if (!valid.test(label)) evaluator.fail(param!, `${JSON.stringify(label)} is not a label name.`);
  const counts = new Map<string, { labels: LabelSet; value: number }>();
  for (const { labels, value } of vector) {
    const group = labelSet([...dropLabels(groupOf(aggregation, labels), [label]), [label, formatFloat(value)]]);
    const known = counts.get(keyOf(group));
    if (known) known.value++;
    else counts.set(keyOf(group), { labels: group, value: 1 });
  }
  return [...counts.values()];
}
