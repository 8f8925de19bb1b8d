/** Hyperbolic functions and their inverses to the bits that Prometheus's Go runtime gives. @module */
import { exp, log } from "./exponential.js";

/** sinh x; near 0 by Hart and Cheney's approximation 2029. */
export function sinh(x: number): number {
  // The sign of -0 goes through the division below.
  const size = x < 0 ? -x : x;
  let y: number;
  if (size > 21) y = exp(size) / 2;
  else if (size > 0.5) y = (exp(size) - exp(-size)) / 2;
  else {
    const q = size * size;
    y = (((-26.30563213397497 * q - 2894.211355989564) * q - 89912.72022039509) * q - 630767.3640497717) * size;
    y /= ((q - 173.6789535582337) * q + 15215.17378790019) * q - 630767.3640497717;
  }
  return x < 0 ? -y : y;
}

/** cosh x. */
export function cosh(x: number): number {
  const size = Math.abs(x);
  return size > 21 ? exp(size) / 2 : (exp(size) + exp(-size)) / 2;
}

/** tanh x; near 0 by the approximation of Cephes. @see https://www.netlib.org/cephes/ */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size > 44.014845965556525) return x < 0 ? -1 : 1;
  if (size >= 0.625) {
    const y = 1 - 2 / (exp(2 * size) + 1);
    return x < 0 ? -y : y;
  }
  if (x === 0) return x;
  const s = x * x;
  const over = (-0.9643991794250523 * s - 99.28772310019185) * s - 1614.6876844170845;
  const under = ((s + 112.81167849163293) * s + 2235.4883906010045) * s + 4844.063053251255;
  return x + (x * s * over) / under;
}

const LARGE = 2 ** 28;
const SMALL = 2 ** -28;

/** arsinh x. */
export function asinh(x: number): number {
  if (!Number.isFinite(x)) return x;
  const size = Math.abs(x);
  const square = size * size;
  const y =
    size > LARGE
      ? log(size) + Math.LN2
      : size > 2
        ? log(2 * size + 1 / (Math.sqrt(square + 1) + size))
        : size < SMALL
          ? size
          : Math.log1p(size + square / (1 + Math.sqrt(1 + square)));
  return x < 0 || Object.is(x, -0) ? -y : y;
}

/** arcosh x. */
export function acosh(x: number): number {
  if (!(x >= 1)) return Number.NaN;
  if (x === 1) return 0;
  if (x >= LARGE) return log(x) + Math.LN2;
  if (x > 2) return log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
  const t = x - 1;
  return Math.log1p(t + Math.sqrt(2 * t + t * t));
}

/** artanh x. */
export function atanh(x: number): number {
  const size = Math.abs(x);
  if (!(size <= 1)) return Number.NaN;
  if (size === 1) return x < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const twice = size + size;
  const y =
    size < SMALL
      ? size
      : size < 0.5
        ? 0.5 * Math.log1p(twice + (twice * size) / (1 - size))
        : 0.5 * Math.log1p(twice / (1 - size));
  return x < 0 || Object.is(x, -0) ? -y : y;
}
