/** Label sets, the metric's name included as `__name__`: order, keys, selection. Used while compiling, never while running. @module */

/** A label set; iteration is in the order of label names. Prometheus treats an empty value as an absent label. */
export type LabelSet = ReadonlyMap<string, string>;

/** The label that holds a metric's name. */
export const METRIC_NAME = "__name__";

/** A label set of names and values; empty values are left out. */
export function labelSet(entries: Iterable<readonly [string, string]>): LabelSet {
  return new Map([...entries].filter(([, value]) => value !== "").sort(([a], [b]) => compareText(a, b)));
}

/** A unique text of a label set. */
export function labelKey(labels: LabelSet): string {
  return JSON.stringify([...labels]);
}

/** Only the labels named. */
export function keepLabels(labels: LabelSet, names: readonly string[]): LabelSet {
  return labelSet([...labels].filter(([name]) => names.includes(name)));
}

/** Without the labels named. */
export function dropLabels(labels: LabelSet, names: readonly string[]): LabelSet {
  return labelSet([...labels].filter(([name]) => !names.includes(name)));
}

/** Prometheus's order of label sets: name by name, then value by value, then the shorter one. */
export function compareLabels(a: LabelSet, b: LabelSet): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const order = compareText(left[i]![0], right[i]![0]) || compareText(left[i]![1], right[i]![1]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** As PromQL writes a series: `up{instance="web-1"}`. */
export function formatLabels(labels: LabelSet): string {
  const name = labels.get(METRIC_NAME) ?? "";
  const rest = [...labels].filter(([label]) => label !== METRIC_NAME);
  if (rest.length === 0) return name === "" ? "{}" : name;
  return `${name}{${rest.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(", ")}}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
