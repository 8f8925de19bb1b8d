/** Counters that fell between two samples. @module */
import { counts, float, lastResets, samples, word } from "./places";

/**
 * Takes down the environments `first` to `end - 1` where a counter's newest sample is below the one before.
 * @param rows - Where the counters' rings begin, `size` element indices.
 * @param place - Where the newest sample of environment 0 lies in a ring; `before` likewise.
 */
export function markFallen(rows: usize, size: i32, place: i32, before: i32, first: i32, end: i32): void {
  for (let env = first; env < end; env += 2) {
    const to = float(samples, place + env);
    const from = float(samples, before + env);
    let fallen = i64x2.splat(0);
    for (let k = 0; k < size; k++) {
      const row = word(rows, k);
      fallen = v128.or(fallen, f64x2.lt(v128.load(float(to, row)), v128.load(float(from, row))));
    }
    if (!v128.any_true(fallen)) continue;
    if (i64x2.extract_lane(fallen, 0)) mark(env);
    if (i64x2.extract_lane(fallen, 1) && env + 1 < end) mark(env + 1);
  }
}

function mark(env: i32): void {
  const count = word(counts, env);
  if (count > 1) store<i32>(lastResets + ((<usize>env) << 2), count);
}
