/** Metrics in text form: Prometheus's format and OpenMetrics, read and written. @module */
export type {
  Exemplar,
  ExpositionFormat,
  ExpositionSample,
  FamilyType,
  MetricFamily,
} from "./family.js";
export type { ExpositionLimits } from "./limits.js";
export { type ParseExpositionOptions, parseExposition } from "./parse-exposition.js";
export { writeExposition } from "./write-exposition.js";
