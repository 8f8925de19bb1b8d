/** Testing: checks for environments of one's own. @module */
export { type CheckEnvOptions, checkEnv } from "./check-env.js";
