/** Planners: what may look into the model of the world. @module */
export { type BestPlan, findBestPlans } from "./best-plans.js";
export { type BestStatic, findBestStatic } from "./best-static.js";
export { ReturnBound } from "./bound.js";
export { cheapestLevels, type LevelProblem } from "./cheapest-levels.js";
export { createPlannedPolicy, plannedPolicyNames } from "./create-planned-policy.js";
export { ModelPredictivePolicy, type ModelPredictivePolicyOptions } from "./model-predictive.js";
export { OraclePolicy, type OraclePolicyOptions } from "./oracle.js";
