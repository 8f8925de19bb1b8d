/** Exponential and logarithm in 160-bit fixed point, for the few values that must be right to the last bit. @module */

const BITS = 160n;
const HALVINGS = 8n;
const ONE = 1n << BITS;

/** A number as a multiple of 2^-160. */
export type FixedPoint = bigint;

/** The exact fixed-point form of a double between 2^-100 and 2^60. */
export function toFixed(x: number): FixedPoint {
  return BigInt(x * 2 ** 152) << 8n;
}

/** The double nearest to a fixed-point number. */
export function toDouble(x: FixedPoint): number {
  return Number(x) * 2 ** -160;
}

/** x · y. */
export function multiply(x: FixedPoint, y: FixedPoint): FixedPoint {
  return (x * y) >> BITS;
}

/** x / y. */
export function divide(x: FixedPoint, y: FixedPoint): FixedPoint {
  return (x << BITS) / y;
}

/** e^-x for x from 0 to 50, with an error below 2^-140: Taylor's series of x / 256, squared eight times. */
export function expOfMinus(x: FixedPoint): FixedPoint {
  const reduced = x >> HALVINGS;
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; term !== 0n; k++) {
    term = multiply(term, -reduced) / k;
    sum += term;
  }
  for (let k = 0n; k < HALVINGS; k++) sum = multiply(sum, sum);
  return sum;
}

/** -ln x for x from 2^-60 to 1, with an error below 2^-130: two terms of Newton's method from a double's worth of digits. */
export function minusLog(x: FixedPoint): FixedPoint {
  if (x === ONE) return 0n;
  const guess = BigInt(Math.round(-Math.log(toDouble(x)) * 2 ** 50)) << (BITS - 50n);
  const ratio = divide(expOfMinus(guess), x) - ONE;
  // -ln x = guess - ln(e^-guess / x), and ln(1 + d) = d - d²/2 + d³/3 - …
  return guess + logOnePlus(ratio);
}

function logOnePlus(d: FixedPoint): FixedPoint {
  const square = multiply(d, d);
  return d - (square >> 1n) + multiply(square, d) / 3n;
}
