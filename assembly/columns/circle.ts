/** Sine and cosine of a column. @module */
import { cosineOf, LARGE_ANGLE, octantOf, restOf, sineOf } from "../../src/metrics/promql/go-math/circle";
import { call } from "./host";
import { float, list, present, size, values, word } from "./places";
import { presentAs } from "./presence";

/** Entries of a cache: a power of two. */
const CACHED: i32 = 8192;
const ENTRY_BYTES: usize = 16;
/** Sines, and cosines, of angles that came before: times of the day come again. By entry the bits of the angle plus one, and the value. */
const sines: usize = memory.data(131072, 16);
const cosines: usize = memory.data(131072, 16);

/** Fills a column with sines or cosines; large angles and what is not finite are left to the host. */
export function circle(at: usize, isSine: bool): void {
  const out = word(at, 4);
  let from = float(values, word(at, 3));
  let to = float(values, out);
  let listed = 0;
  presentAs(present + <usize>word(at, 3), out);
  const cache = isSine ? sines : cosines;
  for (let i = 0; i < size; i++) {
    const x = load<f64>(from);
    const key = reinterpret<i64>(x) + 1;
    const entry = cache + entryOf(key) * ENTRY_BYTES;
    if (load<i64>(entry) === key) store<f64>(to, load<f64>(entry, 8));
    else if (abs(x) < LARGE_ANGLE) {
      const value = turn(x, abs(x), isSine);
      store<i64>(entry, key);
      store<f64>(entry, value, 8);
      store<f64>(to, value);
    } else listed = list(i, listed);
    from += 8;
    to += 8;
  }
  if (listed > 0) call(word(at, 2), 0, listed);
}

/** Which entry a key is kept in: 2^32 over the golden ratio spreads them. */
function entryOf(key: i64): usize {
  return <usize>(((<i32>(key ^ (key >>> 32)) * <i32>0x9e3779b1) >>> 16) & (CACHED - 1));
}

/** The sine or cosine of x; `angle` is its amount. Without branches, which would be mispredicted. */
function turn(x: f64, angle: f64, isSine: bool): f64 {
  const turned = octantOf(angle);
  const octant = <i32>turned & 7;
  const rest = restOf(angle, turned);
  const y = select<f64>(cosineOf(rest), sineOf(rest), ((octant & 3) === 2) === isSine);
  const isNegative = isSine ? x < 0 !== octant > 3 : (octant === 2) | (octant === 4);
  return select<f64>(x, select<f64>(-y, y, isNegative), isSine & (x === 0));
}
