/** What `info` holds in this library's environments. @module */
import type { PolicyInfo } from "../agents/policy.js";
import type { Plan } from "../infra/plan.js";

/** How the service did in one step, judged at the client. */
export interface SloInfo {
  /** Requests that came, that were answered, and that failed: refused, lost or given up. */
  readonly arrivals: number;
  readonly answered: number;
  readonly failed: number;
  /** Requests answered later than the objective. */
  readonly slow: number;
  /** (slow + failed) / arrivals, from 0 to 1; 0 without arrivals. */
  readonly violationRatio: number;
  /** 95th percentile of the response times of the step, from the histogram. Unit: seconds; NaN when none was answered. */
  readonly p95Seconds: number;
}

/** A change that was refused or failed. */
export interface ChangeFailure {
  readonly address: string;
  /** Stable word, such as `max-usd-per-hour`. */
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** Costs that are not part of the reward, for constrained learning. */
export interface ConstraintCosts {
  /** Time of the step in which more than the objective's share of requests was in violation. Unit: seconds. */
  readonly sloViolationSeconds: number;
  /** Spent beyond `limits.maxUsd`. Unit: USD. */
  readonly overBudgetUsd: number;
}

/** `info` of `InfraEnv`. */
export interface InfraInfo extends PolicyInfo {
  /** Billed in this step. Unit: USD. */
  readonly costUsd: number;
  /** Each reward term's value in this step, by name. Unit: USD. They add up to the reward. */
  readonly rewardTerms: Readonly<Record<string, number>>;
  readonly slo: SloInfo;
  /** What the action changes in the graph. Frozen and shared. */
  readonly plan: Plan;
  /** Why the action was not carried out: not allowed by mask or guard; null when it was. */
  readonly refusal: string | null;
  /** Replicas that are not yet as desired, by address. */
  readonly pending: Readonly<Record<string, number>>;
  readonly failures: readonly ChangeFailure[];
  readonly constraints: ConstraintCosts;
  /** Names of the features that could not be read, so that the observation has an older value of theirs. Empty in virtual time. */
  readonly stale: readonly string[];
  /** How late the backend was. Unit: seconds; 0 in virtual time. */
  readonly lateSeconds: number;
}
