/** Sine and cosine of a column. @module */
import { cosineOf, LARGE_ANGLE, octantOf, restOf, sineOf } from "../../src/metrics/promql/go-math/circle";
import { call } from "./host";
import { float, list, present, size, values, word } from "./places";
import { presentAs } from "./presence";

/** Fills a column with sines or cosines; large angles and what is not finite are left to the host. */
export function circle(at: usize, isSine: bool): void {
  const out = word(at, 4);
  let from = float(values, word(at, 3));
  let to = float(values, out);
  let listed = 0;
  presentAs(present + <usize>word(at, 3), out);
  for (let i = 0; i < size; i++) {
    const x = load<f64>(from);
    const angle = abs(x);
    if (angle < LARGE_ANGLE) store<f64>(to, turn(x, angle, isSine));
    else listed = list(i, listed);
    from += 8;
    to += 8;
  }
  if (listed > 0) call(word(at, 2), 0, listed);
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
