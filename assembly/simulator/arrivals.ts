/** Arrivals: counter-based uniform numbers, as in src/simulator/stream.ts, and Poisson counts by inversion. @module */
import { EnvInt } from "../../src/simulator/fields";
import { exp, inverseNormal } from "./host";
import {
  add,
  envInts,
  int,
  knotSeconds,
  normalCells,
  normalScale,
  normalTable,
  normalTail,
  offeredRow,
  tailTable,
  tickSeconds,
} from "./model";

/** 2^-32. */
const UNIT: f64 = 2.3283064365386963e-10;
const WHOLE: f64 = 6755399441055744;
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

function scramble(word: i32): i32 {
  word = (word ^ (word >>> 16)) * 0x7feb352d;
  word = (word ^ (word >>> 15)) * <i32>0x846ca68b;
  return word ^ (word >>> 16);
}

/** Draw number `counter` of a stream, uniform on (0, 1): see `uniformAt` in src/simulator/stream.ts. */
export function uniformAt(key0: i32, key1: i32, counter: i32): f64 {
  const word = scramble(scramble((counter * <i32>0x9e3779b1) ^ key0) + key1);
  return (<f64>(<u32>word) + 0.5) * UNIT;
}

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
  const w = normalQuantile(u);
  const w2 = w * w;
  const root = sqrt(mean);
  const inverse = 1 / root;
  const x =
    mean +
    root * w +
    (1.0 / 3.0 + w2 * (1.0 / 6.0)) +
    inverse *
      (w * (-1.0 / 36.0 - w2 * (1.0 / 72.0)) + inverse * (-8.0 / 405.0 + w2 * (7.0 / 810.0 + w2 * (1.0 / 270.0))));
  return x > 0 ? floor(x) : 0;
}

/** The knot before a tick's middle, or the last but one of the series; the first one before the episode. */
export function firstKnotOf(tick: i32, lastKnot: i32): i32 {
  return max(0, min(lastKnot, <i32>(((<f64>tick + 0.5) * tickSeconds) / knotSeconds)));
}

/**
 * Draws the counts of some ticks to `counts`, and adds them to those offered; their mean rates go to `rates`. Rates are linear between knots,
 * of which number `firstKnot` and those after it lie at `knots`; from `lastKnot` on they stay on the line before the last,
 * and before the episode they are as at its start.
 */
export function drawArrivals(
  env: i32,
  ticks: i32,
  knots: usize,
  firstKnot: i32,
  lastKnot: i32,
  rates: usize,
  counts: usize,
): void {
  const i = env * envInts;
  const first = int(i + EnvInt.tick);
  const key0 = int(i + EnvInt.arrival0);
  const key1 = int(i + EnvInt.arrival1);
  const seconds = tickSeconds;
  const spacing = knotSeconds;
  let offered: f64 = 0;
  for (let k = 0; k < ticks; k++) {
    const position = max(0, ((<f64>(first + k) + 0.5) * seconds) / spacing);
    const knot = min(lastKnot, <i32>position);
    const at = knots + ((<usize>(knot - firstKnot)) << 3);
    const low = load<f64>(at);
    const rate = low + (load<f64>(at, 8) - low) * min(1, position - <f64>knot);
    const count = poissonQuantile(uniformAt(key0, key1, first + k), rate * seconds);
    store<f64>(rates + ((<usize>k) << 3), rate);
    store<f64>(counts + ((<usize>k) << 3), count);
    offered += count;
  }
  add(offeredRow, env, offered);
}
