/** Reward term: credits for requests that failed, in tiers as providers pay them. Can be gamed; see docs/reward.md. @module */
import type { CreditTier } from "./credit-tiers.js";
import type { RewardTerm } from "./reward-term.js";
import { type ServiceCreditOptions, serviceCredit } from "./service-credit.js";

/**
 * What DigitalOcean gives back for App Platform, which promises 99.95 % a month.
 * @see https://docs.digitalocean.com/products/app-platform/details/sla (validated May 2025)
 */
export const AVAILABILITY_TIERS: readonly CreditTier[] = Object.freeze([
  { below: 0.9995, credit: 0.1 },
  { below: 0.99, credit: 0.3 },
  { below: 0.95, credit: 1 },
]);

/**
 * Gives part of the price back where too many requests of a window failed.
 *
 * How it is gamed: a credit never exceeds the price, and once the lowest tier is reached every further failure in the window is free.
 * A learner that gives up altogether pays no more than one that just missed. So it is a figure to report, or an addition to
 * `failedRequestPenalty`, and not a reward by itself.
 *
 * @param options - `tiers` default to {@link AVAILABILITY_TIERS}, `name` to "availabilityCredit".
 * @returns A term with memory, whose value is in USD and lies in [-price of the window, 0].
 * @throws InvalidOptionError
 */
export function availabilityCredit(options: ServiceCreditOptions): RewardTerm {
  const { usdPerMonth, windowSeconds = 3600, tiers = AVAILABILITY_TIERS, name = "availabilityCredit" } = options;
  return serviceCredit(
    { function: "availabilityCredit", ownOptions: {}, badRequests: ({ failed }) => failed },
    { usdPerMonth, windowSeconds, tiers, name },
  );
}
