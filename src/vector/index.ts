/** Vector environments. @module */
export type { AutoresetMode, VectorEnv, VectorResetOptions, VectorStepResult } from "./vector-env.js";
