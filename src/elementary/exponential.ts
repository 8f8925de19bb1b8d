/** The exponential function, from IEEE-exact operations only. @module */
import { scaleBy } from "./powers-of-two.js";

/** ln 2 in two parts; the first has 32 bits, so that its product with an exponent is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** Adding and subtracting it rounds a double below 2^51 to an integer, ties to even. */
const ROUND = 6755399441055744;

/**
 * e^x, within 1 ulp where the result is a normal number.
 *
 * Reduces x to r = x − k·ln 2 with |r| ≤ 0.35 and evaluates (e^r − 1 − r)/r² as a polynomial of degree 10, fitted at
 * Chebyshev's nodes with 40 digits (error of e^r below 2e-19).
 *
 * @param x - Any number; NaN gives NaN.
 * @returns 0 below -745.14, Infinity above 709.79.
 */
export function exp(x: number): number {
  // Infinity, or NaN for NaN.
  if (!(x <= 709.782712893384)) return x + Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const k = x * Math.LOG2E + ROUND - ROUND;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const y = 1 + (high - (low - r * r * remainder(r)));
  return scaleBy(y, k);
}

/**
 * e^x − 1, within 2 ulp, small results included.
 *
 * @param x - Any number; NaN gives NaN.
 */
export function expm1(x: number): number {
  if (x > -0.3 && x < 0.3) return x + x * x * remainder(x);
  return exp(x) - 1;
}

/** (e^r − 1 − r)/r², by Estrin's scheme: short chains of dependent operations are what makes it fast. */
function remainder(r: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const a = 0.5 + r * 0.1666666666666667 + r2 * (0.04166666666666667 + r * 0.008333333333326084);
  const b = 0.0013888888888883711 + r * 0.0001984126987500228 + r2 * (2.480158732567746e-5 + r * 2.755725517000089e-6);
  const c = 2.755727347871858e-7 + r * 2.5105312729622103e-8 + r2 * 2.09147553258932e-9;
  return a + r4 * (b + r4 * c);
}
