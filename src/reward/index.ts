/** Rewards: sums of terms in US dollars, the ledger, and the service level objective. @module */
export { AVAILABILITY_TIERS, availabilityCredit } from "./availability-credit.js";
export { type BilledCostOptions, billedCost } from "./billed-cost.js";
export { clientLatencyQuantile } from "./client-latency.js";
export type { CreditTier } from "./credit-tiers.js";
export { type FailedRequestPenaltyOptions, failedRequestPenalty } from "./failed-request-penalty.js";
export { HistogramMeasurement } from "./histogram-measurement.js";
export { LATENCY_TIERS, type LatencyCreditOptions, latencyCredit } from "./latency-credit.js";
export { Ledger, type LedgerSnapshot } from "./ledger.js";
export { RewardEvaluator } from "./reward-evaluator.js";
export { type RewardTermMaker, rewardFromJson, rewardTermNames } from "./reward-json.js";
export type { RewardTerm, StepMeasurement } from "./reward-term.js";
export { type SaturatingLatencyShareOptions, saturatingLatencyShare } from "./saturating-latency-share.js";
export type { ServiceCreditOptions } from "./service-credit.js";
export {
  isObjectiveMissed,
  type ServiceObjective,
  serviceObjective,
  sloViolationSeconds,
  violationRatio,
} from "./service-objective.js";
export { type SlowRequestPenaltyOptions, slowRequestPenalty } from "./slow-request-penalty.js";
export { type Reward, type RewardTermJson, sumOfTerms } from "./sum-of-terms.js";
