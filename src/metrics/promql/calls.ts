/** Function calls. @module */
import { compileAbsent } from "./absent.js";
import type { Call, Expr, MatrixSelector, Subquery } from "./ast.js";
import { type CompileContext, type Compiled, distinct, type ResultSeries, withoutName } from "./compiled.js";
import { NATIVE_ONLY, ONLY_IN } from "./functions.js";
import { compileGeneralCall, isGeneralCall, seriesOfRange } from "./general-parts.js";
import { compileHistogramQuantile } from "./histogram-quantile.js";
import { relabellerOf } from "./label-functions.js";
import { isMathFunction, mathColumn, scalarOf, timeColumn } from "./math-operations.js";
import { rangeOperation } from "./over-time.js";
import { RANGE_FUNCTIONS, smoothingProblem } from "./range-functions.js";
import { irateOperation, rateStep } from "./rate.js";
import { selectSeries } from "./selectors.js";
import { compileWave } from "./waves.js";

/** Compiles a call. @throws InvalidQueryError for a function that is not supported here */
export function compileCall(call: Call, context: CompileContext): Compiled {
  const { name, args } = call;
  const { builder } = context;
  const version = ONLY_IN.get(name);
  if (version !== undefined && version !== builder.profile) {
    return context.fail(call, `${name}() is a function of ${version}, and not supported in ${builder.profile}.`);
  }
  if (NATIVE_ONLY.includes(name)) {
    return context.fail(call, `${name}() needs native histograms, which are not supported.`);
  }
  const vector = (series: readonly ResultSeries[], exclusive = false): Compiled => ({
    type: "vector",
    series,
    exclusive,
  });
  if (RANGE_FUNCTIONS.has(name)) return vector(overRange(call, context));
  switch (name) {
    case "absent":
      return compileAbsent(args[0]!, context.vector(args[0]!), context);
    case "absent_over_time":
      return compileAbsent(args[0]!, overRange({ ...call, name: "present_over_time" }, context, true), context);
    case "label_replace":
    case "label_join":
      return relabelled(call, context);
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
  if (isGeneralCall(name)) return compileGeneralCall(call, context);
  if (!isMathFunction(name)) return context.fail(call, `${name}() is not supported.`);
  if (args.length === 0)
    return vector([{ labels: new Map(), column: mathColumn(builder, name, [timeColumn(builder)]) }]);
  const wave = compileWave(call, context);
  if (wave !== undefined) return wave;
  const operand = context.compile(args[0]!);
  if (operand.type !== "vector") return context.fail(call, `${name}() needs an instant vector.`);
  const parameters = args.slice(1).map((arg) => context.scalar(arg));
  const series = withoutName(operand.series, call, context).map(({ labels, column }) => ({
    labels,
    column: mathColumn(builder, name, [column, ...parameters]),
  }));
  return vector(series, operand.exclusive);
}

/** The same series with other labels. */
function relabelled(call: Call, context: CompileContext): Compiled {
  const operand = context.compile(call.args[0]!);
  if (operand.type !== "vector") return context.fail(call, `${call.name}() needs an instant vector.`);
  context.needsLabels(operand.series, call);
  const relabel = relabellerOf(call, { profile: context.builder.profile, fail: context.fail });
  const series = operand.series.map(({ labels, column }) => ({ labels: relabel(labels), column }));
  return { ...operand, series: distinct(series, call, context) };
}

function overRange(call: Call, context: CompileContext, keepNames = false): ResultSeries[] {
  const { name, args } = call;
  const { builder, text } = context;
  const range = args.find(({ kind }) => kind === "matrix" || kind === "subquery") as MatrixSelector | Subquery;
  const named = (series: ResultSeries[]): ResultSeries[] =>
    RANGE_FUNCTIONS.get(name)!.keepsName ? distinct(series, call, context) : withoutName(series, call, context);
  if (context.shapeOnly || range.kind === "subquery")
    return keepNames ? seriesOfRange(range, context) : named(seriesOfRange(range, context));
  const { selector, rangeMs } = range;
  const parameters = args.filter((arg) => arg !== range).map((arg) => constantIn(arg, call, context));
  const window = builder.window(rangeMs, selector.offsetMs);
  const { scrapeMs, profile } = builder;
  const series = selectSeries(selector, builder.schema, text, builder.profile).map((index) => {
    const counter = name === "rate" || name === "increase";
    const column = builder.seriesColumn(`${name} ${parameters.join(" ")} ${window}`, index, counter, (targets) => {
      const samples = builder.windowAt(window);
      if (name === "irate") return irateOperation(samples, scrapeMs, targets);
      if (name === "rate" || name === "increase" || name === "delta")
        return rateStep({ profile, fn: name, window: samples, scrapeMs }, window, targets);
      return rangeOperation(name, builder, parameters, window, samples, targets);
    });
    return { labels: builder.schema.labelSets[index]!, column };
  });
  return keepNames ? series : named(series);
}

/** A parameter, which is needed before anything is evaluated. */
function constantIn(arg: Expr, call: Call, { builder, scalar, fail }: CompileContext): number {
  const value = builder.constantOf(scalar(arg));
  if (value === undefined) return fail(call, `${call.name}() needs a constant here.`);
  const problem = smoothingProblem(call.name, value);
  return problem === undefined ? value : fail(arg, problem);
}
