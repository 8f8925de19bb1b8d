/** Presence: one byte per environment of a column, 1 where it has a value. @module */
import { present, size, word } from "./places";

/** A column that has a value where two others have. */
export function presentInBoth(a: i32, b: i32, out: i32): void {
  const x = present + <usize>a;
  const y = present + <usize>b;
  const z = present + <usize>out;
  const n = <usize>size;
  let i: usize = 0;
  for (; i + 16 <= n; i += 16) v128.store(z + i, v128.and(v128.load(x + i), v128.load(y + i)));
  for (; i < n; i += 2) store<u16>(z + i, load<u16>(x + i) & load<u16>(y + i));
}

/** A column that has a value where all of a list have. @param columns - Address of the list. */
export function presentInAll(columns: usize, count: i32, out: i32): void {
  const to = present + <usize>out;
  const n = <usize>size;
  let i: usize = 0;
  for (; i + 16 <= n; i += 16) {
    let all = i8x16.splat(1);
    for (let k = 0; k < count; k++) all = v128.and(all, v128.load(present + <usize>word(columns, k) + i));
    v128.store(to + i, all);
  }
  for (; i < n; i += 2) {
    let both: u16 = 0x0101;
    for (let k = 0; k < count; k++) both &= load<u16>(present + <usize>word(columns, k) + i);
    store<u16>(to + i, both);
  }
}

/** The presence of other bytes. @param from - Their address. */
export function presentAs(from: usize, out: i32): void {
  const to = present + <usize>out;
  const n = <usize>size;
  let i: usize = 0;
  for (; i + 16 <= n; i += 16) v128.store(to + i, v128.load(from + i));
  for (; i < n; i += 2) store<u16>(to + i, load<u16>(from + i));
}

/** A column that has values everywhere. */
export function presentEverywhere(out: i32): void {
  const to = present + <usize>out;
  const n = <usize>size;
  let i: usize = 0;
  for (; i + 16 <= n; i += 16) v128.store(to + i, i8x16.splat(1));
  for (; i < n; i += 2) store<u16>(to + i, 0x0101);
}

/** All bits of the lanes whose bytes at an address are 1. */
export function lanesPresent(at: usize): v128 {
  const both = load<u16>(at);
  return i64x2.replace_lane(i64x2.splat(-(<i64>(both & 1))), 1, -(<i64>(both >> 8)));
}
