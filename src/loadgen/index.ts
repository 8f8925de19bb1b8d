/** Workloads: arrival rates over time, from generators and from traces. @module */
export { atRate } from "./at-rate.js";
export { type BatchOptions, batch } from "./batch.js";
export { type BurstyOptions, bursty } from "./bursty.js";
export { createWorkload, type WorkloadOptions, workloadNames } from "./create-workload.js";
export { type DayOptions, day } from "./day.js";
export { type DiurnalOptions, diurnal } from "./diurnal.js";
export { type FlashCrowdOptions, flashCrowd } from "./flash-crowd.js";
export { type OnOffOptions, onOff } from "./on-off.js";
export { type RampOptions, ramp } from "./ramp.js";
export type { RateProfile, Spacing } from "./runner/arrivals.js";
export { type LoadRunnerOptions, profileOf } from "./runner/load-options.js";
export { type LoadProcessOptions, type LoadProgress, LoadRunner } from "./runner/load-runner.js";
export type { LatencyFigures, LoadReport, SentRequest } from "./runner/load-tally.js";
export { type SteadyOptions, steady } from "./steady.js";
export { type TraceOptions, type TraceWorkload, trace } from "./trace.js";
export type { TraceGaps } from "./trace-gaps.js";
export { type VariedOptions, varied } from "./varied.js";
export { type WeeklyOptions, weekly } from "./weekly.js";
export {
  ANNOUNCED_AHEAD_SECONDS,
  type EpisodeRequest,
  KNOT_SECONDS,
  type RateSeries,
  type Split,
  type Workload,
} from "./workload.js";
