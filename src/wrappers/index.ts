/** Wrappers: environments around an environment, one file each. @module */
export { ActionWrapper, ObservationWrapper, RewardWrapper, Wrapper } from "../wrapper.js";
export { registerWrapper, type WrapperRegistration } from "../wrapper-registration.js";
export { Autoreset } from "./autoreset.js";
export type { BinOptions } from "./bin-grid.js";
export type { Bound, FloatArray, NumericArray } from "./box-of.js";
export { ClipAction } from "./clip-action.js";
export { ClipReward, type ClipRewardOptions } from "./clip-reward.js";
export { DelayObservation, type DelayObservationOptions } from "./delay-observation.js";
export { DiscretizeAction } from "./discretize-action.js";
export { DiscretizeObservation } from "./discretize-observation.js";
export { DtypeObservation, type DtypeObservationOptions } from "./dtype-observation.js";
export { FilterObservation, type FilterObservationOptions } from "./filter-observation.js";
export { FlattenObservation } from "./flatten-observation.js";
export { FrameStackObservation, type FrameStackObservationOptions } from "./frame-stack-observation.js";
export { MaxAndSkipObservation, type MaxAndSkipObservationOptions } from "./max-and-skip-observation.js";
export { NormalizeObservation, type NormalizeObservationOptions } from "./normalize-observation.js";
export { NormalizeReward, type NormalizeRewardOptions } from "./normalize-reward.js";
export { OrderEnforcing } from "./order-enforcing.js";
export { PassiveEnvChecker, type PassiveEnvCheckerOptions } from "./passive-env-checker.js";
export {
  type EpisodeStatistics,
  RecordEpisodeStatistics,
  type RecordEpisodeStatisticsOptions,
} from "./record-episode-statistics.js";
export { RecordTrajectory, type RecordTrajectoryOptions } from "./record-trajectory.js";
export { RenderCollection, type RenderCollectionOptions } from "./render-collection.js";
export { RepeatAction, type RepeatActionOptions } from "./repeat-action.js";
export { RescaleAction, type RescaleActionOptions } from "./rescale-action.js";
export { RescaleObservation, type RescaleObservationOptions } from "./rescale-observation.js";
export { ReshapeObservation, type ReshapeObservationOptions } from "./reshape-observation.js";
export type { RunningPrecision, RunningStatistics } from "./running-mean-std.js";
export { StickyAction, type StickyActionOptions } from "./sticky-action.js";
export { TimeAwareObservation, type TimeAwareObservationOptions } from "./time-aware-observation.js";
export { TimeLimit, type TimeLimitOptions } from "./time-limit.js";
export type { Trajectory, TrajectoryHeader } from "./trajectory.js";
export { TransformAction, type TransformActionOptions } from "./transform-action.js";
export { TransformObservation, type TransformObservationOptions } from "./transform-observation.js";
export { TransformReward, type TransformRewardOptions } from "./transform-reward.js";
