/** Remainders of whole numbers, without the general algorithm. @module */

/** 2^52. */
const LARGEST: f64 = 4503599627370496;

/** All bits where a number is whole, and from 1 to 2^52. */
export function areWhole(x: v128): v128 {
  const within = v128.and(f64x2.ge(x, f64x2.splat(1)), f64x2.le(x, f64x2.splat(LARGEST)));
  return v128.and(f64x2.eq(f64x2.floor(x), x), within);
}

/** x % y where both are whole: a quotient that is not whole is further below the next one than it is rounded by, and its product is exact. */
export function remainderOfWhole(x: v128, y: v128): v128 {
  return f64x2.sub(x, f64x2.mul(f64x2.floor(f64x2.div(x, y)), y));
}
