/** Metrics: the catalogue, series of many environments, and PromQL over them. @module */

export { type Clock, systemClock } from "../clock.js";
export { METRICS, type Metric, type MetricType, metricOf, seriesNamesOf } from "./catalogue.js";
export {
  type BuildInfo,
  type CallOptions,
  Credentials,
  credentialsFromEnvironment,
  LiveQueries,
  type ProfileCheckOptions,
  PrometheusClient,
  type PrometheusClientOptions,
  type QueryAnswer,
  type QueryClient,
  type QueryFailure,
  type QueryRange,
} from "./client/index.js";
export {
  type Exemplar,
  type ExpositionFormat,
  type ExpositionLimits,
  type ExpositionSample,
  type FamilyType,
  type MetricFamily,
  type ParseExpositionOptions,
  parseExposition,
  writeExposition,
} from "./exposition/index.js";
export type { LabelSet } from "./labels.js";
export { LATENCY_BUCKETS } from "./latency-buckets.js";
export type {
  Aggregation,
  AtModifier,
  Binary,
  Call,
  Expr,
  Matcher,
  MatrixSelector,
  NumberLiteral,
  Span,
  StringLiteral,
  Subquery,
  Unary,
  ValueType,
  VectorMatching,
  VectorSelector,
} from "./promql/ast.js";
export {
  type EvaluateOptions,
  type EvaluationRange,
  evaluatePromql,
  type PromqlResult,
  type ResultMetric,
  type ResultPoint,
} from "./promql/evaluator/evaluate.js";
export { parsePromql } from "./promql/parse.js";
export { type QueryIntervals, substituteVariables } from "./promql/query-text.js";
export { type SampledSeries, SampleSet, type SeriesSample, type StoredSeries } from "./promql/sample-set.js";
export type { PromqlProfile } from "./promql/sample-window.js";
export type { DataSample, QueryData } from "./query-data.js";
export { type CompileOptions, compileQueries, type QueryProgram } from "./query-program.js";
export type { ResultHistory, ResultHistoryOptions } from "./result-history.js";
export { LiveSeries, Scraper, type ScraperOptions, type ScrapeTarget } from "./scraper/index.js";
export { SeriesSchema, type SeriesSpec } from "./series.js";
export { SeriesStore, type SeriesStoreOptions, type SeriesStoreSnapshot } from "./series-store.js";
export {
  type EpisodeQueryOptions,
  type MetricsSource,
  type MetricsSourceKind,
  type MetricsSourceOptions,
  type MetricsTarget,
  openMetricsSource,
} from "./server/index.js";
