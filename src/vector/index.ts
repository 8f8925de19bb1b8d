/** Vector environments. @module */
export { batchInfos } from "./batch-infos.js";
export { SyncVectorEnv, type SyncVectorEnvOptions } from "./sync-vector-env.js";
export {
  AUTORESET_MODES,
  type AutoresetMode,
  type VectorEnv,
  type VectorInfos,
  type VectorResetOptions,
  type VectorStepResult,
} from "./vector-env.js";
