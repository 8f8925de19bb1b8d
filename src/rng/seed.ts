/** What a seed may be, and the check of it. @module */
import { InvalidSeedError } from "../errors.js";

/** A non-negative integer of any size. A number above 2^53 - 1 is refused: pass a bigint. */
export type Seed = number | bigint;

/**
 * Checks a seed and brings it to one type.
 *
 * @param seed - What a caller gave as a seed.
 * @returns The same integer as a bigint.
 * @throws {@link InvalidSeedError} when it is negative, not an integer, or a number too large to be exact.
 */
export function checkSeed(seed: unknown): bigint {
  if (typeof seed === "bigint" && seed >= 0n) return seed;
  if (typeof seed === "number" && Number.isSafeInteger(seed) && seed >= 0) return BigInt(seed);
  throw new InvalidSeedError(seed);
}
