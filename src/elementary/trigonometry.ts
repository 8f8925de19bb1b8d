/** Sine and cosine, from IEEE-exact operations only. @module */

const TWO_OVER_PI = 0.6366197723675814;
/** π/2 in three parts; the first two have 32 bits, so that their products with a quadrant below 2^21 are exact. */
const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_MIDDLE = 6.077100506303966e-11;
const HALF_PI_LOW = 2.0222662487959506e-21;
/** Beyond it the reduction is not exact any more. */
const LARGEST = 3e6;

/**
 * The sine of x.
 *
 * @param x - Unit: radians, from -3e6 to 3e6; beyond, and for NaN, the result is NaN.
 * @returns Within 1e-16 of the true value.
 */
export function sin(x: number): number {
  return sineOfQuadrants(x, 0);
}

/**
 * The cosine of x.
 *
 * @param x - Unit: radians, from -3e6 to 3e6; beyond, and for NaN, the result is NaN.
 * @returns Within 1e-16 of the true value.
 */
export function cos(x: number): number {
  return sineOfQuadrants(x, 1);
}

/** sin(x + ahead·π/2). */
function sineOfQuadrants(x: number, ahead: number): number {
  if (!(x >= -LARGEST && x <= LARGEST)) return Number.NaN;
  const k = Math.round(x * TWO_OVER_PI);
  const high = x - k * HALF_PI_HIGH;
  const middle = k * HALF_PI_MIDDLE;
  const r = high - middle;
  const low = high - r - middle - k * HALF_PI_LOW;
  const quadrant = (k + ahead) & 3;
  const y = (quadrant & 1) === 0 ? sineNearZero(r, low) : cosineNearZero(r, low);
  return (quadrant & 2) === 0 ? y : -y;
}

/** sin(r + low) for |r| ≤ π/4; the polynomial is fitted at Chebyshev's nodes with 40 digits (error below 2e-17). */
function sineNearZero(r: number, low: number): number {
  const z = r * r;
  const tail =
    0.008333333333330925 +
    z *
      (-0.00019841269836722418 +
        z * (2.755731608381636e-6 + z * (-2.5051127944014188e-8 + z * 1.5917848524808262e-10)));
  return r + (z * r * (-0.16666666666666666 + z * tail) + low * (1 - z * (0.5 - z / 24)));
}

/** cos(r + low) for |r| ≤ π/4; the polynomial is fitted at Chebyshev's nodes with 40 digits (error below 1e-18). */
function cosineNearZero(r: number, low: number): number {
  const z = r * r;
  const tail =
    0.041666666666666664 +
    z *
      (-0.0013888888888887382 +
        z *
          (2.480158729874307e-5 +
            z * (-2.7557317260008837e-7 + z * (2.0876143827993133e-9 + z * -1.1382456778061306e-11))));
  const half = 0.5 * z;
  const head = 1 - half;
  return head + (1 - head - half + (z * z * tail - low * r * (1 - z / 6)));
}
