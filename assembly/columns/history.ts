/** Earlier results, and the results themselves. @module */
import {
  countOf,
  first,
  float,
  history,
  historyAt,
  historyPresent,
  historyRing,
  numEnvs,
  present,
  results,
  samplesPerStep,
  size,
  values,
  word,
} from "./places";
import { lanesPresent } from "./presence";

/** Where the result of an environment's sample lies in a ring of results. Samples count from 1. */
function placeOf(number: i32, i: i32): i32 {
  return ((<u32>(number - 1) / <u32>samplesPerStep) & (historyRing - 1)) * numEnvs + first + i;
}

/** Results of an earlier step: exactly so many samples back, or none. */
export function earlier(at: usize): void {
  const base = word(at, 2);
  const back = word(at, 3);
  const out = word(at, 4);
  let before = 0;
  let from = 0;
  for (let i = 0; i < size; i++) {
    const number = countOf(i) - back;
    // Neighbours mostly are in one step.
    if (number === before) from++;
    else if (number >= 1) from = placeOf(number, i);
    before = number;
    const known = number >= 1 && word(historyAt, from) === number;
    if (number >= 1) store<f64>(float(values, out + i), load<f64>(float(history, base + from)));
    store<u8>(present + <usize>(out + i), known ? load<u8>(historyPresent + <usize>(base + from)) : 0);
  }
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

/** A query's values, from the one of its columns that has a value; NaN where none has. */
export function result(at: usize): void {
  const to = float(results, word(at, 2) + first);
  const columns = word(at, 3);
  for (let c = 0; c < columns; c++) {
    const column = word(at, 4 + c);
    const from = float(values, column);
    let i = 0;
    for (; i + 2 <= size; i += 2) {
      const target = float(to, i);
      const otherwise = c === 0 ? f64x2.splat(NaN) : v128.load(target);
      const here = lanesPresent(present + <usize>(column + i));
      v128.store(target, v128.bitselect(v128.load(float(from, i)), otherwise, here));
    }
    if (i < size) {
      if (load<u8>(present + <usize>(column + i))) store<f64>(float(to, i), load<f64>(float(from, i)));
      else if (c === 0) store<f64>(float(to, i), NaN);
    }
  }
}
