/** Credits of a service level agreement: part of the price, given back per window of time. @module */
import { BILLED_SECONDS_PER_MONTH } from "../infra/catalogue/billing.js";
import { type CreditTier, checkTiers, creditFor } from "./credit-tiers.js";
import { checkName, checkPositive } from "./option-check.js";
import type { RewardTerm, StepMeasurement } from "./reward-term.js";

/** Options that all credits share. */
export interface ServiceCreditOptions {
  /** Price of what the agreement covers. Unit: USD per month of 672 billed hours. */
  readonly usdPerMonth: number;
  /**
   * Time over which the share of good requests is judged; a credit is due at its end, and for the part of it that has passed at the
   * episode's end. A step belongs to the window it begins in. Unit: seconds of model time. @defaultValue 3600
   */
  readonly windowSeconds?: number;
  /** Share of the price given back, by share of good requests: bounds descending, credits ascending. */
  readonly tiers?: readonly CreditTier[];
  /** Name in `info.rewardTerms`. */
  readonly name?: string;
}

/** What tells one kind of credit from another. */
interface CreditKind {
  readonly function: string;
  /** The kind's own options, for JSON. */
  readonly ownOptions: Readonly<Record<string, unknown>>;
  /** The requests of a step that were not good. */
  badRequests(step: StepMeasurement): number;
}

/** What is remembered of a window. */
const ELAPSED = 0;
const ARRIVALS = 1;
const JUDGED = 2;
const BAD = 3;

/** Makes the term of one kind of credit. @throws InvalidOptionError */
export function serviceCredit(kind: CreditKind, options: Required<ServiceCreditOptions>): RewardTerm {
  const { usdPerMonth, windowSeconds, name } = options;
  checkPositive("usdPerMonth", usdPerMonth, "USD");
  checkPositive("windowSeconds", windowSeconds, "seconds");
  const tiers = checkTiers(options.tiers);
  checkName(name);
  return Object.freeze({
    name,
    function: kind.function,
    options: Object.freeze({ ...kind.ownOptions, usdPerMonth, windowSeconds, tiers }),
    memoryLength: 4,
    evaluate: (step, memory) => {
      memory[ELAPSED]! += step.seconds;
      memory[ARRIVALS]! += step.arrivals;
      memory[JUDGED]! += step.answered + step.failed;
      memory[BAD]! += kind.badRequests(step);
      if (memory[ELAPSED]! < windowSeconds && !step.final) return 0;
      const price = (usdPerMonth * memory[ELAPSED]!) / BILLED_SECONDS_PER_MONTH;
      const credit = creditFor(goodShare(memory), tiers) * price;
      memory.fill(0);
      return 0 - credit;
    },
  } satisfies RewardTerm);
}

/** The share of good requests in a window; 0 where requests came and none was judged, 1 where none came. */
function goodShare(memory: Float64Array): number {
  if (memory[JUDGED]! > 0) return (memory[JUDGED]! - memory[BAD]!) / memory[JUDGED]!;
  return memory[ARRIVALS]! > 0 ? 0 : 1;
}
