/** Choices between two numbers without a branch, which would be mispredicted: f64.min and f64.max have some. Not for NaN. @module */

/** The lesser of two numbers. */
export function lesser(x: f64, y: f64): f64 {
  return f64x2.extract_lane(f64x2.pmin(f64x2.splat(x), f64x2.splat(y)), 0);
}

/** The greater of two numbers. */
export function greater(x: f64, y: f64): f64 {
  return f64x2.extract_lane(f64x2.pmax(f64x2.splat(x), f64x2.splat(y)), 0);
}

/** The first of two numbers where a condition holds, otherwise the second. */
export function either(condition: bool, x: f64, y: f64): f64 {
  return reinterpret<f64>(select<i64>(reinterpret<i64>(x), reinterpret<i64>(y), condition));
}
