/** Choices between two numbers without a branch, which would be mispredicted: f64.min and f64.max have some. Not for NaN. @module */

/** The lesser of two numbers. */
export function lesser(x: f64, y: f64): f64 {
  return f64x2.extract_lane(f64x2.pmin(f64x2.splat(x), f64x2.splat(y)), 0);
}

/** The greater of two numbers. */
export function greater(x: f64, y: f64): f64 {
  return f64x2.extract_lane(f64x2.pmax(f64x2.splat(x), f64x2.splat(y)), 0);
}

/** A number where it is below a limit's, otherwise 0: `value` if `x < limit`. */
export function whereBelow(x: f64, limit: f64, value: f64): f64 {
  return f64x2.extract_lane(v128.and(f64x2.splat(value), f64x2.lt(f64x2.splat(x), f64x2.splat(limit))), 0);
}
