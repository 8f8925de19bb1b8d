/** From values of queries to observations. @module */
import { float, word } from "./places";

/** Environments at a time: the rows that are written stay in the nearest cache. */
const BLOCK = 32;

/** Where the values and the features' columns are: see {@link observe}. */
let rows: usize = 0;
let lows: usize = 0;
let highs: usize = 0;
let defaults: usize = 0;
let rowWidth: usize = 0;

/**
 * Cuts values to their features' bounds and writes them to float32 rows by environment.
 *
 * @param addresses - By feature, where its values are; NaN where an environment has none.
 * @param low - Lower bounds by feature; `high` likewise.
 * @param whenEmpty - What stands for no value by feature; NaN where the last observation does.
 * @param last - The last observations, shape [envs, features]; overwritten.
 */
export function observe(
  addresses: usize,
  features: i32,
  low: usize,
  high: usize,
  whenEmpty: usize,
  last: usize,
  envs: i32,
): void {
  rows = addresses;
  lows = low;
  highs = high;
  defaults = whenEmpty;
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
  const empty = v128.load(defaults + ((<usize>f) << 2));
  const zero = f64x2.splat(0);
  const width = rowWidth;
  let to = last + <usize>begin * width + ((<usize>f) << 2);
  for (let env = begin; env < end; env += 2) {
    // Adding 0 makes 0 of -0.
    const va = f64x2.add(v128.load(a), zero);
    const vb = f64x2.add(v128.load(b), zero);
    const vc = f64x2.add(v128.load(c), zero);
    const vd = f64x2.add(v128.load(d), zero);
    const ab = v128.shuffle<i32>(f32x4.demote_f64x2_zero(va), f32x4.demote_f64x2_zero(vb), 0, 4, 1, 5);
    const cd = v128.shuffle<i32>(f32x4.demote_f64x2_zero(vc), f32x4.demote_f64x2_zero(vd), 0, 4, 1, 5);
    let row = v128.shuffle<i64>(ab, cd, 0, 2);
    let next = v128.shuffle<i64>(ab, cd, 1, 3);
    // Where there is no next environment, the row is written over what stands for it.
    const after = env + 1 < end ? to + width : to;
    const here = v128.and(f32x4.eq(row, row), f32x4.eq(next, next));
    if (!i32x4.all_true(here)) {
      row = fill(row, empty, to);
      next = fill(next, empty, after);
    }
    v128.store(after, cut(next, lowest, highest));
    v128.store(to, cut(row, lowest, highest));
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

/** Puts in what stands for no value, from `empty` or from the last observation, which has been cut to the bounds. */
function fill(row: v128, empty: v128, last: usize): v128 {
  const instead = v128.bitselect(empty, v128.load(last), f32x4.eq(empty, empty));
  return v128.bitselect(row, instead, f32x4.eq(row, row));
}

/** One feature of one environment, with or without a value. */
function observeOne(f: i32, env: i32, last: usize): void {
  const place = (<usize>f) << 2;
  const value = load<f64>(float(rowOf(f), env)) + 0;
  const number = F64.isNaN(value) ? load<f32>(defaults + place) : <f32>value;
  if (F32.isNaN(number)) return;
  const bounded = cut(f32x4.splat(number), v128.load32_splat(lows + place), v128.load32_splat(highs + place));
  v128.store32_lane(last + <usize>env * rowWidth + place, bounded, 0);
}

/** Four numbers cut to bounds; 0 is no less than a bound of -0, nor the other way about. */
function cut(number: v128, lowest: v128, highest: v128): v128 {
  return f32x4.pmin(highest, f32x4.pmax(lowest, number));
}
