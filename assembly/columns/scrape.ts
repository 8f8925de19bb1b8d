/** Counters that fell between two samples. @module */
import { counts, float, lastResets, samples, word } from "./places";

/**
 * Takes down the environments `first` to `end - 1` where a counter's newest sample is below the one before.
 * @param rows - Where the counters' rings begin, `size` element indices.
 * @param place - Where the newest sample of environment 0 lies in a ring; `before` likewise.
 */
export function markFallen(rows: usize, size: i32, place: i32, before: i32, first: i32, end: i32): void {
  const newest = float(samples, place);
  const back = float(samples, before) - newest;
  const last = rows + ((<usize>size) << 2);
  let env = first;
  // A cache line at a time; counters rarely fall.
  for (; env + 8 <= end; env += 8) {
    let fallen = i64x2.splat(0);
    for (let row = rows; row < last; row += 4) {
      const to = float(newest, word(row, 0) + env);
      fallen = v128.or(fallen, v128.or(fell(to, back), fell(to + 16, back)));
      fallen = v128.or(fallen, v128.or(fell(to + 32, back), fell(to + 48, back)));
    }
    if (v128.any_true(fallen)) markPairs(rows, last, newest, back, env, env + 8);
  }
  markPairs(rows, last, newest, back, env, end);
}

/** The same for two environments at a time. */
function markPairs(rows: usize, last: usize, newest: usize, back: usize, first: i32, end: i32): void {
  for (let env = first; env < end; env += 2) {
    let fallen = i64x2.splat(0);
    for (let row = rows; row < last; row += 4) {
      fallen = v128.or(fallen, fell(float(newest, word(row, 0) + env), back));
    }
    if (i64x2.extract_lane(fallen, 0)) mark(env);
    if (i64x2.extract_lane(fallen, 1) && env + 1 < end) mark(env + 1);
  }
}

/** All bits where a counter's sample is below the one before, `back` bytes on. */
function fell(sample: usize, back: usize): v128 {
  return f64x2.lt(v128.load(sample), v128.load(sample + back));
}

function mark(env: i32): void {
  const count = word(counts, env);
  if (count > 1) store<i32>(lastResets + ((<usize>env) << 2), count);
}
