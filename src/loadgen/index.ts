/** Workloads: arrival rates over time. @module */
export { type DayOptions, day } from "./day.js";
export { type SteadyOptions, steady } from "./steady.js";
export {
  ANNOUNCED_AHEAD_SECONDS,
  type EpisodeRequest,
  KNOT_SECONDS,
  type RateSeries,
  type Split,
  type Workload,
} from "./workload.js";
