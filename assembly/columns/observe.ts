/** From values of queries to observations. @module */
import { float, word } from "./places";

/** Environments at a time: the rows that are written stay in the nearest cache. */
const BLOCK = 16;

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
    for (; f + 4 <= features; f += 4) observeFour(f, begin, end, last + ((<usize>f) << 2));
    for (; f < features; f++) {
      for (let env = begin; env < end; env++) observeOne(f, env, last + ((<usize>f) << 2));
    }
  }
}

/** Features `f` to `f + 3` in environments `begin` to `end - 1`, two at a time. @param to - Where they are in the first row. */
function observeFour(f: i32, begin: i32, end: i32, to: usize): void {
  let a = float(rowOf(f), begin);
  let b = float(rowOf(f + 1), begin);
  let c = float(rowOf(f + 2), begin);
  let d = float(rowOf(f + 3), begin);
  for (let env = begin; env < end; env += 2) {
    const va = v128.load(a);
    const vb = v128.load(b);
    const vc = v128.load(c);
    const vd = v128.load(d);
    const here = v128.and(v128.and(f64x2.eq(va, va), f64x2.eq(vb, vb)), v128.and(f64x2.eq(vc, vc), f64x2.eq(vd, vd)));
    const first = to + <usize>env * rowWidth;
    if (i64x2.all_true(here)) {
      const ab = v128.shuffle<i32>(cut(f, va), cut(f + 1, vb), 0, 4, 1, 5);
      const cd = v128.shuffle<i32>(cut(f + 2, vc), cut(f + 3, vd), 0, 4, 1, 5);
      v128.store(first, v128.shuffle<i64>(ab, cd, 0, 2));
      if (env + 1 < end) v128.store(first + rowWidth, v128.shuffle<i64>(ab, cd, 1, 3));
    } else {
      for (let k = 0; k < 4; k++) {
        observeOne(f + k, env, to + ((<usize>k) << 2));
        if (env + 1 < end) observeOne(f + k, env + 1, to + ((<usize>k) << 2));
      }
    }
    a += 16;
    b += 16;
    c += 16;
    d += 16;
  }
}

/** Where a feature's values are. */
function rowOf(f: i32): usize {
  return <usize>word(rows, f);
}

/** One feature of one environment, with or without a value. @param to - Where it is in the first row. */
function observeOne(f: i32, env: i32, to: usize): void {
  let value = load<f64>(float(rowOf(f), env));
  if (F64.isNaN(value)) {
    if (load<u8>(keeps + <usize>f)) return;
    value = load<f64>(float(defaults, f));
  }
  v128.store32_lane(to + <usize>env * rowWidth, cut(f, f64x2.splat(value)), 0);
}

/** Two values cut to a feature's bounds, as float32; without -0, which is no less than a bound of 0. */
function cut(f: i32, value: v128): v128 {
  const number = f64x2.add(value, f64x2.splat(0));
  const above = f64x2.pmax(v128.load64_splat(float(lows, f)), number);
  return f32x4.demote_f64x2_zero(f64x2.pmin(v128.load64_splat(float(highs, f)), above));
}
