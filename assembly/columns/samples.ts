/** Columns of recorded series: rates over a window, and the newest sample. @module */
import { call } from "./host";
import {
  countOf,
  first,
  float,
  lastResets,
  list,
  newest,
  numEnvs,
  oldest,
  positions,
  present,
  presentSince,
  restSizes,
  rests,
  ring,
  samples,
  samplesPresent,
  size,
  stride,
  values,
  word,
} from "./places";
import { presentAs, presentEverywhere } from "./presence";

/** Works out where a window lies for the block, and which environments need care: too few samples yet, or a counter reset within. */
export function locate(at: usize): void {
  const window = (<usize>word(at, 2)) << 2;
  const newestBack = word(at, 3);
  const oldestBack = word(at, 4);
  const position = word(positions, first);
  store<i32>(newest + window, ((position - newestBack) & (ring - 1)) * numEnvs + first);
  store<i32>(oldest + window, ((position - oldestBack) & (ring - 1)) * numEnvs + first);
  const rest = rests + window * stride;
  let found = 0;
  for (let i = 0; i < size; i++) {
    const number = countOf(i) - oldestBack;
    if (number >= 1 && word(lastResets, first + i) <= number && oldestBack >= newestBack) continue;
    store<i32>(rest + ((<usize>found) << 2), i);
    found++;
  }
  store<i32>(restSizes + window, found);
}

/** Rates over full windows without resets; the others are left to the host. */
export function rates(at: usize): void {
  const step = word(at, 2);
  const window = word(at, 3);
  const oldestBack = word(at, 4);
  const rows = word(at, 5);
  const rest = word(restSizes, window);
  const start = float(samples, word(oldest, window));
  const back = float(samples, word(newest, window)) - start;
  let entry = at + 24;
  const factor = load<f64>(entry + <usize>rows * 12);
  const nearZero = load<f64>(entry + <usize>rows * 12, 8);
  const factors = f64x2.splat(factor);
  const limits = f64x2.splat(nearZero);
  for (let k = 0; k < rows; k++) {
    const since = word(entry, 1);
    const out = word(entry, 2);
    let from = float(start, word(entry, 0));
    let target = float(values, out);
    let near = i64x2.splat(0);
    for (const end = float(target, size); target < end; target += 16) {
      const value = v128.load(from);
      const difference = f64x2.sub(v128.load(from + back), value);
      v128.store(target, f64x2.mul(difference, factors));
      const isLow = f64x2.le(value, f64x2.mul(difference, limits));
      near = v128.or(near, v128.and(isLow, f64x2.gt(difference, f64x2.splat(0))));
      from += 16;
    }
    presentEverywhere(out);
    let listed = v128.any_true(near) ? listNear(float(start, word(entry, 0)), back, nearZero) : 0;
    if (since >= 0) listed = addBroken(since + first, oldestBack, out, listed);
    if (listed + rest > 0) call(step, k, listed);
    entry += 12;
  }
}

/** @returns how many environments are so near zero that the zero point may matter, listed in `left` */
function listNear(from: usize, back: usize, nearZero: f64): i32 {
  let listed = 0;
  for (let i = 0; i < size; i++) {
    const value = load<f64>(from);
    const difference = load<f64>(from + back) - value;
    if (value <= difference * nearZero && value >= 0 && difference > 0) listed = list(i, listed);
    from += 8;
  }
  return listed;
}

/**
 * Adds the environments where an optional series is present in a part of its window only; where in none, the result is empty.
 * @returns how many are listed in `left`
 */
function addBroken(row: i32, oldestBack: i32, out: i32, listed: i32): i32 {
  for (let i = 0; i < size; i++) {
    const since = word(presentSince, row + i);
    const number = max(1, countOf(i) - oldestBack);
    if (since < 0 && -since <= number) store<u8>(present + <usize>(out + i), 0);
    else if (since <= 0 || since > number) listed = list(i, listed);
  }
  return listed;
}

/** The newest samples in a window; a series that this sample lacks is stale. */
export function instants(at: usize): void {
  const window = word(at, 2);
  const newestBack = word(at, 3);
  const oldestBack = word(at, 4);
  const rows = word(at, 5);
  const place = word(newest, window);
  const rest = rests + ((<usize>(window * stride)) << 2);
  const restSize = word(restSizes, window);
  let entry = at + 24;
  for (let k = 0; k < rows; k++) {
    let from = float(samples, word(entry, 0) + place);
    const presence = word(entry, 1);
    const out = word(entry, 2);
    let target = float(values, out);
    for (const end = float(target, size); target < end; target += 16) {
      v128.store(target, v128.load(from));
      from += 16;
    }
    if (presence < 0) presentEverywhere(out);
    else presentAs(samplesPresent + <usize>(presence + place), out);
    for (let r = 0; r < restSize; r++) {
      const i = word(rest, r);
      // A counter that fell since then does not matter here.
      if (countOf(i) <= oldestBack || oldestBack < newestBack) store<u8>(present + <usize>(out + i), 0);
    }
    entry += 12;
  }
}
