/** Aggregations over the series of a vector that give one number per group. @module */
import { dropLabels, keepLabels, type LabelSet, labelKey, METRIC_NAME } from "../labels.js";
import type { Aggregation } from "./ast.js";
import type { CompileContext, Compiled } from "./compiled.js";
import type { Operation } from "./frame.js";
import { compileGeneralAggregation, isGeneralAggregation } from "./general-parts.js";
import { GROUP_REDUCTIONS, type Reduction } from "./reductions.js";
import type { PromqlProfile } from "./sample-window.js";

/** Compiles an aggregation: one column per group, of the series' columns in their order. */
export function compileAggregation(aggregation: Aggregation, context: CompileContext): Compiled {
  const { op, grouping, labels, param } = aggregation;
  const { builder, fail } = context;
  const reduce = GROUP_REDUCTIONS.get(op);
  if (isGeneralAggregation(op)) return compileGeneralAggregation(aggregation, context);
  if (reduce === undefined) return fail(aggregation, `${op} is not supported.`);
  const parameter = param === null ? -1 : context.scalar(param);
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
    if (group.columns.length === 1 && ["sum", "avg", "min", "max"].includes(op))
      return { labels: group.labels, column: only! };
    const columns = Int32Array.from(group.columns);
    const column = builder.column(`${op} ${parameter} ${group.columns.join(" ")}`, (target) =>
      op === "count"
        ? countOperation(columns, target)
        : groupOperation(reduce, builder.profile, columns, parameter, target),
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

function groupOperation(
  reduce: Reduction,
  profile: PromqlProfile,
  columns: Int32Array,
  parameter: number,
  target: number,
): Operation {
  const group = new Float64Array(columns.length);
  const isSum = reduce === GROUP_REDUCTIONS.get("sum") && profile === "prom3";
  return ({ stride, values, present, size }) => {
    if (isSum && size === 1 && sumOfOne(columns, values, present, stride, target * stride)) return;
    for (let i = 0; i < size; i++) {
      let n = 0;
      for (let k = 0; k < columns.length; k++) {
        const at = columns[k]! * stride + i;
        // Overwritten by the next value unless it is present: no branch to mispredict.
        group[n] = values[at]!;
        n += present[at]!;
      }
      present[target * stride + i] = n > 0 ? 1 : 0;
      if (n === 0) continue;
      const given = parameter < 0 ? 0 : values[parameter * stride + i]!;
      values[target * stride + i] = reduce(group, n, profile, given);
    }
  };
}

/**
 * The compensated sum of a single environment's columns, without copies.
 * @returns whether it is done: not where the sum is infinite or NaN
 */
function sumOfOne(
  columns: Int32Array,
  values: Float64Array,
  present: Uint8Array,
  stride: number,
  out: number,
): boolean {
  let sum = 0;
  let compensation = 0;
  let found = 0;
  for (let k = 0; k < columns.length; k++) {
    const at = columns[k]! * stride;
    if (present[at] === 0) continue;
    const value = values[at]!;
    const total = sum + value;
    compensation += Math.abs(sum) >= Math.abs(value) ? sum - total + value : value - total + sum;
    sum = total;
    found++;
  }
  if (!Number.isFinite(sum)) return false;
  values[out] = sum + compensation;
  present[out] = found > 0 ? 1 : 0;
  return true;
}
