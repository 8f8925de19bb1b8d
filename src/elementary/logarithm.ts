/** The natural logarithm, from IEEE-exact operations only. @module */
import { logOfProduct } from "./log-of-product.js";
import { scaleBy } from "./powers-of-two.js";

const TWO_200 = 1.6069380442589903e60;
/** High word of the square root of one half, where the exponent is changed. */
const SQRT_HALF_WORD = 0x3fe6a09e;

const value = new Float64Array(1);
const words = new Int32Array(value.buffer);

/**
 * The natural logarithm of x, within 1 ulp.
 *
 * Writes x as 2^k·(1 + f) with 1 + f from √½ to √2 and evaluates 2·artanh(f/(2 + f)) by a polynomial of degree 7 in the
 * square of the argument, fitted at Chebyshev's nodes with 40 digits (error below 7e-20).
 *
 * @param x - Any number; NaN for NaN and below 0, -Infinity for 0.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  if (x < 1e-270) {
    k = -200;
    x *= TWO_200;
  } else if (x > 1e270) {
    k = 200;
    x /= TWO_200;
  }
  value[0] = x;
  const shift = (words[1]! - SQRT_HALF_WORD) >> 20;
  return logOfProduct(k + shift, scaleBy(x, -shift) - 1, 0);
}

/**
 * ln(1 + x), within 2 ulp, small x included.
 *
 * @param x - Any number; NaN for NaN and below -1, -Infinity for -1.
 */
export function log1p(x: number): number {
  if (x > -0.29 && x < 0.41) return logOfProduct(0, x, 0);
  const sum = 1 + x;
  if (!(sum > 0) || sum === Number.POSITIVE_INFINITY) return log(sum);
  // What the addition lost, relative to the sum.
  const lost = (x > 1 ? 1 - (sum - x) : x - (sum - 1)) / sum;
  return log(sum) + lost;
}
