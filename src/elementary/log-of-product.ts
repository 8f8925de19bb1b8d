/** The logarithm near 1. Read by the kernel in assembly/ too, so it imports nothing. @module */

/** ln 2 in two parts; the first has 32 bits, so that its product with an exponent is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** ln(2^k·(1 + f)) plus a correction far smaller than it, for 1 + f from √½ to √2. */
export function logOfProduct(k: number, f: number, correction: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const series =
    z *
    (0.6666666666666666 +
      z * 0.4000000000000094 +
      z2 *
        (0.2857142857076445 +
          z * 0.2222222240054776 +
          z2 * (0.181817947008978 + z * 0.15386290534658992 + z2 * (0.13267418596474884 + z * 0.1310072138350349))));
  // 2s = f − s·f, and f − s·f = f − (f²/2 − s·f²/2): the large part f stays exact.
  const half = 0.5 * f * f;
  const low = s * (half + series) + (k * LN2_LOW + correction);
  return k * LN2_HIGH - (half - low - f);
}
