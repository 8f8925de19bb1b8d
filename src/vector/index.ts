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
