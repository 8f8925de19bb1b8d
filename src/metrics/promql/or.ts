/** The operator `or`: all of the left side, and what of the right side has no match there. @module */
import { labelKey } from "../labels.js";
import { whereColumn } from "./and-unless.js";
import type { VectorMatching } from "./ast.js";
import type { Compiled, ResultSeries } from "./compiled.js";
import type { Operation } from "./frame.js";
import { signatureOf } from "./matching.js";
import type { ProgramBuilder } from "./program-builder.js";

type Vector = Compiled & { readonly type: "vector" };

/** Compiles `left or right`. Where a series can come from either side, both share one result. */
export function compileOr(left: Vector, right: Vector, matching: VectorMatching, builder: ProgramBuilder): Vector {
  const rivals = new Map<string, number[]>();
  for (const { labels, column } of left.series) {
    const key = labelKey(signatureOf(labels, matching));
    rivals.set(key, [...(rivals.get(key) ?? []), column]);
  }
  const series = new Map<string, ResultSeries>(left.series.map((one) => [labelKey(one.labels), one]));
  for (const { labels, column } of right.series) {
    const blockers = rivals.get(labelKey(signatureOf(labels, matching))) ?? [];
    const free = blockers.length === 0 ? column : whereColumn(builder, column, blockers, 0);
    const twin = series.get(labelKey(labels));
    series.set(labelKey(labels), { labels, column: twin ? eitherColumn(builder, twin.column, free) : free });
  }
  const meets = right.series.every(
    ({ labels }) => rivals.get(labelKey(signatureOf(labels, matching)))?.length === left.series.length,
  );
  const single = (vector: Vector): boolean => vector.exclusive || vector.series.length === 1;
  return { type: "vector", series: [...series.values()], exclusive: meets && single(left) && single(right) };
}

function eitherColumn(builder: ProgramBuilder, first: number, second: number): number {
  return builder.column(
    `either ${first} ${second}`,
    (target): Operation =>
      ({ stride, values, present, size }) => {
        for (let i = 0; i < size; i++) {
          const chosen = (present[first * stride + i] === 1 ? first : second) * stride + i;
          present[target * stride + i] = present[chosen]!;
          values[target * stride + i] = values[chosen]!;
        }
      },
  );
}
