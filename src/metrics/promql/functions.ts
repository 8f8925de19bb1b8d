/** Signatures of Prometheus's stable functions and aggregations, for type checks. @module */
import type { ValueType } from "./ast.js";

/** What a function takes and gives. */
export interface FunctionSignature {
  readonly args: readonly ValueType[];
  /** How many of the last arguments may be left out; -1 where the last may be repeated. */
  readonly optional: number;
  readonly returns: ValueType;
}

const signature = (args: readonly ValueType[], returns: ValueType, optional = 0): FunctionSignature => ({
  args,
  optional,
  returns,
});
const all = (names: string, of: FunctionSignature): [string, FunctionSignature][] =>
  names.split(" ").map((name) => [name, of]);

/** Functions by name. @see https://prometheus.io/docs/prometheus/latest/querying/functions/ */
export const FUNCTIONS: ReadonlyMap<string, FunctionSignature> = new Map([
  ...all("rate irate increase delta idelta resets changes deriv", signature(["matrix"], "vector")),
  ...all(
    "avg_over_time max_over_time min_over_time sum_over_time first_over_time last_over_time count_over_time present_over_time stddev_over_time stdvar_over_time absent_over_time",
    signature(["matrix"], "vector"),
  ),
  ["quantile_over_time", signature(["scalar", "matrix"], "vector")],
  ["predict_linear", signature(["matrix", "scalar"], "vector")],
  ...all("holt_winters double_exponential_smoothing", signature(["matrix", "scalar", "scalar"], "vector")),
  ...all(
    "abs absent ceil exp floor ln log10 log2 sgn sqrt sort sort_desc timestamp deg rad sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh",
    signature(["vector"], "vector"),
  ),
  ...all(
    "histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar",
    signature(["vector"], "vector"),
  ),
  ["histogram_quantile", signature(["scalar", "vector"], "vector")],
  ["histogram_fraction", signature(["scalar", "scalar", "vector"], "vector")],
  ["clamp", signature(["vector", "scalar", "scalar"], "vector")],
  ...all("clamp_min clamp_max", signature(["vector", "scalar"], "vector")),
  ["round", signature(["vector", "scalar"], "vector", 1)],
  ...all(
    "day_of_month day_of_week day_of_year days_in_month hour minute month year",
    signature(["vector"], "vector", 1),
  ),
  ["label_replace", signature(["vector", "string", "string", "string", "string"], "vector")],
  ["label_join", signature(["vector", "string", "string", "string"], "vector", -1)],
  ["scalar", signature(["vector"], "scalar")],
  ["vector", signature(["scalar"], "vector")],
  ...all("time pi", signature([], "scalar")),
]);

/** Aggregations, with the type of their parameter or null. */
export const AGGREGATIONS: ReadonlyMap<string, ValueType | null> = new Map<string, ValueType | null>([
  ...["sum", "avg", "min", "max", "count", "group", "stddev", "stdvar"].map((op): [string, null] => [op, null]),
  ...["topk", "bottomk", "quantile"].map((op): [string, ValueType] => [op, "scalar"]),
  ["count_values", "string"],
]);

/** Functions and aggregations that Prometheus puts behind a feature flag. */
export const EXPERIMENTAL: readonly string[] = [
  "mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time",
  "sort_by_label sort_by_label_desc info limitk limit_ratio histogram_quantiles min_of max_of start end range step",
].flatMap((names) => names.split(" "));

/** Why an experimental function is refused. */
export function experimental(name: string): string {
  return `${name} is experimental in Prometheus, and not supported.`;
}

/** Functions of native histograms alone. */
export const NATIVE_ONLY: readonly string[] = [
  "histogram_avg",
  "histogram_count",
  "histogram_sum",
  "histogram_stddev",
  "histogram_stdvar",
];

/** Functions that only one version of Prometheus has, and which. */
export const ONLY_IN: ReadonlyMap<string, "prom2" | "prom3"> = new Map([
  ["holt_winters", "prom2"],
  ["double_exponential_smoothing", "prom3"],
  ["histogram_fraction", "prom3"],
  ["first_over_time", "prom3"],
]);
