/** Reward term: what the provider billed. @module */
import { checkName } from "./option-check.js";
import type { RewardTerm } from "./reward-term.js";

/** Options of {@link billedCost}. */
export interface BilledCostOptions {
  /** Name in `info.rewardTerms`. @defaultValue "cost" */
  readonly name?: string;
}

/**
 * Charges what the provider billed in the step, at list prices with their minimum and monthly cap.
 *
 * @returns A term whose value is in USD and lies in (-∞, 0].
 * @throws InvalidOptionError
 */
export function billedCost({ name = "cost" }: BilledCostOptions = {}): RewardTerm {
  checkName(name);
  return Object.freeze({
    name,
    function: "billedCost",
    options: Object.freeze({}),
    // 0 - x, so that nothing billed is 0 and not -0.
    evaluate: ({ costUsd }) => 0 - costUsd,
  } satisfies RewardTerm);
}
