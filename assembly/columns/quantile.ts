/** Quantiles of classic histograms. @module */
import { call } from "./host";
import { float, list, present, size, values, word } from "./places";
import { lanesPresent, presentAs, presentInAll } from "./presence";

/** Counts no larger are left to the host, but for 0: 2^-1000. */
const SMALLEST: f64 = 9.332636185032189e-302;

/**
 * Quantiles by linear interpolation within a bucket, of counts lifted to the highest before them.
 *
 * Neighbours count as equal up to `near` times the lower, and as different from `far` times it on. What is between is left to the host,
 * as are environments without some of the buckets, with NaN or infinity, or with a quantile outside (0, 1].
 */
export function quantiles(at: usize): void {
  const step = word(at, 2);
  const quantile = word(at, 3);
  const out = word(at, 4);
  const buckets = word(at, 5);
  const columns = at + 24;
  const floats = columns + ((<usize>buckets) << 2);
  // Before them is what the lowest bucket begins with: a bound of 0, and levels of 0.
  const bounds = floats + 24;
  const levels = bounds + ((<usize>buckets) << 3) + 32;
  presentInAll(columns, buckets, out);
  let listed = 0;
  // Two pairs at a time: each has to wait for its own results.
  for (let i = 0; i < size; i += 4) {
    const regular = lift(columns, buckets, i, load<f64>(floats), load<f64>(floats, 8), levels);
    search(levels, buckets, float(values, quantile + i));
    interpolate(quantile + i, out + i, levels, buckets, bounds);
    listed = leave(quantile + i, out + i, i, regular & 3, listed);
    if (i + 2 >= size) break;
    interpolate(quantile + i + 2, out + i + 2, levels + 16, buckets, bounds);
    listed = leave(quantile + i + 2, out + i + 2, i + 2, regular >> 2, listed);
  }
  presentAs(present + <usize>quantile, out);
  if (listed > 0) call(step, 0, listed);
}

/**
 * Writes the counts of four environments, lifted, to `levels`.
 * @returns a bit for each that is done
 */
function lift(columns: usize, buckets: i32, i: i32, near: f64, far: f64, levels: usize): i32 {
  const nears = f64x2.splat(near);
  const fars = f64x2.splat(far);
  let from = float(values, word(columns, 0) + i);
  let low = v128.load(from);
  let high = v128.load(from, 16);
  const smallest = f64x2.splat(SMALLEST);
  const zero = f64x2.splat(0);
  let lowRegular = v128.or(f64x2.eq(low, zero), f64x2.gt(low, smallest));
  let highRegular = v128.or(f64x2.eq(high, zero), f64x2.gt(high, smallest));
  // What is higher than these lifts: kept beside the levels, as the next comparison waits for it.
  let lowLimit = f64x2.pmax(f64x2.mul(low, fars), smallest);
  let highLimit = f64x2.pmax(f64x2.mul(high, fars), smallest);
  v128.store(levels, low);
  v128.store(levels, high, 16);
  for (let k = 1; k < buckets; k++) {
    levels += 32;
    from = float(values, word(columns, k) + i);
    const lowCount = v128.load(from);
    const highCount = v128.load(from, 16);
    const lowLifts = f64x2.gt(lowCount, lowLimit);
    const highLifts = f64x2.gt(highCount, highLimit);
    lowLimit = v128.bitselect(f64x2.mul(lowCount, fars), lowLimit, lowLifts);
    highLimit = v128.bitselect(f64x2.mul(highCount, fars), highLimit, highLifts);
    lowRegular = v128.and(lowRegular, v128.or(lowLifts, f64x2.le(lowCount, f64x2.mul(low, nears))));
    highRegular = v128.and(highRegular, v128.or(highLifts, f64x2.le(highCount, f64x2.mul(high, nears))));
    low = f64x2.pmax(low, v128.and(lowCount, lowLifts));
    high = f64x2.pmax(high, v128.and(highCount, highLifts));
    v128.store(levels, low);
    v128.store(levels, high, 16);
  }
  lowRegular = v128.and(lowRegular, f64x2.lt(low, f64x2.splat(Infinity)));
  highRegular = v128.and(highRegular, f64x2.lt(high, f64x2.splat(Infinity)));
  return i64x2.bitmask(lowRegular) | (i64x2.bitmask(highRegular) << 2);
}

/** Writes behind the levels of four environments how many of them, the last left out, are below the rank of a quantile. */
function search(levels: usize, buckets: i32, quantile: usize): void {
  const last = levels + ((<usize>(buckets - 1)) << 5);
  const lowRank = f64x2.mul(v128.load(quantile), v128.load(last));
  const highRank = f64x2.mul(v128.load(quantile, 16), v128.load(last, 16));
  let low = i64x2.splat(0);
  let high = i64x2.splat(0);
  for (let level = levels; level < last; level += 32) {
    low = i64x2.sub(low, f64x2.lt(v128.load(level), lowRank));
    high = i64x2.sub(high, f64x2.lt(v128.load(level, 16), highRank));
  }
  v128.store(last, low, 32);
  v128.store(last, high, 48);
}

/**
 * The quantiles of two environments, whose levels lie 32 bytes apart, and behind them the buckets they are in. Without branches, which would
 * be mispredicted, and found out so late only that all that follows has been started in vain. The highest bucket ends where it begins.
 */
function interpolate(quantile: i32, out: i32, levels: usize, buckets: i32, bounds: usize): void {
  const last = levels + ((<usize>(buckets - 1)) << 5);
  const rank = f64x2.mul(v128.load(float(values, quantile)), v128.load(last));
  const a = load<i32>(last, 32);
  const b = load<i32>(last, 40);
  const start = both(float(bounds, a - 1), float(bounds, b - 1));
  const end = both(float(bounds, a), float(bounds, b));
  const levelA = levels + ((<usize>a) << 5);
  const levelB = levels + ((<usize>b) << 5) + 8;
  const below = both(levelA - 32, levelB - 32);
  const share = f64x2.div(f64x2.sub(rank, below), f64x2.sub(both(levelA, levelB), below));
  const found = f64x2.add(start, f64x2.mul(f64x2.sub(end, start), share));
  // One and the same NaN where there are no observations.
  v128.store(float(values, out), v128.bitselect(found, f64x2.splat(NaN), f64x2.eq(found, found)));
}

/** Two numbers. */
function both(a: usize, b: usize): v128 {
  return v128.load64_lane(b, v128.load64_zero(a), 1);
}

/**
 * Leaves to the host which of two environments are not `regular`, lack a bucket, or have a quantile outside (0, 1].
 * @returns how many are listed in `left`
 */
function leave(quantile: i32, out: i32, i: i32, regular: i32, listed: i32): i32 {
  const q = v128.load(float(values, quantile));
  const within = v128.and(f64x2.gt(q, f64x2.splat(0)), f64x2.le(q, f64x2.splat(1)));
  const done = regular & i64x2.bitmask(v128.and(within, lanesPresent(present + <usize>out)));
  if (done === 3) return listed;
  if ((done & 1) === 0) listed = list(i, listed);
  if ((done & 2) === 0 && i + 1 < size) listed = list(i + 1, listed);
  return listed;
}
