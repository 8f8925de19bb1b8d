/** Powers, from IEEE-exact operations only. @module */
import { exp } from "./exponential.js";
import { log } from "./logarithm.js";

/**
 * base^exponent, for positive bases and any exponent, or any base and an integer exponent.
 *
 * Integer exponents up to 64 are multiplied out (relative error below 1e-14); otherwise exp(exponent·ln base), with a
 * relative error of about 2^-52·(1 + |exponent·ln base|).
 *
 * @returns NaN for a negative base with an exponent that is not an integer; 1 for the exponent 0.
 */
export function pow(base: number, exponent: number): number {
  const size = Math.abs(exponent);
  if (size <= 64 && Math.floor(size) === size) {
    const power = integerPower(base, size);
    return exponent < 0 ? 1 / power : power;
  }
  if (base < 0 && Math.floor(exponent) === exponent) {
    const power = pow(-base, exponent);
    return exponent % 2 === 0 ? power : -power;
  }
  if (base === 1) return Number.isNaN(exponent) ? Number.NaN : 1;
  return exp(exponent * log(base));
}

function integerPower(base: number, exponent: number): number {
  let power = 1;
  for (let square = base; exponent > 0; square *= square) {
    if (exponent % 2 === 1) power *= square;
    exponent = Math.floor(exponent / 2);
  }
  return power;
}
