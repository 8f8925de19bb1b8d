/** Mean and variance of the rows of a batch, added up in NumPy's order so that rounding is the same. @module */
import type { FloatArray } from "./box-of.js";

/** Blocks above this length are halved. NumPy's value. */
const BLOCK = 128;

/** The mean of rows of `size` elements that follow each other; rounded to float32 for float32. */
export function meanOfRows(rows: FloatArray, size: number): FloatArray {
  const mean = sumOfRows(rows, size);
  const count = rows.length / size;
  for (let i = 0; i < size; i++) mean[i] = mean[i]! / count;
  return mean;
}

/** The variance (of the whole) of rows around their mean. */
export function varianceOfRows(rows: FloatArray, mean: FloatArray, size: number): FloatArray {
  const squares = rows.slice();
  for (let at = 0; at < squares.length; at++) {
    // Two assignments, as each rounds to the element type.
    squares[at] = squares[at]! - mean[at % size]!;
    squares[at] = squares[at]! * squares[at]!;
  }
  return meanOfRows(squares, size);
}

/** Row after row; one column alone is contiguous in memory, and NumPy adds it up pairwise. */
function sumOfRows(rows: FloatArray, size: number): FloatArray {
  const sums = rows.slice(0, size);
  if (size === 1) {
    sums[0] = pairwiseSum(rows, 0, rows.length, rows instanceof Float32Array ? Math.fround : (sum) => sum);
    return sums;
  }
  for (let at = size; at < rows.length; at++) sums[at % size] = sums[at % size]! + rows[at]!;
  return sums;
}

/** NumPy's summation: eight accumulators in a block, blocks by halves. See Higham, "The accuracy of floating point summation" (1993). */
function pairwiseSum(values: FloatArray, start: number, count: number, round: (sum: number) => number): number {
  if (count < 8) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum = round(sum + values[start + i]!);
    return sum;
  }
  if (count > BLOCK) {
    const half = (count >> 1) - ((count >> 1) % 8);
    return round(pairwiseSum(values, start, half, round) + pairwiseSum(values, start + half, count - half, round));
  }
  const r = Array.from(values.subarray(start, start + 8));
  const even = count - (count % 8);
  for (let i = 8; i < even; i++) r[i % 8] = round(r[i % 8]! + values[start + i]!);
  const [low, high] = [
    round(round(r[0]! + r[1]!) + round(r[2]! + r[3]!)),
    round(round(r[4]! + r[5]!) + round(r[6]! + r[7]!)),
  ];
  let sum = round(low + high);
  for (let i = even; i < count; i++) sum = round(sum + values[start + i]!);
  return sum;
}
