/** Earlier results, and the results themselves. @module */
import {
  countOf,
  first,
  float,
  history,
  historyAt,
  historyPresent,
  historyRing,
  isInStep,
  numEnvs,
  present,
  results,
  samplesPerStep,
  size,
  values,
  word,
} from "./places";

/** Where the result of an environment's sample lies in a ring of results. Samples count from 1. */
function placeOf(number: i32, i: i32): i32 {
  return ((<u32>(number - 1) / <u32>samplesPerStep) & (historyRing - 1)) * numEnvs + first + i;
}

/** Results of an earlier step: exactly so many samples back, or none. */
export function earlier(at: usize): void {
  const base = word(at, 2);
  const back = word(at, 3);
  const out = word(at, 4);
  let i = 0;
  if (isInStep && size >= 16) i = earlierInStep(base, countOf(0) - back, out);
  for (; i < size; i++) {
    const number = countOf(i) - back;
    const from = placeOf(max(1, number), i);
    const known = number >= 1 && word(historyAt, from) === number;
    store<f64>(float(values, out + i), load<f64>(float(history, base + from)));
    store<u8>(present + <usize>(out + i), known ? load<u8>(historyPresent + <usize>(base + from)) : 0);
  }
}

/** The same where all have taken as many samples, for sixteen at a time. @returns how many environments are done */
function earlierInStep(base: i32, number: i32, out: i32): i32 {
  const from = placeOf(max(1, number), 0);
  const wanted = i32x4.splat(max(1, number));
  const whole = size & -16;
  memory.copy(float(values, out), float(history, base + from), (<usize>whole) << 3);
  let i = 0;
  for (; i < whole; i += 16) {
    const numbers = historyAt + ((<usize>(from + i)) << 2);
    const low = i16x8.narrow_i32x4_s(i32x4.eq(v128.load(numbers), wanted), i32x4.eq(v128.load(numbers, 16), wanted));
    const high = i16x8.narrow_i32x4_s(
      i32x4.eq(v128.load(numbers, 32), wanted),
      i32x4.eq(v128.load(numbers, 48), wanted),
    );
    const known = number >= 1 ? i8x16.narrow_i16x8_s(low, high) : i8x16.splat(0);
    const here = v128.load(historyPresent + <usize>(base + from + i));
    v128.store(present + <usize>(out + i), v128.and(here, known));
  }
  return i;
}

/** Stores the results that later steps look up. */
export function keep(at: usize): void {
  const columns = word(at, 2);
  const ringSize = historyRing * numEnvs;
  for (let i = 0; i < size; i++) {
    const number = countOf(i);
    let to = placeOf(number, i);
    store<i32>(historyAt + ((<usize>to) << 2), number);
    for (let k = 0; k < columns; k++) {
      const from = word(at, 3 + k) + i;
      store<f64>(float(history, to), load<f64>(float(values, from)));
      store<u8>(historyPresent + <usize>to, load<u8>(present + <usize>from));
      to += ringSize;
    }
  }
}

/** All queries' values, each from the one of its columns that has a value; NaN where none has. */
export function takeResults(at: usize): void {
  const end = at + ((<usize>word(at, 1)) << 2);
  for (let entry = at + 8; entry < end; entry += 12) {
    const to = float(results, word(entry, 0) + first);
    const from = float(values, word(entry, 1));
    const here = present + <usize>word(entry, 1);
    if (size >= 16 && isWhole(here)) memory.copy(to, from, (<usize>size) << 3);
    else choose(to, from, here, word(entry, 2) !== 0);
  }
}

/** Whether a column has a value for all environments; at least 16. */
function isWhole(here: usize): bool {
  // The last sixteen overlap with those before.
  let all = v128.load(here + <usize>(size - 16));
  for (let i = 0; i + 16 <= size; i += 16) all = v128.and(all, v128.load(here + <usize>i));
  return i8x16.all_true(all);
}

/** Copies the numbers that are there; `isFirst` says that NaN stands for the others. */
function choose(to: usize, from: usize, here: usize, isFirst: bool): void {
  for (const end = float(from, size); from < end; from += 8) {
    if (load<u8>(here)) store<f64>(to, load<f64>(from));
    else if (isFirst) store<f64>(to, NaN);
    to += 8;
    here++;
  }
}
