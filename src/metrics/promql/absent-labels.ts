/** Labels of what `absent` finds missing. @module */
import { type LabelSet, labelSet, METRIC_NAME } from "../labels.js";
import type { Expr } from "./ast.js";

/** The labels that a selector demands by equality, each once; none for other expressions. */
export function absentLabels(expr: Expr): LabelSet {
  const selector = expr.kind === "matrix" ? expr.selector : expr;
  if (selector.kind !== "selector") return labelSet([]);
  const labels = new Map<string, string>();
  const unclear = new Set<string>();
  for (const { label, op, value } of selector.matchers) {
    if (label === METRIC_NAME) continue;
    if (op === "=" && !labels.has(label)) labels.set(label, value);
    else unclear.add(label);
  }
  return labelSet([...labels].filter(([label]) => !unclear.has(label)));
}
