/** Aggregations over the series of a vector: sum, avg, min, max, count. @module */
import { dropLabels, keepLabels, type LabelSet, labelKey, METRIC_NAME } from "../labels.js";
import type { Aggregation } from "./ast.js";
import type { CompileContext, Compiled } from "./compiled.js";
import type { Operation } from "./frame.js";
import { largest, smallest } from "./over-time.js";
import type { PromqlProfile } from "./sample-window.js";
import { compensatedSum, dividedMean, movingMean, plainSum } from "./sums.js";

type Reduction = (values: Float64Array, size: number, profile: PromqlProfile) => number;

const REDUCTIONS: ReadonlyMap<string, Reduction> = new Map<string, Reduction>([
  ["sum", (values, n, profile) => (profile === "prom2" ? plainSum(values, n) : compensatedSum(values, n, profile))],
  [
    "avg",
    (values, n, profile) =>
      profile === "prom2" ? movingMean(values, 1, n, values[0]!, 0, false, false) : dividedMean(values, n),
  ],
  ["min", smallest],
  ["max", largest],
]);

/** Compiles an aggregation: one column per group, of the series' columns in their order. */
export function compileAggregation(aggregation: Aggregation, context: CompileContext): Compiled {
  const { op, grouping, labels } = aggregation;
  const { builder, fail } = context;
  const reduce = REDUCTIONS.get(op);
  if (reduce === undefined && op !== "count") return fail(aggregation, `${op} is not supported yet.`);
  const groups = new Map<string, { labels: LabelSet; columns: number[] }>();
  for (const series of context.vector(aggregation.expr)) {
    const group =
      grouping === "by" ? keepLabels(series.labels, labels) : dropLabels(series.labels, [...labels, METRIC_NAME]);
    const key = labelKey(group);
    const known = groups.get(key);
    if (known) known.columns.push(series.column);
    else groups.set(key, { labels: group, columns: [series.column] });
  }
  const series = [...groups.values()].map((group) => {
    const [only] = group.columns;
    if (group.columns.length === 1 && op !== "count") return { labels: group.labels, column: only! };
    const columns = Int32Array.from(group.columns);
    const column = builder.column(`${op} ${group.columns.join(" ")}`, (target) =>
      reduce === undefined ? countOperation(columns, target) : groupOperation(reduce, builder.profile, columns, target),
    );
    return { labels: group.labels, column };
  });
  return { type: "vector", series, exclusive: false };
}

function countOperation(columns: Int32Array, target: number): Operation {
  return ({ stride, values, present, size }) => {
    for (let i = 0; i < size; i++) {
      let found = 0;
      for (let k = 0; k < columns.length; k++) found += present[columns[k]! * stride + i]!;
      values[target * stride + i] = found;
      present[target * stride + i] = found > 0 ? 1 : 0;
    }
  };
}

function groupOperation(reduce: Reduction, profile: PromqlProfile, columns: Int32Array, target: number): Operation {
  const group = new Float64Array(columns.length);
  return ({ stride, values, present, size }) => {
    for (let i = 0; i < size; i++) {
      let n = 0;
      for (let k = 0; k < columns.length; k++) {
        const at = columns[k]! * stride + i;
        // Overwritten by the next value unless it is present: no branch to mispredict.
        group[n] = values[at]!;
        n += present[at]!;
      }
      present[target * stride + i] = n > 0 ? 1 : 0;
      if (n > 0) values[target * stride + i] = reduce(group, n, profile);
    }
  };
}
