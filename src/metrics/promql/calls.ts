/** Function calls. @module */
import type { Call, Expr } from "./ast.js";
import { type CompileContext, type Compiled, distinct, type ResultSeries, withoutName } from "./compiled.js";
import { compileHistogramQuantile } from "./histogram-quantile.js";
import { isMathFunction, mathColumn, scalarOf, timeColumn } from "./math-operations.js";
import { isOverTime, overTimeOperation } from "./over-time.js";
import { irateOperation, rateOperation } from "./rate.js";
import { selectSeries } from "./selectors.js";

/** Compiles a call. @throws InvalidQueryError for a function that is not supported yet */
export function compileCall(call: Call, context: CompileContext): Compiled {
  const { name, args } = call;
  const { builder } = context;
  const vector = (series: readonly ResultSeries[], exclusive = false): Compiled => ({
    type: "vector",
    series,
    exclusive,
  });
  if (["rate", "increase", "delta", "irate"].includes(name) || isOverTime(name)) {
    return vector(overRange(call, args[0]!, context));
  }
  switch (name) {
    case "pi":
      return { type: "scalar", column: builder.constant(Math.PI) };
    case "time":
      return { type: "scalar", column: timeColumn(builder) };
    case "vector":
      return vector([{ labels: new Map(), column: context.scalar(args[0]!) }]);
    case "scalar":
      return {
        type: "scalar",
        column: scalarOf(
          builder,
          context.vector(args[0]!).map(({ column }) => column),
        ),
      };
    case "histogram_quantile":
      return vector(compileHistogramQuantile(context.scalar(args[0]!), args[1]!, context));
  }
  if (!isMathFunction(name)) return context.fail(call, `${name}() is not supported yet.`);
  const operand = context.compile(args[0]!);
  if (operand.type !== "vector") return context.fail(call, `${name}() needs an instant vector.`);
  const parameters = args.slice(1).map((arg) => context.scalar(arg));
  const series = withoutName(operand.series, call, context).map(({ labels, column }) => ({
    labels,
    column: mathColumn(builder, name, [column, ...parameters]),
  }));
  return vector(series, operand.exclusive);
}

function overRange({ name, ...span }: Call, range: Expr, context: CompileContext): ResultSeries[] {
  const { builder, text, fail } = context;
  if (range.kind !== "matrix") return fail(range, "subqueries are not supported yet.");
  const { selector, rangeMs } = range;
  if (selector.at !== null) return fail(range, "the modifier @ is not supported yet.");
  const window = builder.window(rangeMs, selector.offsetMs);
  const { scrapeMs, profile } = builder;
  const series = selectSeries(selector, builder.schema, text).map((index) => {
    const counter = name === "rate" || name === "increase";
    const column = builder.seriesColumn(`${name} ${window}`, index, counter, (targets) => {
      const samples = builder.windowAt(window);
      if (name === "irate") return irateOperation(samples, scrapeMs, targets);
      if (isOverTime(name)) return overTimeOperation(name, profile, window, samples, targets);
      const fn = name as "rate" | "increase" | "delta";
      return rateOperation({ profile, fn, window: samples, scrapeMs }, window, targets);
    });
    return { labels: builder.schema.labelSets[index]!, column };
  });
  return name === "last_over_time" ? distinct(series, span, context) : withoutName(series, span, context);
}
