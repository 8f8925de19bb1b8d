/** Quantiles of classic histograms. @module */
import { call } from "./host";
import { float, list, present, size, values, word } from "./places";
import { presentAs, presentInBoth } from "./presence";

/** Sums of neighbours no larger, and NaN, are left to the host. */
const SMALLEST: f64 = 9.332636185032189e-302; // 2^-1000

/**
 * Quantiles by linear interpolation within a bucket, of counts lifted to the highest before them.
 *
 * Left to the host are environments without some of the buckets, with NaN, with neighbours so near each other that they count as
 * equal, and with quantiles outside [0, 1].
 */
export function quantiles(at: usize): void {
  const step = word(at, 2);
  const quantile = word(at, 3);
  const out = word(at, 4);
  const buckets = word(at, 5);
  const columns = at + 24;
  const floats = columns + ((<usize>buckets) << 2);
  const tolerance = f64x2.splat(load<f64>(floats));
  const bounds = floats + 8;
  presentInBoth(word(columns, 0), word(columns, 1), out);
  for (let k = 2; k < buckets; k++) presentInBoth(word(columns, k), out, out);
  let listed = 0;
  for (let i = 0; i < size; i += 2) {
    const q = v128.load(float(values, quantile + i));
    const first = v128.load(float(values, word(columns, 0) + i));
    let level = first;
    let regular = v128.and(f64x2.ge(q, f64x2.splat(0)), f64x2.le(q, f64x2.splat(1)));
    regular = v128.and(regular, f64x2.eq(level, level));
    for (let k = 1; k < buckets; k++) {
      const count = v128.load(float(values, word(columns, k) + i));
      const difference = f64x2.sub(count, level);
      const sum = f64x2.add(count, level);
      const higher = v128.and(f64x2.gt(sum, f64x2.splat(SMALLEST)), f64x2.gt(difference, f64x2.mul(sum, tolerance)));
      regular = v128.and(regular, v128.or(higher, f64x2.le(difference, f64x2.splat(0))));
      level = f64x2.pmax(level, count);
    }
    const rank = f64x2.mul(q, level);
    const observations = level;
    let below = f64x2.splat(0);
    let bucket = i64x2.splat(0);
    level = first;
    for (let k = 0; k < buckets - 1; k++) {
      level = f64x2.pmax(level, v128.load(float(values, word(columns, k) + i)));
      const passed = f64x2.lt(level, rank);
      bucket = i64x2.sub(bucket, passed);
      below = v128.bitselect(level, below, passed);
    }
    const there = load<u16>(present + <usize>(out + i));
    const target = float(values, out + i);
    if (there & 1 && i64x2.extract_lane(regular, 0)) {
      const k = <i32>i64x2.extract_lane(bucket, 0);
      const total = f64x2.extract_lane(observations, 0);
      const low = f64x2.extract_lane(below, 0);
      store<f64>(target, within(k, buckets, f64x2.extract_lane(rank, 0), low, total, word(columns, k) + i, bounds));
    } else listed = list(i, listed);
    if (i + 1 === size) break;
    if (there >> 8 && i64x2.extract_lane(regular, 1)) {
      const k = <i32>i64x2.extract_lane(bucket, 1);
      const total = f64x2.extract_lane(observations, 1);
      const low = f64x2.extract_lane(below, 1);
      store<f64>(
        target + 8,
        within(k, buckets, f64x2.extract_lane(rank, 1), low, total, word(columns, k) + i + 1, bounds),
      );
    } else listed = list(i + 1, listed);
  }
  presentAs(present + <usize>quantile, out);
  if (listed > 0) call(step, 0, listed);
}

/** The value at a rank in bucket `k`. @param below - The level below it. @param column - Where its count is. */
function within(k: i32, buckets: i32, rank: f64, below: f64, total: f64, column: i32, bounds: usize): f64 {
  if (total === 0) return NaN;
  if (k === buckets - 1) return load<f64>(float(bounds, k - 1));
  const end = load<f64>(float(bounds, k));
  const count = load<f64>(float(values, column));
  if (k === 0) return end <= 0 ? end : end * (rank / count);
  const start = load<f64>(float(bounds, k - 1));
  return start + (end - start) * ((rank - below) / (count - below));
}
