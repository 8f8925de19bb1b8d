/** Results of queries as Prometheus's HTTP API writes them. @module */
import type { PromqlResult, ResultPoint } from "./promql/evaluator/evaluate.js";

/** A sample: time in seconds since 1970, value as text. */
export type DataSample = readonly [number, string];

/** A result: the `data` object of an answer. */
export type QueryData =
  | { readonly resultType: "scalar"; readonly result: DataSample }
  | { readonly resultType: "string"; readonly result: DataSample }
  | {
      readonly resultType: "vector";
      readonly result: readonly { readonly metric: Readonly<Record<string, string>>; readonly value: DataSample }[];
    }
  | {
      readonly resultType: "matrix";
      readonly result: readonly {
        readonly metric: Readonly<Record<string, string>>;
        readonly values: readonly DataSample[];
      }[];
    };

/** A result of our own evaluation as the API would write it. */
export function queryDataOf({ resultType, result }: PromqlResult): QueryData {
  const sample = ([time, value]: ResultPoint): DataSample => [time, formatValue(value)];
  switch (resultType) {
    case "string":
      return { resultType, result };
    case "scalar":
      return { resultType, result: sample(result) };
    case "vector":
      return { resultType, result: result.map(({ metric, value }) => ({ metric, value: sample(value) })) };
    case "matrix":
      return { resultType, result: result.map(({ metric, values }) => ({ metric, values: values.map(sample) })) };
  }
}

/** A number as the API writes it: `+Inf`, `-Inf`, `NaN`, and an exponent of at least two digits below 1e-6 and from 1e21. */
export function formatValue(value: number): string {
  if (Object.is(value, -0)) return "-0";
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}

/** The number of such a text; undefined where it is none. */
export function parseValue(text: string): number | undefined {
  if (text === "+Inf" || text === "Inf") return Number.POSITIVE_INFINITY;
  if (text === "-Inf") return Number.NEGATIVE_INFINITY;
  if (text === "NaN") return Number.NaN;
  return /^-?\d+(\.\d+)?(e[+-]\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Whether something is a result with all its parts. */
export function isQueryData(data: unknown): data is QueryData {
  if (!isRecord(data)) return false;
  const { resultType, result } = data;
  if (resultType === "string") return isSample(result, false);
  if (resultType === "scalar") return isSample(result, true);
  if (!Array.isArray(result)) return false;
  if (resultType === "vector") return result.every((one) => hasMetric(one) && isSample(one.value, true));
  if (resultType !== "matrix") return false;
  return result.every(
    (one) => hasMetric(one) && Array.isArray(one.values) && one.values.every((sample) => isSample(sample, true)),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hasMetric(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    isRecord(value) && isRecord(value.metric) && Object.values(value.metric).every((text) => typeof text === "string")
  );
}

function isSample(value: unknown, isNumber: boolean): value is DataSample {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [time, text] = value as unknown[];
  return typeof time === "number" && typeof text === "string" && (!isNumber || parseValue(text) !== undefined);
}
