/** Quantiles of classic histograms. @module */
import { call } from "./host";
import { float, list, present, size, values, word } from "./places";
import { presentAs, presentInAll } from "./presence";

/** Counts no larger are left to the host, but for 0: 2^-1000. */
const SMALLEST: f64 = 9.332636185032189e-302;

/**
 * Quantiles by linear interpolation within a bucket, of counts lifted to the highest before them.
 *
 * Neighbours count as equal up to `near` times the lower, and as different from `far` times it on. What is between is left to the host,
 * as are environments without some of the buckets, with NaN or infinity, or with a quantile outside [0, 1].
 */
export function quantiles(at: usize): void {
  const step = word(at, 2);
  const quantile = word(at, 3);
  const out = word(at, 4);
  const buckets = word(at, 5);
  const columns = at + 24;
  const floats = columns + ((<usize>buckets) << 2);
  const bounds = floats + 16;
  const levels = bounds + ((<usize>buckets) << 3);
  presentInAll(columns, buckets, out);
  let listed = 0;
  // Two pairs at a time: each has to wait for its own results.
  for (let i = 0; i < size; i += 4) {
    const regular = lift(columns, buckets, i, load<f64>(floats), load<f64>(floats, 8), levels);
    search(levels, buckets, float(values, quantile + i));
    const end = min(i + 4, size);
    for (let j = i; j < end; j++) {
      const q = load<f64>(float(values, quantile + j));
      const isRegular = (regular >> (j - i)) & load<u8>(present + <usize>(out + j));
      if (isRegular && q >= 0 && q <= 1) {
        store<f64>(float(values, out + j), quantileOf(q, levels + ((<usize>(j - i)) << 3), buckets, bounds));
      } else listed = list(j, listed);
    }
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

/** The quantile of one environment, whose levels lie 32 bytes apart, and behind them the bucket it is in. */
function quantileOf(q: f64, levels: usize, buckets: i32, bounds: usize): f64 {
  const last = levels + ((<usize>(buckets - 1)) << 5);
  const observations = load<f64>(last);
  if (observations === 0) return NaN;
  const k = load<i32>(last, 32);
  const rank = q * observations;
  if (k === buckets - 1) return load<f64>(float(bounds, k - 1));
  const level = levels + ((<usize>k) << 5);
  const end = load<f64>(float(bounds, k));
  if (k === 0) return end <= 0 ? end : end * (rank / load<f64>(level));
  const below = load<f64>(level - 32);
  const start = load<f64>(float(bounds, k - 1));
  return start + (end - start) * ((rank - below) / (load<f64>(level) - below));
}
