/** Function calls. @module */
import type { Call, Expr, MatrixSelector } from "./ast.js";
import { type CompileContext, type Compiled, distinct, type ResultSeries, withoutName } from "./compiled.js";
import { ONLY_IN } from "./functions.js";
import { compileHistogramQuantile } from "./histogram-quantile.js";
import { isMathFunction, mathColumn, scalarOf, timeColumn } from "./math-operations.js";
import { rangeOperation } from "./over-time.js";
import { RANGE_FUNCTIONS } from "./range-functions.js";
import { irateOperation, rateOperation } from "./rate.js";
import { selectSeries } from "./selectors.js";

/** Compiles a call. @throws InvalidQueryError for a function that is not supported here */
export function compileCall(call: Call, context: CompileContext): Compiled {
  const { name, args } = call;
  const { builder } = context;
  const version = ONLY_IN.get(name);
  if (version !== undefined && version !== builder.profile) {
    return context.fail(call, `${name}() is a function of ${version}, and not supported in ${builder.profile}.`);
  }
  const vector = (series: readonly ResultSeries[], exclusive = false): Compiled => ({
    type: "vector",
    series,
    exclusive,
  });
  if (RANGE_FUNCTIONS.has(name)) return vector(overRange(call, context));
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
  if (!isMathFunction(name)) return context.fail(call, `${name}() is not supported here.`);
  const operand = context.compile(args[0]!);
  if (operand.type !== "vector") return context.fail(call, `${name}() needs an instant vector.`);
  const parameters = args.slice(1).map((arg) => context.scalar(arg));
  const series = withoutName(operand.series, call, context).map(({ labels, column }) => ({
    labels,
    column: mathColumn(builder, name, [column, ...parameters]),
  }));
  return vector(series, operand.exclusive);
}

function overRange(call: Call, context: CompileContext): ResultSeries[] {
  const { name, args } = call;
  const { builder, text, fail } = context;
  const range = args.find(({ kind }) => kind === "matrix") as MatrixSelector | undefined;
  if (range === undefined) return fail(args[0]!, "subqueries are not supported here.");
  const { selector, rangeMs } = range;
  if (selector.at !== null) return fail(range, "the modifier @ is not supported here.");
  const parameters = args.filter((arg) => arg !== range).map((arg) => constantIn(arg, call, context));
  const window = builder.window(rangeMs, selector.offsetMs);
  const { scrapeMs, profile } = builder;
  const series = selectSeries(selector, builder.schema, text, builder.profile).map((index) => {
    const counter = name === "rate" || name === "increase";
    const column = builder.seriesColumn(`${name} ${parameters.join(" ")} ${window}`, index, counter, (targets) => {
      const samples = builder.windowAt(window);
      if (name === "irate") return irateOperation(samples, scrapeMs, targets);
      if (name === "rate" || name === "increase" || name === "delta")
        return rateOperation({ profile, fn: name, window: samples, scrapeMs }, window, targets);
      return rangeOperation(name, builder, parameters, window, samples, targets);
    });
    return { labels: builder.schema.labelSets[index]!, column };
  });
  return RANGE_FUNCTIONS.get(name)!.keepsName ? distinct(series, call, context) : withoutName(series, call, context);
}

/** A parameter, which is needed before anything is evaluated. */
function constantIn(arg: Expr, call: Call, { builder, scalar, fail }: CompileContext): number {
  const value = builder.constantOf(scalar(arg));
  return value === undefined ? fail(call, `${call.name}() needs a constant here.`) : value;
}
