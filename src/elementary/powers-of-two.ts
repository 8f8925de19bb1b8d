/** Exact scaling by powers of two. Table look-ups, since a double put together from words is slow to read back. @module */

/** 2^(32·j) for j from -31 to 31, and 2^i for i from 0 to 31. */
const COARSE: Float64Array = coarsePowers();
const FINE: Float64Array = Float64Array.from({ length: 32 }, (_, i) => (1 << i) >>> 0);
const TWO_1000 = COARSE[62]! * 256;

/** y·2^k, rounded at most once, for y from 0.5 to 2 and an integer k from -1075 to 1024. */
export function scaleBy(y: number, k: number): number {
  if (k >= -992 && k <= 1022) return y * FINE[k & 31]! * COARSE[(k >> 5) + 31]!;
  if (k > 0) return 2 * scaleBy(y, k - 1);
  return scaleBy(y, k + 1000) / TWO_1000;
}

function coarsePowers(): Float64Array {
  const powers = new Float64Array(63);
  powers[31] = 1;
  for (let j = 1; j <= 31; j++) {
    powers[31 + j] = powers[30 + j]! * 4_294_967_296;
    powers[31 - j] = 1 / powers[31 + j]!;
  }
  return powers;
}
