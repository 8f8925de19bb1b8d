/** How the two sides of a binary operation are matched, and which labels the result has. @module */
import { dropLabels, keepLabels, type LabelSet, labelSet, METRIC_NAME } from "../labels.js";
import type { Binary, VectorMatching } from "./ast.js";
import { COMPARISONS } from "./math-functions.js";
import type { PromqlProfile } from "./sample-window.js";

/** Matching by all labels, where neither `on` nor `ignoring` is said. */
export const DEFAULT_MATCHING: VectorMatching = { on: false, labels: [], group: null, include: [] };

/** The labels by which two sides are matched. */
export function signatureOf(labels: LabelSet, { on, labels: names }: VectorMatching): LabelSet {
  return on ? keepLabels(labels, names) : dropLabels(labels, [...names, METRIC_NAME]);
}

/** Whether an operator leaves the metric's name: `prom2` forgets to drop it after atan2. */
export function keepsNames(op: string, profile: PromqlProfile): boolean {
  return op === "atan2" && profile === "prom2";
}

/** The labels of `a op b`, of those of the side that may have many series and of its partner. */
export function resultLabels(
  labels: LabelSet,
  partner: LabelSet,
  { op, bool }: Binary,
  { on, labels: names, group, include }: VectorMatching,
  profile: PromqlProfile,
): LabelSet {
  const filters = COMPARISONS.has(op) && !bool;
  let result = filters || (keepsNames(op, profile) && !bool) ? labels : withoutName(labels);
  if (group === null) result = on ? keepLabels(result, names) : names.length === 0 ? result : dropLabels(result, names);
  if (include.length === 0) return result;
  return labelSet([
    ...dropLabels(result, include),
    ...include.map((name): [string, string] => [name, partner.get(name) ?? ""]),
  ]);
}

const unnamed = new WeakMap<LabelSet, LabelSet>();

/** A label set without the metric's name, remembered. */
export function withoutName(labels: LabelSet): LabelSet {
  if (!labels.has(METRIC_NAME)) return labels;
  let rest = unnamed.get(labels);
  if (rest === undefined) {
    rest = dropLabels(labels, [METRIC_NAME]);
    unnamed.set(labels, rest);
  }
  return rest;
}
