/** From values of queries to observations. @module */
import { float, word } from "./places";

/** Environments at a time: the rows that are written stay in the nearest cache. */
const BLOCK = 32;

/** Where the values and the features' columns are: see {@link observe}. */
let rows: usize = 0;
let lows: usize = 0;
let highs: usize = 0;
let defaults: usize = 0;
let keeps: usize = 0;
let rowWidth: usize = 0;

/**
 * Cuts values to their features' bounds and writes them to float32 rows by environment.
 *
 * @param addresses - By feature, where its values are; NaN where an environment has none.
 * @param low - Lower bounds by feature; `high` and `whenEmpty`, which stands for no value, likewise.
 * @param keepsLast - By feature 1 where the last observation stands for no value.
 * @param last - The last observations, shape [envs, features]; overwritten.
 */
export function observe(
  addresses: usize,
  features: i32,
  low: usize,
  high: usize,
  whenEmpty: usize,
  keepsLast: usize,
  last: usize,
  envs: i32,
): void {
  rows = addresses;
  lows = low;
  highs = high;
  defaults = whenEmpty;
  keeps = keepsLast;
  rowWidth = (<usize>features) << 2;
  for (let begin = 0; begin < envs; begin += BLOCK) {
    const end = min(envs, begin + BLOCK);
    let f = 0;
    for (; f + 4 <= features; f += 4) observeFour(f, begin, end, last);
    // The last four overlap with those before.
    if (f < features && features >= 4) observeFour(features - 4, begin, end, last);
    else for (; f < features; f++) for (let env = begin; env < end; env++) observeOne(f, env, last);
  }
}

/** Features `f` to `f + 3` in environments `begin` to `end - 1`, two at a time. */
function observeFour(f: i32, begin: i32, end: i32, last: usize): void {
  let a = float(rowOf(f), begin);
  let b = float(rowOf(f + 1), begin);
  let c = float(rowOf(f + 2), begin);
  let d = float(rowOf(f + 3), begin);
  const lowest = v128.load(lows + ((<usize>f) << 2));
  const highest = v128.load(highs + ((<usize>f) << 2));
  const zero = f64x2.splat(0);
  const width = rowWidth;
  let to = last + <usize>begin * width + ((<usize>f) << 2);
  for (let env = begin; env < end; env += 2) {
    // Adding 0 makes 0 of -0.
    const va = f64x2.add(v128.load(a), zero);
    const vb = f64x2.add(v128.load(b), zero);
    const vc = f64x2.add(v128.load(c), zero);
    const vd = f64x2.add(v128.load(d), zero);
    const sum = f64x2.add(f64x2.add(va, vb), f64x2.add(vc, vd));
    // NaN where one of them is, or infinities cancel out.
    if (i64x2.bitmask(f64x2.eq(sum, sum)) === 3) {
      const ab = v128.shuffle<i32>(f32x4.demote_f64x2_zero(va), f32x4.demote_f64x2_zero(vb), 0, 4, 1, 5);
      const cd = v128.shuffle<i32>(f32x4.demote_f64x2_zero(vc), f32x4.demote_f64x2_zero(vd), 0, 4, 1, 5);
      v128.store(to, cut(v128.shuffle<i64>(ab, cd, 0, 2), lowest, highest));
      if (env + 1 < end) v128.store(to + width, cut(v128.shuffle<i64>(ab, cd, 1, 3), lowest, highest));
    } else {
      for (let k = 0; k < 4; k++) {
        observeOne(f + k, env, last);
        if (env + 1 < end) observeOne(f + k, env + 1, last);
      }
    }
    a += 16;
    b += 16;
    c += 16;
    d += 16;
    to += width << 1;
  }
}

/** Where a feature's values are. */
function rowOf(f: i32): usize {
  return <usize>word(rows, f);
}

/** One feature of one environment, with or without a value. */
function observeOne(f: i32, env: i32, last: usize): void {
  let value = load<f64>(float(rowOf(f), env));
  if (F64.isNaN(value)) {
    if (load<u8>(keeps + <usize>f)) return;
    value = load<f64>(float(defaults, f));
  }
  const place = (<usize>f) << 2;
  const bounded = cut(f32x4.splat(<f32>(value + 0)), v128.load32_splat(lows + place), v128.load32_splat(highs + place));
  v128.store32_lane(last + <usize>env * rowWidth + place, bounded, 0);
}

/** Four numbers cut to bounds; 0 is no less than a bound of -0, nor the other way about. */
function cut(number: v128, lowest: v128, highest: v128): v128 {
  return f32x4.pmin(highest, f32x4.pmax(lowest, number));
}
