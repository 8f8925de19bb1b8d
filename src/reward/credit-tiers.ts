/** Tiers of a service level agreement: which share of the price is given back. @module */
import { InvalidOptionError } from "../errors.js";
import { checkShare } from "./option-check.js";

/** One tier of an agreement. */
export interface CreditTier {
  /** The tier holds where less than this share of requests was good, from above 0 to 1. */
  readonly below: number;
  /** Share of the price given back, from above 0 to 1. */
  readonly credit: number;
}

/**
 * Checks tiers and freezes a copy of them.
 *
 * @throws InvalidOptionError unless each tier has a lower bound and a higher credit than the one before
 */
export function checkTiers(tiers: readonly CreditTier[]): readonly CreditTier[] {
  if (!Array.isArray(tiers) || tiers.length === 0) {
    throw new InvalidOptionError("tiers", "an array of at least one { below, credit }", tiers);
  }
  tiers.forEach((tier: CreditTier | undefined, k) => {
    checkShare(`tiers[${k}].below`, tier?.below as number);
    checkShare(`tiers[${k}].credit`, tier?.credit as number);
    const before = tiers[k - 1];
    if (before === undefined) return;
    if (tier!.below >= before.below) {
      throw new InvalidOptionError(
        `tiers[${k}].below`,
        `less than that of the tier before, ${before.below}`,
        tier!.below,
      );
    }
    if (tier!.credit <= before.credit) {
      throw new InvalidOptionError(
        `tiers[${k}].credit`,
        `more than that of the tier before, ${before.credit}`,
        tier!.credit,
      );
    }
  });
  return Object.freeze(tiers.map(({ below, credit }) => Object.freeze({ below, credit })));
}

/** The share of the price given back for a share of good requests; 0 where no tier holds. */
export function creditFor(goodShare: number, tiers: readonly CreditTier[]): number {
  let credit = 0;
  for (let k = 0; k < tiers.length && goodShare < tiers[k]!.below; k++) credit = tiers[k]!.credit;
  return credit;
}
