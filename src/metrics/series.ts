/** The series of a definition, declared beforehand: an ordered list with look-ups. @module */
import { InvalidOptionError } from "../errors.js";
import { compareLabels, formatLabels, type LabelSet, labelKey, labelSet, METRIC_NAME } from "./labels.js";

/** One series: a metric's name, its labels, and whether it can be absent from a scrape. */
export interface SeriesSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Whether some scrapes lack it, as those of an instance slot that is empty. @defaultValue false */
  readonly optional?: boolean;
}

/** Ordered, fixed list of series. The index of a series is its row in the kernel's `current` values. */
export class SeriesSchema {
  readonly series: readonly SeriesSpec[];
  /** Label sets with the name as `__name__`, in the order of `series`. */
  readonly labelSets: readonly LabelSet[];
  /** Indices of the series in Prometheus's order of label sets. */
  readonly sorted: readonly number[];
  readonly #indices = new Map<string, number>();

  /** @throws InvalidOptionError when a name or label is not Prometheus's, or a series comes twice */
  constructor(series: readonly SeriesSpec[]) {
    this.series = Object.freeze([...series]);
    this.labelSets = series.map((spec, index) => this.#declare(spec, index));
    this.sorted = series.map((_, i) => i).sort((a, b) => compareLabels(this.labelSets[a]!, this.labelSets[b]!));
  }

  /** Number of series. */
  get size(): number {
    return this.series.length;
  }

  /** Index of a series, or -1. */
  indexOf(name: string, labels: Readonly<Record<string, string>> = {}): number {
    return this.#indices.get(labelKey(labelSetOf(name, labels))) ?? -1;
  }

  /** Metric names that occur, each once, in order of declaration. */
  names(): readonly string[] {
    return [...new Set(this.series.map(({ name }) => name))];
  }

  #declare(spec: SeriesSpec, index: number): LabelSet {
    if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(spec.name)) {
      throw new InvalidOptionError(`series[${index}].name`, "a metric name of letters, digits, _ and :", spec.name);
    }
    for (const label of Object.keys(spec.labels)) {
      if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) || label.startsWith("__")) {
        throw new InvalidOptionError(
          `series[${index}].labels`,
          "label names of letters, digits and _, not beginning with __",
          label,
        );
      }
    }
    const labels = labelSetOf(spec.name, spec.labels);
    const key = labelKey(labels);
    if (this.#indices.has(key)) {
      throw new InvalidOptionError(`series[${index}]`, "a series not declared before", formatLabels(labels));
    }
    this.#indices.set(key, index);
    return labels;
  }
}

function labelSetOf(name: string, labels: Readonly<Record<string, string>>): LabelSet {
  return labelSet([[METRIC_NAME, name], ...Object.entries(labels)]);
}
