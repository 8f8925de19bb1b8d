/** Reward term: what requests that were never answered cost on top. @module */
import { checkName, checkPositive } from "./option-check.js";
import type { RewardTerm } from "./reward-term.js";

/** Options of {@link failedRequestPenalty}. */
export interface FailedRequestPenaltyOptions {
  /** Price of one failed request, on top of what a slow one costs. Unit: USD. */
  readonly usdPerRequest: number;
  /** Name in `info.rewardTerms`. @defaultValue "failedRequests" */
  readonly name?: string;
}

/**
 * Charges every request that was refused, lost or given up, and at the episode's end those still waiting. Comes on top of
 * `slowRequestPenalty`, which counts them too: so a failed request is always dearer than a slow one.
 *
 * @returns A term whose value is in USD and lies in (-∞, 0].
 * @throws InvalidOptionError when the price is not a finite number above 0
 */
export function failedRequestPenalty(options: FailedRequestPenaltyOptions): RewardTerm {
  const { usdPerRequest, name = "failedRequests" } = options;
  checkPositive("usdPerRequest", usdPerRequest, "USD");
  checkName(name);
  return Object.freeze({
    name,
    function: "failedRequestPenalty",
    options: Object.freeze({ usdPerRequest }),
    evaluate: ({ failed }) => 0 - failed * usdPerRequest,
  } satisfies RewardTerm);
}
