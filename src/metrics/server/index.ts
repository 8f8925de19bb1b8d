/** Where a live world's metrics are gathered and queried. @module */
export type {
  EpisodeQueryOptions,
  MetricsSource,
  MetricsSourceKind,
  MetricsSourceOptions,
  MetricsTarget,
} from "./metrics-source.js";
export { openMetricsSource } from "./open-metrics-source.js";
