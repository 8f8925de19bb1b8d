/** The operators `and` and `unless`: what of the left side has, or lacks, a match on the right. @module */
import { labelKey } from "../labels.js";
import type { VectorMatching } from "./ast.js";
import type { Compiled } from "./compiled.js";
import type { Operation } from "./frame.js";
import { signatureOf } from "./matching.js";
import type { ProgramBuilder } from "./program-builder.js";

type Vector = Compiled & { readonly type: "vector" };

/** Compiles `left and right` or `left unless right`. */
export function compileAndUnless(
  op: "and" | "unless",
  left: Vector,
  right: Vector,
  matching: VectorMatching,
  builder: ProgramBuilder,
): Vector {
  const partners = new Map<string, number[]>();
  for (const { labels, column } of right.series) {
    const key = labelKey(signatureOf(labels, matching));
    partners.set(key, [...(partners.get(key) ?? []), column]);
  }
  const series = left.series.flatMap(({ labels, column }) => {
    const others = partners.get(labelKey(signatureOf(labels, matching)));
    if (others === undefined) return op === "and" ? [] : [{ labels, column }];
    return [{ labels, column: whereColumn(builder, column, others, op === "and" ? 1 : 0) }];
  });
  return { type: "vector", series, exclusive: left.exclusive };
}

/** A column where any of others has a value (`wanted` is 1), or none has (0); empty elsewhere. */
export function whereColumn(builder: ProgramBuilder, column: number, others: readonly number[], wanted: 0 | 1): number {
  return builder.column(
    `where ${wanted} ${column} ${others.join(" ")}`,
    (target): Operation =>
      ({ stride, values, present, size }) => {
        for (let i = 0; i < size; i++) {
          let found = 0;
          for (let k = 0; k < others.length; k++) found |= present[others[k]! * stride + i]!;
          present[target * stride + i] = found === wanted ? present[column * stride + i]! : 0;
          values[target * stride + i] = values[column * stride + i]!;
        }
      },
  );
}
