/** How the two sides of a binary operation are matched. @module */
import { dropLabels, keepLabels, type LabelSet, METRIC_NAME } from "../labels.js";
import type { VectorMatching } from "./ast.js";

/** The labels by which two sides are matched. */
export function signatureOf(labels: LabelSet, { on, labels: names }: VectorMatching): LabelSet {
  return on ? keepLabels(labels, names) : dropLabels(labels, [...names, METRIC_NAME]);
}
