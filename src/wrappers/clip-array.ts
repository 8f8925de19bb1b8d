/** Numbers between the bounds of a Box. @module */
import { type Dtype, zeros } from "../dtype.js";
import { Box } from "../spaces/box.js";
import type { NumericArray } from "./box-of.js";

/**
 * Numbers with those beyond a bound replaced by the bound; NaN stays, for the environment to refuse.
 * @param values - One value of the Box, or a batch of them.
 * @returns A new array.
 */
export function clipArray<A extends NumericArray>(values: A, { low, high, dtype }: Box<Dtype>): A {
  const clipped: NumericArray = zeros<Dtype>(dtype, values.length);
  const size = low.length;
  for (let start = 0; start < clipped.length; start += size) {
    for (let i = 0; i < size; i++) {
      const value = values[start + i]!;
      // Not Math.min and Math.max, which take no bigint.
      if (value > high[i]!) clipped[start + i] = high[i]!;
      else if (value < low[i]!) clipped[start + i] = low[i]!;
      else clipped[start + i] = value;
    }
  }
  return clipped as A;
}

/** The Box of the same shape without bounds. */
export function unboundedLike({ shape, dtype }: Box<Dtype>): Box<Dtype> {
  return new Box<Dtype>(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, { shape, dtype });
}
