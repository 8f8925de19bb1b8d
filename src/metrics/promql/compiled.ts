/** Compiled expressions, and what the parts of the compiler share. @module */
import { dropLabels, formatLabels, type LabelSet, labelKey, METRIC_NAME } from "../labels.js";
import type { Expr, Span } from "./ast.js";
import type { ProgramBuilder } from "./program-builder.js";

/** One series of a result: its labels and the column of its values. */
export interface ResultSeries {
  readonly labels: LabelSet;
  readonly column: number;
}

/** A compiled expression. `exclusive` says that at most one of the series has a value at a time. */
export type Compiled =
  | { readonly type: "scalar"; readonly column: number }
  | { readonly type: "vector"; readonly series: readonly ResultSeries[]; readonly exclusive: boolean };

/** What the parts of the compiler share. */
export interface CompileContext {
  readonly builder: ProgramBuilder;
  readonly text: string;
  compile(expr: Expr): Compiled;
  scalar(expr: Expr): number;
  vector(expr: Expr): readonly ResultSeries[];
  /** Whether only the series that a result can have are looked for, of a query that is not compiled. */
  readonly shapeOnly: boolean;
  /** A column of which nothing is known; for `shapeOnly`. */
  unknown(): number;
  /** Checks that all labels are known before the query runs. */
  needsLabels(series: readonly ResultSeries[], span: Span): void;
  /** Raises an error at a part of the query. */
  fail(span: Span, detail: string): never;
}

/** A vector without the metric's name. @throws InvalidQueryError when two series become the same */
export function withoutName(series: readonly ResultSeries[], span: Span, context: CompileContext): ResultSeries[] {
  return distinct(
    series.map(({ labels, column }) => ({ labels: dropLabels(labels, [METRIC_NAME]), column })),
    span,
    context,
  );
}

/** Checks that no label set comes twice. */
export function distinct(series: ResultSeries[], span: Span, { fail }: CompileContext): ResultSeries[] {
  const seen = new Set<string>();
  for (const { labels } of series) {
    const key = labelKey(labels);
    if (seen.has(key))
      fail(span, `the result has two series ${formatLabels(labels)}; aggregate, or select one metric.`);
    seen.add(key);
  }
  return series;
}
