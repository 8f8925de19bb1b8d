/** The natural logarithm, the same bits as in src/elementary. @module */
import { logOfProduct } from "../../src/elementary/log-of-product";

/** High word of the square root of one half, where the exponent is changed. */
const SQRT_HALF_WORD: i32 = 0x3fe6a09e;

/** The natural logarithm of a normal number above 0, within 1 ulp. */
export function log(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  const shift = (<i32>(bits >> 32) - SQRT_HALF_WORD) >> 20;
  return logOfProduct(<f64>shift, reinterpret<f64>(bits - ((<i64>shift) << 52)) - 1, 0);
}
