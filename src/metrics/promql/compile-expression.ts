/** From a syntax tree to columns: label sets are resolved here, once. @module */
import { compileAggregation } from "./aggregations.js";
import type { Expr, VectorSelector } from "./ast.js";
import { compileBinary } from "./binary-operations.js";
import { compileCall } from "./calls.js";
import { type CompileContext, type Compiled, type ResultSeries, withoutName } from "./compiled.js";
import { hasUnknownLabel } from "./general-parts.js";
import { instantStep } from "./instant.js";
import { negate } from "./math-operations.js";
import type { ProgramBuilder } from "./program-builder.js";
import { queryError } from "./query-text.js";
import { selectSeries } from "./selectors.js";

/**
 * A context that compiles the expressions of one query into a builder.
 * @param shapeOnly - Compiles what is not compilable too, for the series it can give; the operations are of no use then.
 */
export function compileContext(builder: ProgramBuilder, text: string, shapeOnly = false): CompileContext {
  let unknowns = 0;
  const context: CompileContext = {
    builder,
    text,
    compile: (expr) => compileExpression(expr, context),
    scalar: (expr) => {
      const compiled = compileExpression(expr, context);
      return compiled.type === "scalar" ? compiled.column : context.fail(expr, "expected a scalar.");
    },
    vector: (expr) => {
      const compiled = compileExpression(expr, context);
      return compiled.type === "vector" ? compiled.series : context.fail(expr, "expected an instant vector.");
    },
    shapeOnly,
    unknown: () => builder.column(`unknown ${unknowns++}`, () => () => undefined),
    needsLabels: (series, span) => {
      if (!series.some(({ labels }) => hasUnknownLabel(labels))) return;
      context.fail(span, "the label that count_values makes is not known beforehand; aggregate its result first.");
    },
    fail: (span, detail) => {
      throw queryError(text, span, detail);
    },
  };
  return context;
}

function compileExpression(expr: Expr, context: CompileContext): Compiled {
  const { builder, fail } = context;
  const steps = stepsBack(expr, builder);
  if (steps > 0) return earlier(context.compile(shifted(expr)), steps, builder);
  switch (expr.kind) {
    case "number":
      return { type: "scalar", column: builder.constant(expr.value) };
    case "selector":
      return { type: "vector", series: selected(expr, context), exclusive: false };
    case "unary": {
      const operand = context.compile(expr.expr);
      if (expr.op === "+") return operand;
      if (operand.type === "scalar") return { type: "scalar", column: negate(builder, operand.column) };
      const series = withoutName(operand.series, expr, context);
      const negated = series.map(({ labels, column }) => ({ labels, column: negate(builder, column) }));
      return { ...operand, series: negated };
    }
    case "call":
      return compileCall(expr, context);
    case "aggregation":
      return compileAggregation(expr, context);
    case "binary":
      return compileBinary(expr, context);
    case "matrix":
    case "subquery":
    case "string":
      return fail(expr, "a query must give a scalar or an instant vector.");
  }
}

function selected(selector: VectorSelector, context: CompileContext): ResultSeries[] {
  const { builder, text } = context;
  const window = builder.window(0, selector.offsetMs);
  return selectSeries(selector, builder.schema, text, builder.profile).map((index) => {
    const column = builder.seriesColumn(`instant ${window}`, index, false, (targets) =>
      instantStep(window, builder.windowAt(window), targets),
    );
    return { labels: builder.schema.labelSets[index]!, column };
  });
}

/**
 * Functions that give a value even where their selectors find nothing, as before an episode's beginning, or a time of their own:
 * only the parts below them can be looked up.
 */
const DEFINED_WITHOUT_SAMPLES: readonly string[] = [
  "time vector scalar absent absent_over_time",
  "minute hour day_of_week day_of_month day_of_year days_in_month month year",
].flatMap((names) => names.split(" "));

/** How many whole steps all selectors of an expression look back, or 0 where they differ or anything else depends on the time. */
function stepsBack(expr: Expr, builder: ProgramBuilder): number {
  const offsets = new Set(offsetsOf(expr));
  const [offsetMs] = offsets;
  if (offsets.size !== 1 || offsetMs === undefined) return 0;
  return offsetMs > 0 && offsetMs % builder.stepMs === 0 ? offsetMs / builder.stepMs : 0;
}

function offsetsOf(expr: Expr): readonly number[] {
  switch (expr.kind) {
    case "number":
    case "string":
      return [];
    case "selector":
      return [expr.at === null ? expr.offsetMs : Number.NaN];
    case "matrix":
      return offsetsOf(expr.selector);
    case "subquery":
      return [Number.NaN];
    case "unary":
    case "aggregation":
      return offsetsOf(expr.expr);
    case "binary":
      if (expr.op === "or") return [Number.NaN];
      return [...offsetsOf(expr.left), ...offsetsOf(expr.right)];
    case "call":
      return DEFINED_WITHOUT_SAMPLES.includes(expr.name) ? [Number.NaN] : expr.args.flatMap(offsetsOf);
  }
}

/** The expression without its offsets. */
function shifted<E extends Expr>(expr: E): E {
  switch (expr.kind) {
    case "selector":
      return { ...expr, offsetMs: 0 };
    case "matrix":
      return { ...expr, selector: shifted(expr.selector) };
    case "unary":
    case "aggregation":
      return { ...expr, expr: shifted(expr.expr) };
    case "binary":
      return { ...expr, left: shifted(expr.left), right: shifted(expr.right) };
    case "call":
      return { ...expr, args: expr.args.map(shifted) };
    default:
      return expr;
  }
}

function earlier(compiled: Compiled, steps: number, builder: ProgramBuilder): Compiled {
  if (compiled.type === "scalar") return { type: "scalar", column: builder.earlier(compiled.column, steps) };
  const series = compiled.series.map(({ labels, column }) => ({ labels, column: builder.earlier(column, steps) }));
  return { ...compiled, series };
}
