/** Wrappers: environments around an environment, one file each. @module */
export { ActionWrapper, ObservationWrapper, RewardWrapper, Wrapper } from "../wrapper.js";
export { Autoreset } from "./autoreset.js";
export { OrderEnforcing } from "./order-enforcing.js";
export {
  type EpisodeStatistics,
  RecordEpisodeStatistics,
  type RecordEpisodeStatisticsOptions,
} from "./record-episode-statistics.js";
export { TimeLimit, type TimeLimitOptions } from "./time-limit.js";
