/** `absent` and `absent_over_time`: one value where there are no others. @module */
import { absentLabels } from "./absent-labels.js";
import { whereColumn } from "./and-unless.js";
import type { Expr } from "./ast.js";
import type { CompileContext, Compiled, ResultSeries } from "./compiled.js";

/** A series of 1 where none of an argument's series has a value. */
export function compileAbsent(arg: Expr, series: readonly ResultSeries[], { builder }: CompileContext): Compiled {
  const others = series.map(({ column }) => column);
  const one = builder.constant(1);
  const column = others.length === 0 ? one : whereColumn(builder, one, others, 0);
  return { type: "vector", series: [{ labels: absentLabels(arg), column }], exclusive: false };
}
