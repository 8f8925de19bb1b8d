/** Which parts of a query are not compiled, and which series they can give: what is needed to check it before it runs. @module */
import { dropLabels, keepLabels, type LabelSet, labelKey, labelSet, METRIC_NAME } from "../labels.js";
import type { Aggregation, Call, Expr, MatrixSelector, Subquery } from "./ast.js";
import type { CompileContext, Compiled, ResultSeries } from "./compiled.js";
import { RANGE_FUNCTIONS } from "./range-functions.js";
import { selectSeries } from "./selectors.js";

const GENERAL_CALLS: readonly string[] = ["sort", "sort_desc", "timestamp", "histogram_fraction"];
const GENERAL_AGGREGATIONS: readonly string[] = ["topk", "bottomk", "count_values"];

/** What the values of a label begin with that `count_values` makes of numbers nobody knows yet. */
const UNKNOWN_VALUE = "\uE000";

/** Whether all parts of an expression can be compiled; one that holds others is evaluated sample by sample. */
export function isCompilable(expr: Expr): boolean {
  switch (expr.kind) {
    case "selector":
      return expr.at === null;
    case "matrix":
      return expr.selector.at === null;
    case "subquery":
      return false;
    case "unary":
      return isCompilable(expr.expr);
    case "binary":
      return isCompilable(expr.left) && isCompilable(expr.right);
    case "aggregation":
      return (
        !GENERAL_AGGREGATIONS.includes(expr.op) &&
        isCompilable(expr.expr) &&
        (expr.param === null || isCompilable(expr.param))
      );
    case "call":
      return (
        !GENERAL_CALLS.includes(expr.name) &&
        expr.args.every(isCompilable) &&
        (!RANGE_FUNCTIONS.has(expr.name) || expr.args.every((arg) => arg.kind === "matrix" || isConstant(arg)))
      );
    default:
      return true;
  }
}

/** Whether an expression is a number known beforehand. */
export function isConstant(expr: Expr): boolean {
  switch (expr.kind) {
    case "number":
      return true;
    case "unary":
      return isConstant(expr.expr);
    case "binary":
      return isConstant(expr.left) && isConstant(expr.right);
    case "call":
      return expr.name === "pi";
    default:
      return false;
  }
}

/** Whether a function takes a vector to a vector of the same series, and is not compiled. */
export function isGeneralCall(name: string): boolean {
  return GENERAL_CALLS.includes(name);
}

/** Whether an aggregation is not compiled. */
export function isGeneralAggregation(op: string): boolean {
  return GENERAL_AGGREGATIONS.includes(op);
}

/** The series that such a call can give. */
export function compileGeneralCall({ name, args }: Call, context: CompileContext): Compiled {
  const operand = context.compile(args.at(-1)!);
  if (operand.type !== "vector" || name.startsWith("sort")) return operand;
  const { series } = operand;
  const dropped = name === "histogram_fraction" ? ["le", METRIC_NAME] : [METRIC_NAME];
  const sets = new Map(
    series.map(({ labels }) => dropLabels(labels, dropped)).map((labels) => [labelKey(labels), labels]),
  );
  if (name === "timestamp" && sets.size < series.length) {
    context.fail(args[0]!, "the result has two series of the same labels; aggregate, or select one metric.");
  }
  return { ...operand, series: [...sets.values()].map((labels) => ({ labels, column: context.unknown() })) };
}

/** The series of a range: those of its selector, or all that a subquery's expression can give. */
export function seriesOfRange(range: MatrixSelector | Subquery, context: CompileContext): ResultSeries[] {
  const { builder, text } = context;
  const sets =
    range.kind === "subquery"
      ? context.vector(range.expr).map(({ labels }) => labels)
      : selectSeries(range.selector, builder.schema, text, builder.profile).map(
          (index) => builder.schema.labelSets[index]!,
        );
  return sets.map((labels) => ({ labels, column: context.unknown() }));
}

/** The series that `topk`, `bottomk` or `count_values` can give. */
export function compileGeneralAggregation(aggregation: Aggregation, context: CompileContext): Compiled {
  const { op, param, expr } = aggregation;
  const operand = context.compile(expr);
  if (operand.type !== "vector") return context.fail(expr, "expected an instant vector.");
  const groups = new Map<string, { labels: LabelSet; series: ResultSeries[] }>();
  for (const one of operand.series) {
    const labels = groupOf(aggregation, one.labels);
    const group = groups.get(labelKey(labels)) ?? { labels, series: [] };
    group.series.push(one);
    groups.set(labelKey(labels), group);
  }
  if (op === "count_values")
    return { ...operand, series: [...groups.values()].flatMap((group) => counted(param!, group, context)) };
  const most = context.builder.constantOf(context.scalar(param!)) ?? Number.POSITIVE_INFINITY;
  const series = most < 1 ? [] : operand.series;
  return { type: "vector", series, exclusive: operand.exclusive || (most < 2 && groups.size === 1) };
}

/** One series for each value that those of a group can have. */
function counted(
  label: Expr,
  group: { labels: LabelSet; series: ResultSeries[] },
  context: CompileContext,
): ResultSeries[] {
  const name = label.kind === "string" ? label.value : "";
  return group.series.map((_, k) => ({
    labels: labelSet([...dropLabels(group.labels, [name]), [name, `${UNKNOWN_VALUE}${k + 1}`]]),
    column: context.unknown(),
  }));
}

function groupOf({ grouping, labels: names }: Aggregation, labels: LabelSet): LabelSet {
  return grouping === "by" ? keepLabels(labels, names) : dropLabels(labels, [...names, METRIC_NAME]);
}

/** Whether a label's value is one that only running can tell. */
export function hasUnknownLabel(labels: LabelSet): boolean {
  return [...labels.values()].some((value) => value.startsWith(UNKNOWN_VALUE));
}
