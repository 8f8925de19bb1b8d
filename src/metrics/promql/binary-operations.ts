/** Arithmetic, comparison and `or`. @module */
import { dropLabels, formatLabels, keepLabels, labelKey, METRIC_NAME } from "../labels.js";
import type { Binary, VectorMatching } from "./ast.js";
import { type CompileContext, type Compiled, distinct, type ResultSeries, withoutName } from "./compiled.js";
import { signatureOf } from "./matching.js";
import { arithmeticColumn, filterColumn, isComparison } from "./operator-columns.js";
import { compileOr } from "./or.js";

const DEFAULT_MATCHING: VectorMatching = { on: false, labels: [], group: null, include: [] };

/** Compiles a binary operation. @throws InvalidQueryError for those that are not supported here, and for ambiguous matches */
export function compileBinary(binary: Binary, context: CompileContext): Compiled {
  const { op, matching, bool } = binary;
  const { builder, fail } = context;
  if (op === "and" || op === "unless" || op === "atan2") return fail(binary, `${op} is not supported here.`);
  if (matching?.group) return fail(binary, `group_${matching.group} is not supported here.`);
  const left = context.compile(binary.left);
  const right = context.compile(binary.right);
  if (left.type === "scalar" && right.type === "scalar") {
    return { type: "scalar", column: arithmeticColumn(builder, op, left.column, right.column) };
  }
  if (left.type === "vector" && right.type === "vector") {
    if (op === "or") return compileOr(left, right, matching ?? DEFAULT_MATCHING, builder);
    const exclusive = left.exclusive || right.exclusive;
    return { type: "vector", series: matched(binary, left.series, right.series, context), exclusive };
  }
  const vector = (left.type === "vector" ? left : right) as Compiled & { type: "vector" };
  const filters = isComparison(op) && !bool;
  const operands = filters ? vector.series : withoutName(vector.series, binary, context);
  const series = operands.map(({ labels, column }) => {
    const a = left.type === "scalar" ? left.column : column;
    const b = right.type === "scalar" ? right.column : column;
    return { labels, column: filters ? filterColumn(builder, op, a, b, column) : arithmeticColumn(builder, op, a, b) };
  });
  return { ...vector, series };
}

function matched(
  binary: Binary,
  left: readonly ResultSeries[],
  right: readonly ResultSeries[],
  context: CompileContext,
): ResultSeries[] {
  const { op, bool } = binary;
  const { builder } = context;
  const matching = binary.matching ?? DEFAULT_MATCHING;
  const filters = isComparison(op) && !bool;
  const others = bySignature(right, matching, "right", binary, context);
  bySignature(left, matching, "left", binary, context);
  const series: ResultSeries[] = [];
  for (const { labels, column } of left) {
    const other = others.get(labelKey(signatureOf(labels, matching)));
    if (other === undefined) continue;
    const named = matching.on ? keepLabels(labels, matching.labels) : dropLabels(labels, matching.labels);
    series.push({
      labels: filters ? named : dropLabels(named, [METRIC_NAME]),
      column: filters
        ? filterColumn(builder, op, column, other.column, column)
        : arithmeticColumn(builder, op, column, other.column),
    });
  }
  return distinct(series, binary, context);
}

function bySignature(
  series: readonly ResultSeries[],
  matching: VectorMatching,
  side: string,
  binary: Binary,
  { fail }: CompileContext,
): Map<string, ResultSeries> {
  const known = new Map<string, ResultSeries>();
  for (const one of series) {
    const key = labelKey(signatureOf(one.labels, matching));
    const twin = known.get(key);
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
