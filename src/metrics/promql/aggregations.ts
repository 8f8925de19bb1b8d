/** Aggregations over the series of a vector that give one number per group. @module */
import { Opcode } from "../column-codes.js";
import { dropLabels, keepLabels, type LabelSet, labelKey, METRIC_NAME } from "../labels.js";
import type { Aggregation } from "./ast.js";
import type { CompileContext, Compiled } from "./compiled.js";
import type { Operation, Step } from "./frame.js";
import { compileGeneralAggregation, isGeneralAggregation } from "./general-parts.js";
import { GROUP_REDUCTIONS, type Reduction } from "./reductions.js";
import type { PromqlProfile } from "./sample-window.js";
import { allOf } from "./window.js";

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
      op === "count" ? countOperation(columns, target) : groupStep(reduce, builder.profile, columns, parameter, target),
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

function groupStep(
  reduce: Reduction,
  profile: PromqlProfile,
  columns: Int32Array,
  parameter: number,
  target: number,
): Step {
  const group = new Float64Array(columns.length);
  const reduceListed: Operation = ({ stride, values, present, left }, _item, listed) => {
    for (let r = 0; r < listed; r++) {
      const i = left[r]!;
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
  if (reduce !== GROUP_REDUCTIONS.get("sum") || profile !== "prom3") {
    return (frame, item) => reduceListed(frame, item, allOf(frame));
  }
  return {
    write: (code, step) => {
      const from = Array.from(columns, (column) => code.column(column));
      code.write(Opcode.sum, [step, code.column(target), columns.length, ...from]);
    },
    host: reduceListed,
  };
}
