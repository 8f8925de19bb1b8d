/** Sine and cosine within an octant, and which octant an angle is in. Read by the kernel in assembly/ too, so it imports nothing. @module */

/** From here on, {@link restOf} is not exact enough: 2^29. */
export const LARGE_ANGLE = 536870912;
/** Octants in a radian. */
export const OCTANTS = 1.2732395447351628;

/** π/4 in three parts, so that the products of the first two with an octant's number are exact. */
export const OCTANT_HIGH = 0.7853981256484985;
export const OCTANT_MIDDLE = 3.774894707930798e-8;
export const OCTANT_LOW = 2.6951514290790595e-15;

/** Coefficients of sine by power, of S. L. Moshier's Cephes library (2000). @see https://www.netlib.org/cephes/ */
export const SINE_3 = -0.1666666666666663;
export const SINE_5 = 0.008333333333322118;
export const SINE_7 = -0.0001984126982958954;
export const SINE_9 = 2.7557313621385722e-6;
export const SINE_11 = -2.5050747762857807e-8;
export const SINE_13 = 1.5896230157654656e-10;

/** Coefficients of cosine; likewise. */
export const COSINE_4 = 0.041666666666666595;
export const COSINE_6 = -0.0013888888888873056;
export const COSINE_8 = 2.4801587288851704e-5;
export const COSINE_10 = -2.755731417929674e-7;
export const COSINE_12 = 2.087570084197473e-9;
export const COSINE_14 = -1.1358536521387682e-11;

/** The even octant that x ≥ 0 is nearest to, counted from 0 on. */
export function octantOf(x: number): number {
  const octant = Math.floor(x * OCTANTS);
  return octant + (octant - 2 * Math.floor(0.5 * octant));
}

/** What remains of x. */
export function restOf(x: number, octant: number): number {
  return x - octant * OCTANT_HIGH - octant * OCTANT_MIDDLE - octant * OCTANT_LOW;
}

/** Sine near 0. */
export function sineOf(z: number): number {
  const square = z * z;
  const high = ((SINE_13 * square + SINE_11) * square + SINE_9) * square + SINE_7;
  return z + z * square * ((high * square + SINE_5) * square + SINE_3);
}

/** Cosine near 0. */
export function cosineOf(z: number): number {
  const square = z * z;
  const high = ((COSINE_14 * square + COSINE_12) * square + COSINE_10) * square + COSINE_8;
  return 1 - 0.5 * square + square * square * ((high * square + COSINE_6) * square + COSINE_4);
}
