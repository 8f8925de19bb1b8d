/** Poisson counts by inversion. @module */
import { exp, inverseNormal } from "./host";
import { normalCells, normalScale, normalTable, normalTail, tailTable } from "./model";

/** 1.5 · 2^52: added to a number above 0, it rounds that to a whole one, which is then what its bits end with. */
export const WHOLE: f64 = 6755399441055744;
/** 2^-33: no draw is nearer to 0 or 1. */
const SMALLEST_TAIL: f64 = 1.1641532182693481e-10;
/** Of a float's bits, those that tell the place within a cell, of which an octave has 128; see src/simulator/core-tables.ts. */
const FRACTION_BITS: i64 = 45;
const FRACTION_MASK: i64 = ((<i64>1) << 45) - 1;
/** 2^-45. */
const FRACTION_UNIT: f64 = 2.842170943040401e-14;
/** The cell that begins at 2^-33. */
const FIRST_CELL: i64 = (1023 - 33) * 128;
/** Up to this mean the distribution function is summed up; above it the expansion is accurate. */
const LARGEST_SUMMED: f64 = 8;

/** The quantile of the standard normal distribution, from tables. It never falls as u rises. */
function normalQuantile(u: f64): f64 {
  const position = (u - normalTail) * normalScale;
  if (!(position >= 0 && position < normalCells)) return u < 0.5 ? tailQuantile(u) : -tailQuantile(1 - u);
  const shifted = position - 0.5 + WHOLE;
  const at = normalTable + ((<usize>reinterpret<i64>(shifted) & 0xffff) << 3);
  const low = load<f64>(at);
  return low + (position - (shifted - WHOLE)) * (load<f64>(at, 8) - low);
}

/** The same in the lower tail: from a table with as many cells in each octave. */
function tailQuantile(u: f64): f64 {
  if (!(u >= SMALLEST_TAIL)) return inverseNormal(u);
  const bits = reinterpret<i64>(u);
  const at = tailTable + ((<usize>((bits >> FRACTION_BITS) - FIRST_CELL)) << 3);
  const low = load<f64>(at);
  return low + <f64>(bits & FRACTION_MASK) * FRACTION_UNIT * (load<f64>(at, 8) - low);
}

/**
 * The Poisson quantile: the smallest n with P(N ≤ n) ≥ u. It never falls as u rises.
 *
 * Exact for means up to 8. Above, the integer part of the expansion of the quantile in powers of mean^(-1/2): its
 * distribution function is off by less than 1e-4 at a mean of 8, 1e-5 at 20, and 1e-6 at 100.
 *
 * See M. B. Giles, "Algorithm 955: Approximation of the Inverse Poisson Cumulative Distribution Function", ACM TOMS 42
 * (2016), for the expansion with the normal quantile.
 */
export function poissonQuantile(u: f64, mean: f64): f64 {
  if (mean > LARGEST_SUMMED) return expanded(u, mean);
  if (!(mean > 0)) return 0;
  let term = exp(-mean);
  let sum = term;
  let n: f64 = 0;
  // Rounding may keep the sum below a u next to 1: the terms end the search.
  while (sum < u && term > 1e-20) {
    n++;
    term *= mean * (1 / n);
    sum += term;
  }
  return n;
}

function expanded(u: f64, mean: f64): f64 {
  return f64x2.extract_lane(expand(f64x2.splat(normalQuantile(u)), f64x2.splat(mean)), 0);
}

/** The expansion, of two: `w` are the normal quantiles. */
function expand(w: v128, mean: v128): v128 {
  const w2 = f64x2.mul(w, w);
  const root = f64x2.sqrt(mean);
  const inverse = f64x2.div(f64x2.splat(1), root);
  const even = f64x2.add(f64x2.splat(1.0 / 3.0), f64x2.mul(w2, f64x2.splat(1.0 / 6.0)));
  const odd = f64x2.mul(w, f64x2.sub(f64x2.splat(-1.0 / 36.0), f64x2.mul(w2, f64x2.splat(1.0 / 72.0))));
  const inner = f64x2.add(f64x2.splat(7.0 / 810.0), f64x2.mul(w2, f64x2.splat(1.0 / 270.0)));
  const last = f64x2.mul(inverse, f64x2.add(f64x2.splat(-8.0 / 405.0), f64x2.mul(w2, inner)));
  const most = f64x2.add(f64x2.add(mean, f64x2.mul(root, w)), even);
  const x = f64x2.add(most, f64x2.mul(inverse, f64x2.add(odd, last)));
  return v128.and(f64x2.floor(x), f64x2.gt(x, f64x2.splat(0)));
}

/** {@link poissonQuantile} of two. */
export function poissonPair(u: v128, mean: v128): v128 {
  const position = f64x2.mul(f64x2.sub(u, f64x2.splat(normalTail)), f64x2.splat(normalScale));
  const inside = v128.and(f64x2.ge(position, f64x2.splat(0)), f64x2.lt(position, f64x2.splat(normalCells)));
  if (!i64x2.all_true(v128.and(inside, f64x2.gt(mean, f64x2.splat(LARGEST_SUMMED))))) {
    const first = poissonQuantile(f64x2.extract_lane(u, 0), f64x2.extract_lane(mean, 0));
    const second = poissonQuantile(f64x2.extract_lane(u, 1), f64x2.extract_lane(mean, 1));
    return f64x2.replace_lane(f64x2.splat(first), 1, second);
  }
  const shifted = f64x2.add(f64x2.sub(position, f64x2.splat(0.5)), f64x2.splat(WHOLE));
  const a = v128.load(normalTable + ((<usize>i32x4.extract_lane(shifted, 0) & 0xffff) << 3));
  const b = v128.load(normalTable + ((<usize>i32x4.extract_lane(shifted, 2) & 0xffff) << 3));
  const low = v128.shuffle<f64>(a, b, 0, 2);
  const high = v128.shuffle<f64>(a, b, 1, 3);
  const part = f64x2.sub(position, f64x2.sub(shifted, f64x2.splat(WHOLE)));
  return expand(f64x2.add(low, f64x2.mul(part, f64x2.sub(high, low))), mean);
}
