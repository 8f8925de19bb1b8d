/** Arrivals: their rates by tick, and Poisson counts. @module */
import { EnvInt } from "../../src/simulator/fields";
import { add, envInts, int, knotSeconds, offeredRow, tickSeconds } from "./model";
import { poissonPair, WHOLE } from "./poisson";
import { writeUniforms } from "./uniform";

/**
 * Draws the counts of some ticks to `counts`, and adds them to those offered; their mean rates go to `rates`. Both have room for a multiple
 * of four. Rates are linear between knots, of which number `firstKnot` and those after it lie at `knots`; from `lastKnot` on they stay on
 * the line before the last, and before the episode they are as at its start.
 */
export function drawArrivals(
  env: i32,
  ticks: i32,
  knots: usize,
  firstKnot: i32,
  lastKnot: i32,
  rates: usize,
  counts: usize,
): void {
  const i = env * envInts;
  const first = int(i + EnvInt.tick);
  writeRates(first, ticks, knots, firstKnot, lastKnot, rates);
  writeUniforms(int(i + EnvInt.arrival0), int(i + EnvInt.arrival1), first, ticks, counts);
  let offered: f64 = 0;
  for (let k = 0; k < ticks; k += 2) {
    const at = counts + ((<usize>k) << 3);
    const means = f64x2.mul(v128.load(rates + ((<usize>k) << 3)), f64x2.splat(tickSeconds));
    v128.store(at, poissonPair(v128.load(at), means));
    offered += load<f64>(at) + (k + 1 < ticks ? load<f64>(at, 8) : 0);
  }
  add(offeredRow, env, offered);
}

/** The mean rates of some ticks, two at a time. */
function writeRates(first: i32, ticks: i32, knots: usize, firstKnot: i32, lastKnot: i32, rates: usize): void {
  const zero = f64x2.splat(0);
  const last = f64x2.splat(<f64>lastKnot);
  const offset = f64x2.splat(WHOLE - <f64>firstKnot);
  for (let k = 0; k < ticks; k += 2) {
    const tick = f64x2.add(f64x2.splat(<f64>(first + k)), f64x2(0.5, 1.5));
    const time = f64x2.mul(tick, f64x2.splat(tickSeconds));
    const position = f64x2.pmax(f64x2.div(time, f64x2.splat(knotSeconds)), zero);
    const knot = f64x2.pmin(f64x2.floor(position), last);
    const numbers = f64x2.add(knot, offset);
    const a = v128.load(knots + ((<usize>i32x4.extract_lane(numbers, 0)) << 3));
    const b = v128.load(knots + ((<usize>i32x4.extract_lane(numbers, 2)) << 3));
    const low = v128.shuffle<f64>(a, b, 0, 2);
    const high = v128.shuffle<f64>(a, b, 1, 3);
    const part = f64x2.pmin(f64x2.sub(position, knot), f64x2.splat(1));
    v128.store(rates + ((<usize>k) << 3), f64x2.add(low, f64x2.mul(f64x2.sub(high, low), part)));
  }
}
