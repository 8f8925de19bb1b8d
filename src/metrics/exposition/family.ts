/** Metrics in text form as values: families, samples, exemplars. @module */
import type { LabelSet } from "../labels.js";

/** The two text formats: Prometheus's (0.0.4) and OpenMetrics (1.0.0). */
export type ExpositionFormat = "text" | "openmetrics";

/** Types of a family. Prometheus's `untyped` is `unknown`; the last three are OpenMetrics's alone. */
export type FamilyType =
  | "counter"
  | "gauge"
  | "histogram"
  | "summary"
  | "unknown"
  | "info"
  | "stateset"
  | "gaugehistogram";

/** An example of what was counted, such as a trace's id. OpenMetrics alone has them. */
export interface Exemplar {
  readonly labels: LabelSet;
  readonly value: number;
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly timestampSeconds?: number;
}

/** One sample. */
export interface ExpositionSample {
  /** With its suffix, such as `http_requests_total`. */
  readonly name: string;
  /** Without the name. */
  readonly labels: LabelSet;
  readonly value: number;
  /** Unit: seconds since 1970-01-01 UTC; the text format keeps whole milliseconds. */
  readonly timestampSeconds?: number;
  readonly exemplar?: Exemplar;
}

/** One metric family: what stands under one TYPE line. */
export interface MetricFamily {
  /** As the format names it: OpenMetrics's counters have no `_total` here, the text format's have. */
  readonly name: string;
  readonly type: FamilyType;
  readonly help?: string;
  /** OpenMetrics alone has it; the name ends in it. */
  readonly unit?: string;
  readonly samples: readonly ExpositionSample[];
}

/** What may follow a family's name in its samples' names. @see https://prometheus.io/docs/specs/om/open_metrics_spec/ "Suffixes" */
const SUFFIXES: Readonly<Record<ExpositionFormat, Readonly<Record<FamilyType, readonly string[]>>>> = {
  text: {
    counter: [""],
    gauge: [""],
    histogram: ["_bucket", "_sum", "_count"],
    summary: ["", "_sum", "_count"],
    unknown: [""],
    info: [],
    stateset: [],
    gaugehistogram: [],
  },
  openmetrics: {
    counter: ["_total", "_created"],
    gauge: [""],
    histogram: ["_bucket", "_sum", "_count", "_created"],
    summary: ["", "_sum", "_count", "_created"],
    unknown: [""],
    info: ["_info"],
    stateset: [""],
    gaugehistogram: ["_bucket", "_gsum", "_gcount"],
  },
};

/** The suffixes that a type's samples have in a format; none where the format does not have the type. */
export function suffixesOf(type: FamilyType, format: ExpositionFormat): readonly string[] {
  return SUFFIXES[format][type];
}

/** The types of a format, by the word its TYPE lines use. */
export function typeWords(format: ExpositionFormat): ReadonlyMap<string, FamilyType> {
  const types = (Object.keys(SUFFIXES[format]) as FamilyType[]).filter((type) => suffixesOf(type, format).length > 0);
  return new Map(types.map((type) => [typeWord(type, format), type]));
}

/** What a TYPE line calls a type. */
export function typeWord(type: FamilyType, format: ExpositionFormat): string {
  return type === "unknown" && format === "text" ? "untyped" : type;
}
