/** Reward term: what requests answered too late, or never, cost. @module */
import { checkName, checkPositive, checkTargetSeconds } from "./option-check.js";
import type { RewardTerm } from "./reward-term.js";

/** Options of {@link slowRequestPenalty}. */
export interface SlowRequestPenaltyOptions {
  /** Promised response time, seen by the client: a bound of the latency histogram. Unit: seconds. @defaultValue 0.25 */
  readonly targetSeconds?: number;
  /** Price of one request beyond it. Unit: USD. */
  readonly usdPerRequest: number;
  /** Name in `info.rewardTerms`. @defaultValue "slowRequests" */
  readonly name?: string;
}

/**
 * Charges every request answered later than promised, or never. Linear and uncapped: the thousandth late request costs
 * what the first one did, so giving up never pays.
 *
 * @returns A term whose value is in USD and lies in (-∞, 0].
 * @throws InvalidOptionError when the price is not a finite number above 0, or the target no bound of the histogram
 * @see Beyer et al., "Site Reliability Engineering" (2016), ch. 4, for judging what the client sees
 * @example
 * slowRequestPenalty({ usdPerRequest: 1e-6 }); // 300 requests beyond 250 ms are -0.0003 USD
 */
export function slowRequestPenalty(options: SlowRequestPenaltyOptions): RewardTerm {
  const { targetSeconds = 0.25, usdPerRequest, name = "slowRequests" } = options;
  checkTargetSeconds(targetSeconds);
  checkPositive("usdPerRequest", usdPerRequest, "USD");
  checkName(name);
  return Object.freeze({
    name,
    function: "slowRequestPenalty",
    options: Object.freeze({ targetSeconds, usdPerRequest }),
    evaluate: (step) => 0 - step.requestsBeyond(targetSeconds) * usdPerRequest,
  } satisfies RewardTerm);
}
