/** Testing: checks for environments of one's own. @module */
export { type BenchmarkStepOptions, benchmarkStep, benchmarkVectorStep } from "./benchmark-step.js";
export { type CheckEnvOptions, checkEnv } from "./check-env.js";
export { type CheckMatchOptions, checkEnvironmentsMatch } from "./check-environments-match.js";
export { type ContractCase, envContract, vectorEnvContract } from "./env-contract.js";
