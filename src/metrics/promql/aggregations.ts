/** Aggregations over the series of a vector: sum, avg, min, max, count. @module */
import { dropLabels, keepLabels, type LabelSet, labelKey, METRIC_NAME } from "../labels.js";
import type { Aggregation } from "./ast.js";
import type { CompileContext, Compiled } from "./compiled.js";
import type { Frame, Operation } from "./frame.js";
import { CompensatedSum } from "./sums.js";
import type { PromqlProfile } from "./window.js";

type Reduction = (frame: Frame, columns: Int32Array, i: number, profile: PromqlProfile, sum: CompensatedSum) => number;

const REDUCTIONS: ReadonlyMap<string, Reduction> = new Map<string, Reduction>([
  ["sum", sumOf],
  ["avg", meanOf],
  ["min", (frame, columns, i) => extremeOf(frame, columns, i, -1)],
  ["max", (frame, columns, i) => extremeOf(frame, columns, i, 1)],
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
  const sum = new CompensatedSum();
  return (frame) => {
    const { stride, values, present, size } = frame;
    for (let i = 0; i < size; i++) {
      let any = 0;
      for (let k = 0; k < columns.length; k++) any |= present[columns[k]! * stride + i]!;
      present[target * stride + i] = any;
      if (any === 1) values[target * stride + i] = reduce(frame, columns, i, profile, sum);
    }
  };
}

function sumOf(frame: Frame, columns: Int32Array, i: number, profile: PromqlProfile, sum: CompensatedSum): number {
  const { stride, values, present } = frame;
  sum.clear();
  let first = true;
  for (let k = 0; k < columns.length; k++) {
    const at = columns[k]! * stride + i;
    if (present[at] === 0) continue;
    if (first) sum.sum = values[at]!;
    else if (profile === "prom3") sum.add(values[at]!, true);
    else sum.sum += values[at]!;
    first = false;
  }
  return sum.sum + sum.compensation;
}

/** As over time: `prom2` moves the mean by each value, `prom3` divides the sum unless it overflows. */
function meanOf(frame: Frame, columns: Int32Array, i: number, profile: PromqlProfile, sum: CompensatedSum): number {
  const { stride, values, present } = frame;
  sum.clear();
  let count = 0;
  let moving = profile === "prom2";
  for (let k = 0; k < columns.length; k++) {
    const at = columns[k]! * stride + i;
    if (present[at] === 0) continue;
    const value = values[at]!;
    count++;
    if (count === 1) {
      sum.sum = value;
      continue;
    }
    if (!moving) {
      const { sum: before, compensation } = sum;
      sum.add(value, true);
      if (Number.isFinite(sum.sum) || Number.isNaN(sum.sum)) continue;
      moving = true;
      sum.sum = before / (count - 1);
      sum.compensation = compensation / (count - 1);
    }
    if (Math.abs(sum.sum) === Number.POSITIVE_INFINITY) {
      if (Math.abs(value) === Number.POSITIVE_INFINITY ? sum.sum > 0 === value > 0 : !Number.isNaN(value)) continue;
    }
    if (profile === "prom2") sum.sum += value / count - sum.sum / count;
    else {
      const share = (count - 1) / count;
      sum.sum *= share;
      sum.compensation *= share;
      sum.add(value / count, true);
    }
  }
  return moving ? sum.sum + sum.compensation : sum.sum / count + sum.compensation / count;
}

/** The largest (direction 1) or smallest (-1) value; NaN only where all are. */
function extremeOf({ stride, values, present }: Frame, columns: Int32Array, i: number, direction: number): number {
  let best = Number.NaN;
  for (let k = 0; k < columns.length; k++) {
    const at = columns[k]! * stride + i;
    if (present[at] === 1 && (values[at]! * direction > best * direction || Number.isNaN(best))) best = values[at]!;
  }
  return best;
}
