/** Sine, cosine and tangent, and their inverses, to the bits that Prometheus's Go runtime gives; its methods are those of Cephes. @module */

import { cosineOf, LARGE_ANGLE, octantOf, restOf, sineOf } from "./circle.js";

/** Coefficients of Cephes, highest power first. */
const TANGENT_OVER = [-13093.693918138379, 1153516.6483858742, -17956525.197648488];
const TANGENT_UNDER = [1, 13681.296347069296, -1320892.3444021097, 25008380.18233579, -53869575.592945464];
/** What π/2 as a double lacks. */
const MORE = 6.123233995736766e-17;

/** sin x. Unit: radians. */
export function sin(x: number): number {
  if (x === 0 || Number.isNaN(x)) return x;
  if (!Number.isFinite(x)) return Number.NaN;
  const [octant, rest] = reduce(Math.abs(x));
  const y = octant % 4 === 2 ? cosineOf(rest) : sineOf(rest);
  return x < 0 !== octant > 3 ? -y : y;
}

/** cos x. Unit: radians. */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const [octant, rest] = reduce(Math.abs(x));
  const y = octant % 4 === 2 ? sineOf(rest) : cosineOf(rest);
  return octant === 2 || octant === 4 ? -y : y;
}

/** tan x. Unit: radians. */
export function tan(x: number): number {
  if (x === 0 || Number.isNaN(x)) return x;
  if (!Number.isFinite(x)) return Number.NaN;
  const [octant, rest] = reduce(Math.abs(x));
  const square = rest * rest;
  const tail = (square * polynomial(TANGENT_OVER, square)) / polynomial(TANGENT_UNDER, square);
  let y = square > 1e-14 ? rest + rest * tail : rest;
  if (octant % 4 === 2) y = -1 / y;
  return x < 0 ? -y : y;
}

/** arctan x. Unit: radians. */
export function atan(x: number): number {
  return x > 0 ? arc(x) : x < 0 ? -arc(-x) : x;
}

/** arcsin x. Unit: radians. */
export function asin(x: number): number {
  if (x === 0 || Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size > 1) return Number.NaN;
  const other = Math.sqrt(1 - size * size);
  const angle = size > 0.7 ? Math.PI / 2 - arc(other / size) : arc(size / other);
  return x < 0 ? -angle : angle;
}

/** arccos x. Unit: radians. */
export function acos(x: number): number {
  return Math.PI / 2 - asin(x);
}

/** The angle of the point (x, y). Unit: radians. */
export function atan2(y: number, x: number): number {
  if (y === 0 || x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return Math.atan2(y, x);
  const angle = atan(y / x);
  if (x > 0) return angle;
  return angle <= 0 ? angle + Math.PI : angle - Math.PI;
}

/** Cephes reduces to at most 0.66 by these sums; there, all good approximations round alike nearly always. */
function arc(x: number): number {
  if (x <= 0.66) return Math.atan(x);
  if (x > 2.414213562373095) return Math.PI / 2 - Math.atan(1 / x) + MORE;
  return Math.PI / 4 + Math.atan((x - 1) / (x + 1)) + 0.5 * MORE;
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = coefficients[0]!;
  for (let k = 1; k < coefficients.length; k++) sum = sum * x + coefficients[k]!;
  return sum;
}

/** The even octant that x ≥ 0 is nearest to, from 0 to 6, and what remains. */
function reduce(x: number): readonly [octant: number, rest: number] {
  if (x >= LARGE_ANGLE) return reduceLarge(x);
  const octant = octantOf(x);
  return [octant % 8, restOf(x, octant)];
}

/** Bits of 4/π that the reduction of the largest double needs. */
const BITS = 1200n;
let fourOverPi: bigint | undefined;

/** Payne and Hanek's reduction: only the digits of 4/π count that are not whole turns. */
function reduceLarge(x: number): readonly [octant: number, rest: number] {
  fourOverPi ??= (4n << (2n * BITS)) / pi(BITS);
  // Below 2^53, x may have up to 23 binary places.
  const places = x < 2 ** 53 ? 23n : 0n;
  const product = (BigInt(x * 2 ** Number(places)) * fourOverPi) >> places;
  let octant = Number((product >> BITS) & 7n);
  const fraction = product & ((1n << BITS) - 1n);
  const length = BigInt(fraction.toString(2).length);
  const kept = length > 53n ? fraction >> (length - 53n) : fraction;
  let rest = Number(kept) * 2 ** Number(length > 53n ? length - 53n - BITS : -BITS);
  if (octant % 2 === 1) [octant, rest] = [(octant + 1) % 8, rest - 1];
  return [octant, rest * (Math.PI / 4)];
}

/** π · 2^bits, by Machin's formula. */
function pi(bits: bigint): bigint {
  const unit = 1n << (bits + 64n);
  const arctan = (inverse: bigint): bigint => {
    let term = unit / inverse;
    let sum = term;
    for (let k = 3n, sign = -1n; term !== 0n; k += 2n, sign = -sign) {
      term /= inverse * inverse;
      sum += (sign * term) / k;
    }
    return sum;
  };
  return (16n * arctan(5n) - 4n * arctan(239n)) >> 64n;
}
