/** Reward term: credits for requests answered too late, in tiers. Can be gamed; see docs/reward.md. @module */
import type { CreditTier } from "./credit-tiers.js";
import { checkTargetSeconds } from "./option-check.js";
import type { RewardTerm } from "./reward-term.js";
import { type ServiceCreditOptions, serviceCredit } from "./service-credit.js";

/** Options of {@link latencyCredit}. */
export interface LatencyCreditOptions extends ServiceCreditOptions {
  /** Promised response time, seen by the client: a bound of the latency histogram. Unit: seconds. @defaultValue 0.25 */
  readonly targetSeconds?: number;
}

/** Tiers for an objective of 99 % in time. Ours: providers promise availability, and no response times of their customers' software. */
export const LATENCY_TIERS: readonly CreditTier[] = Object.freeze([
  { below: 0.99, credit: 0.1 },
  { below: 0.95, credit: 0.3 },
  { below: 0.9, credit: 1 },
]);

/**
 * Gives part of the price back where too many requests of a window were answered late, or never.
 *
 * How it is gamed: as `availabilityCredit`. Once a window is lost, nothing that happens in it matters any more.
 *
 * @param options - `tiers` default to {@link LATENCY_TIERS}, `name` to "latencyCredit".
 * @returns A term with memory, whose value is in USD and lies in [-price of the window, 0].
 * @throws InvalidOptionError
 */
export function latencyCredit(options: LatencyCreditOptions): RewardTerm {
  const { usdPerMonth, windowSeconds = 3600, tiers = LATENCY_TIERS, name = "latencyCredit" } = options;
  const { targetSeconds = 0.25 } = options;
  checkTargetSeconds(targetSeconds);
  return serviceCredit(
    {
      function: "latencyCredit",
      ownOptions: { targetSeconds },
      badRequests: (step) => step.requestsBeyond(targetSeconds),
    },
    { usdPerMonth, windowSeconds, tiers, name },
  );
}
