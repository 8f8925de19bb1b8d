/** Vector environments. @module */
export type { AsyncVectorEnvOptions } from "./async-options.js";
export { AsyncVectorEnv } from "./async-vector-env.js";
export { batchInfos } from "./batch-infos.js";
export type { EnvModule, EnvSource } from "./env-source.js";
export { type MakeVecOptions, makeVec } from "./make-vec.js";
export type { VectorBatch } from "./step-queue.js";
export { SyncVectorEnv, type SyncVectorEnvOptions } from "./sync-vector-env.js";
export {
  AUTORESET_MODES,
  type AutoresetMode,
  type VectorEnv,
  type VectorInfos,
  type VectorizationMode,
  type VectorResetOptions,
  type VectorStepResult,
} from "./vector-env.js";
export type { VectorEnvOf } from "./vector-env-of.js";
export {
  VectorActionWrapper,
  VectorObservationWrapper,
  VectorRewardWrapper,
  VectorWrapper,
} from "./vector-wrapper.js";
export { registerVectorWrapper, type VectorWrapperRegistration } from "./vector-wrapper-registration.js";
export { VectorClipAction } from "./wrappers/clip-action.js";
export { VectorClipReward } from "./wrappers/clip-reward.js";
export { VectorDelayObservation } from "./wrappers/delay-observation.js";
export { VectorDiscretizeAction } from "./wrappers/discretize-action.js";
export { VectorDiscretizeObservation } from "./wrappers/discretize-observation.js";
export { VectorDtypeObservation } from "./wrappers/dtype-observation.js";
export { VectorFilterObservation } from "./wrappers/filter-observation.js";
export { VectorFlattenObservation } from "./wrappers/flatten-observation.js";
export { VectorFrameStackObservation } from "./wrappers/frame-stack-observation.js";
export { VectorNormalizeObservation } from "./wrappers/normalize-observation.js";
export { VectorNormalizeReward } from "./wrappers/normalize-reward.js";
export { VectorRecordEpisodeStatistics } from "./wrappers/record-episode-statistics.js";
export { VectorRescaleAction } from "./wrappers/rescale-action.js";
export { VectorRescaleObservation } from "./wrappers/rescale-observation.js";
export { VectorReshapeObservation } from "./wrappers/reshape-observation.js";
export { VectorStickyAction } from "./wrappers/sticky-action.js";
export { VectorTimeAwareObservation } from "./wrappers/time-aware-observation.js";
export { VectorTransformAction, type VectorTransformActionOptions } from "./wrappers/transform-action.js";
export {
  VectorTransformObservation,
  type VectorTransformObservationOptions,
} from "./wrappers/transform-observation.js";
export { VectorTransformReward, type VectorTransformRewardOptions } from "./wrappers/transform-reward.js";
export { VectorizeObservation, type VectorizeObservationOptions } from "./wrappers/vectorize-observation.js";
