/** Rewards: sums of terms in US dollars. @module */
export { type BilledCostOptions, billedCost } from "./billed-cost.js";
export { type FailedRequestPenaltyOptions, failedRequestPenalty } from "./failed-request-penalty.js";
export { RewardEvaluator } from "./reward-evaluator.js";
export type { RewardTerm, StepMeasurement } from "./reward-term.js";
export { type SlowRequestPenaltyOptions, slowRequestPenalty } from "./slow-request-penalty.js";
export { type Reward, type RewardTermJson, sumOfTerms } from "./sum-of-terms.js";
