/** Vector environments. @module */
export { AsyncVectorEnv, type AsyncVectorEnvOptions } from "./async-vector-env.js";
export { batchInfos } from "./batch-infos.js";
export type { EnvModule, EnvSource } from "./env-source.js";
export { type MakeVecOptions, makeVec, type VectorizationMode } from "./make-vec.js";
export type { VectorBatch } from "./step-queue.js";
export { SyncVectorEnv, type SyncVectorEnvOptions } from "./sync-vector-env.js";
export {
  AUTORESET_MODES,
  type AutoresetMode,
  type VectorEnv,
  type VectorInfos,
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
export { VectorClipReward } from "./wrappers/clip-reward.js";
export { VectorDtypeObservation } from "./wrappers/dtype-observation.js";
export { VectorFlattenObservation } from "./wrappers/flatten-observation.js";
export { VectorNormalizeObservation } from "./wrappers/normalize-observation.js";
export { VectorNormalizeReward } from "./wrappers/normalize-reward.js";
export { VectorRecordEpisodeStatistics } from "./wrappers/record-episode-statistics.js";
export { VectorRescaleAction } from "./wrappers/rescale-action.js";
export { VectorTransformAction, type VectorTransformActionOptions } from "./wrappers/transform-action.js";
export {
  VectorTransformObservation,
  type VectorTransformObservationOptions,
} from "./wrappers/transform-observation.js";
export { VectorTransformReward, type VectorTransformRewardOptions } from "./wrappers/transform-reward.js";
export { VectorizeObservation, type VectorizeObservationOptions } from "./wrappers/vectorize-observation.js";
