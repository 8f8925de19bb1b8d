/** Arithmetic, comparison, `and`, `or` and `unless`. @module */
import { formatLabels, labelKey } from "../labels.js";
import { compileAndUnless } from "./and-unless.js";
import type { Binary, VectorMatching } from "./ast.js";
import { type CompileContext, type Compiled, distinct, type ResultSeries, withoutName } from "./compiled.js";
import { DEFAULT_MATCHING, keepsNames, resultLabels, signatureOf } from "./matching.js";
import { arithmeticColumn, filterColumn, isComparison } from "./operator-columns.js";
import { compileOr } from "./or.js";

type Vector = Compiled & { readonly type: "vector" };

/** Compiles a binary operation. @throws InvalidQueryError for ambiguous matches */
export function compileBinary(binary: Binary, context: CompileContext): Compiled {
  const { op, bool } = binary;
  const { builder } = context;
  const left = context.compile(binary.left);
  const right = context.compile(binary.right);
  if (left.type === "scalar" && right.type === "scalar") {
    return { type: "scalar", column: arithmeticColumn(builder, op, left.column, right.column) };
  }
  if (left.type === "vector" && right.type === "vector") {
    const matching = binary.matching ?? DEFAULT_MATCHING;
    context.needsLabels([...left.series, ...right.series], binary);
    if (op === "or") return compileOr(left, right, matching, builder);
    if (op === "and" || op === "unless") return compileAndUnless(op, left, right, matching, builder);
    return matched(binary, matching, left, right, context);
  }
  const vector = (left.type === "vector" ? left : right) as Vector;
  const filters = isComparison(op) && !bool;
  const named = filters || keepsNames(op, builder.profile);
  const operands = named ? vector.series : withoutName(vector.series, binary, context);
  const series = operands.map(({ labels, column }) => {
    const a = left.type === "scalar" ? left.column : column;
    const b = right.type === "scalar" ? right.column : column;
    return { labels, column: filters ? filterColumn(builder, op, a, b, column) : arithmeticColumn(builder, op, a, b) };
  });
  return { ...vector, series };
}

/** Pairs the series of both sides: one to one, or many to one by `group_left` and `group_right`. */
function matched(
  binary: Binary,
  matching: VectorMatching,
  left: Vector,
  right: Vector,
  context: CompileContext,
): Vector {
  const { op, bool } = binary;
  const { builder } = context;
  const swapped = matching.group === "right";
  const [many, one] = swapped ? [right, left] : [left, right];
  const keyOf = ({ labels }: ResultSeries): string => labelKey(signatureOf(labels, matching));
  const others = oneByKey(one, keyOf, swapped ? "left" : "right", binary, context);
  if (matching.group === null) {
    const paired = many.series.filter((series) => others.has(keyOf(series)));
    oneByKey({ ...many, series: paired }, keyOf, "left", binary, context);
  }
  const series: ResultSeries[] = [];
  for (const side of many.series) {
    const other = others.get(keyOf(side));
    if (other === undefined) continue;
    const [a, b] = swapped ? [other.column, side.column] : [side.column, other.column];
    series.push({
      labels: resultLabels(side.labels, other.labels, binary, matching, builder.profile),
      column: isComparison(op) && !bool ? filterColumn(builder, op, a, b, a) : arithmeticColumn(builder, op, a, b),
    });
  }
  // One partner at a time may still have several series on the other side.
  const exclusive = many.exclusive || (one.exclusive && matching.group === null);
  return { type: "vector", series: distinct(series, binary, context), exclusive };
}

/** One side's series by what they are matched by, each once; or the first of several of which one has a value at a time. */
function oneByKey(
  { series, exclusive }: Vector,
  keyOf: (one: ResultSeries) => string,
  side: string,
  binary: Binary,
  { fail, shapeOnly }: CompileContext,
): Map<string, ResultSeries> {
  const known = new Map<string, ResultSeries>();
  for (const one of series) {
    const key = keyOf(one);
    const twin = known.get(key);
    if (twin && exclusive && shapeOnly) continue;
    if (twin) {
      const twins = `${formatLabels(twin.labels)} and ${formatLabels(one.labels)}`;
      fail(
        binary,
        `${binary.op} matches one to one, but the ${side} side has ${twins}; aggregate them, or match on more labels.`,
      );
    }
    known.set(key, one);
  }
  return known;
}
