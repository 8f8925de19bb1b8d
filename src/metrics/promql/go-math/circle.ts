/** Sine and cosine within an octant, and which octant an angle is in. Read by the kernel in assembly/ too, so it imports nothing. @module */

/** From here on, {@link restOf} is not exact enough: 2^29. */
export const LARGE_ANGLE = 536870912;

/** The even octant that x ≥ 0 is nearest to, counted from 0 on. */
export function octantOf(x: number): number {
  const octant = Math.floor(x * (4 / Math.PI));
  return octant + (octant - 2 * Math.floor(0.5 * octant));
}

/** What remains of x. π/4 is in three parts, so that the first two products are exact. */
export function restOf(x: number, octant: number): number {
  return x - octant * 0.7853981256484985 - octant * 3.774894707930798e-8 - octant * 2.6951514290790595e-15;
}

/** Sine near 0, with the coefficients of S. L. Moshier's Cephes library (2000). @see https://www.netlib.org/cephes/ */
export function sineOf(z: number): number {
  const square = z * z;
  const high = (1.5896230157654656e-10 * square - 2.5050747762857807e-8) * square + 2.7557313621385722e-6;
  const all = ((high * square - 0.0001984126982958954) * square + 0.008333333333322118) * square - 0.1666666666666663;
  return z + z * square * all;
}

/** Cosine near 0; likewise. */
export function cosineOf(z: number): number {
  const square = z * z;
  const high = (-1.1358536521387682e-11 * square + 2.087570084197473e-9) * square - 2.755731417929674e-7;
  const all =
    ((high * square + 2.4801587288851704e-5) * square - 0.0013888888888873056) * square + 0.041666666666666595;
  return 1 - 0.5 * square + square * square * all;
}
