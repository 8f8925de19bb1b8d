/** Sines and cosines of a column, and of its phases. @module */
import {
  COSINE_4,
  COSINE_6,
  COSINE_8,
  COSINE_10,
  COSINE_12,
  COSINE_14,
  LARGE_ANGLE,
  OCTANT_HIGH,
  OCTANT_LOW,
  OCTANT_MIDDLE,
  OCTANTS,
  SINE_3,
  SINE_5,
  SINE_7,
  SINE_9,
  SINE_11,
  SINE_13,
} from "../../src/metrics/promql/go-math/circle";
import { call } from "./host";
import { float, list, present, size, values, word } from "./places";
import { presentAs } from "./presence";
import { areWhole, remainderOfWhole } from "./remainder";

// Numbers in memory: to load one takes less than what engines make of one in the code.
/** Coefficients from the highest power down, one after the other. */
const sineNumbers: usize = memory.data<f64>([SINE_13, SINE_11, SINE_9, SINE_7, SINE_5, SINE_3]);
const cosineNumbers: usize = memory.data<f64>([COSINE_14, COSINE_12, COSINE_10, COSINE_8, COSINE_6, COSINE_4]);
const octants: usize = memory.data<f64>([OCTANTS]);
const octantParts: usize = memory.data<f64>([OCTANT_HIGH, OCTANT_MIDDLE, OCTANT_LOW]);
const half: usize = memory.data<f64>([0.5]);
const unit: usize = memory.data<f64>([1]);
/** 2^52: added to a whole number below, it leaves that in the lowest bits. */
const wholes: usize = memory.data<f64>([4503599627370496]);
const one: usize = memory.data<i64>([1]);
const sign: usize = memory.data<i64>([i64.MIN_VALUE]);

/** Fills a column with sines, and one with cosines. */
export function circle(at: usize): void {
  let x = float(values, word(at, 3));
  let sine = float(values, word(at, 4));
  let cosine = float(values, word(at, 5));
  let regular = i64x2.splat(-1);
  for (const end = float(x, size); x < end; x += 16) {
    const angle = f64x2.abs(v128.load(x));
    regular = v128.and(regular, areSmall(angle));
    Octant.store(angle, v128.load(x), sine, cosine);
    sine += 16;
    cosine += 16;
  }
  turn(at);
  if (!i64x2.all_true(regular)) leave(at, false);
}

/** The same of `x % period * factor`. */
export function wave(at: usize): void {
  let x = float(values, word(at, 3));
  let sine = float(values, word(at, 4));
  let cosine = float(values, word(at, 5));
  const period = v128.load64_splat(at + 24);
  const factor = v128.load64_splat(at + 32);
  let whole = i64x2.splat(-1);
  let lowest = v128.load(x);
  let highest = lowest;
  for (const end = float(x, size); x < end; x += 16) {
    const number = v128.load(x);
    whole = v128.and(whole, f64x2.eq(number, f64x2.floor(number)));
    lowest = f64x2.pmin(lowest, number);
    highest = f64x2.pmax(highest, number);
    const angle = f64x2.mul(remainderOfWhole(number, period), factor);
    Octant.store(angle, angle, sine, cosine);
    sine += 16;
    cosine += 16;
  }
  turn(at);
  if (!i64x2.all_true(v128.and(whole, v128.and(areWhole(lowest), areWhole(highest))))) leave(at, true);
}

/** Leaves to the host what is not regular: phases that are not whole, or else large angles. */
function leave(at: usize, ofWave: bool): void {
  const x = word(at, 3);
  let listed = 0;
  for (let i = 0; i < size; i++) {
    const number = v128.load64_splat(float(values, x + i));
    const regular = ofWave ? areWhole(number) : areSmall(number);
    if (!i64x2.all_true(regular)) listed = list(i, listed);
  }
  if (listed > 0) call(word(at, 2), 0, listed);
}

/** All bits where an angle is not large. */
function areSmall(x: v128): v128 {
  return f64x2.lt(f64x2.abs(x), f64x2.splat(LARGE_ANGLE));
}

/** What is compiled for each caller by itself. */
class Octant {
  /** Stores what remains of two angles, and, as whole numbers, the even octants that they are nearest to, with other signs. */
  @inline static store(angle: v128, signs: v128, rest: usize, octant: usize): void {
    const whole = f64x2.add(f64x2.floor(f64x2.mul(angle, v128.load64_splat(octants))), v128.load64_splat(wholes));
    const even = i64x2.add(whole, v128.and(whole, v128.load64_splat(one)));
    v128.store(rest, restOf(angle, f64x2.sub(even, v128.load64_splat(wholes))));
    v128.store(octant, v128.or(even, v128.and(signs, v128.load64_splat(sign))));
  }
}

/** What remains of two angles. */
function restOf(angle: v128, octant: v128): v128 {
  const high = f64x2.sub(angle, f64x2.mul(octant, v128.load64_splat(octantParts)));
  const middle = f64x2.sub(high, f64x2.mul(octant, v128.load64_splat(octantParts + 8)));
  return f64x2.sub(middle, f64x2.mul(octant, v128.load64_splat(octantParts + 16)));
}

/**
 * Makes sines of the rests that are in their place, and cosines of the octants. Without branches, which would be mispredicted, and by
 * itself, as a processor looks ahead over several short iterations, but not over long ones.
 */
function turn(at: usize): void {
  const operand = present + <usize>word(at, 3);
  presentAs(operand, word(at, 4));
  presentAs(operand, word(at, 5));
  let sine = float(values, word(at, 4));
  let cosine = float(values, word(at, 5));
  for (const end = float(sine, size); sine < end; sine += 16) {
    const rest = v128.load(sine);
    const octant = v128.load(cosine);
    const square = f64x2.mul(rest, rest);
    const sines = sineOf(rest, square);
    const cosines = cosineOf(square);
    // Octants 2 and 6 are a quarter off; sines change their signs from 4 on, cosines from 2 to 4.
    const from2 = i64x2.shl(octant, 62);
    const from4 = i64x2.shl(octant, 61);
    const difference = v128.and(v128.xor(sines, cosines), i64x2.lt_s(from2, i64x2.splat(0)));
    const sineSign = v128.and(v128.xor(octant, from4), v128.load64_splat(sign));
    const cosineSign = v128.and(v128.xor(from2, from4), v128.load64_splat(sign));
    v128.store(sine, v128.xor(v128.xor(sines, difference), sineSign));
    v128.store(cosine, v128.xor(v128.xor(cosines, difference), cosineSign));
    cosine += 16;
  }
}

/** Two sines near 0. */
function sineOf(z: v128, square: v128): v128 {
  return f64x2.add(z, f64x2.mul(f64x2.mul(z, square), polynomial(sineNumbers, square)));
}

/** Two cosines near 0. */
function cosineOf(square: v128): v128 {
  const start = f64x2.sub(v128.load64_splat(unit), f64x2.mul(v128.load64_splat(half), square));
  return f64x2.add(start, f64x2.mul(f64x2.mul(square, square), polynomial(cosineNumbers, square)));
}

/** A polynomial of six coefficients. */
function polynomial(coefficients: usize, x: v128): v128 {
  let sum = f64x2.add(f64x2.mul(v128.load64_splat(coefficients), x), v128.load64_splat(coefficients + 8));
  sum = f64x2.add(f64x2.mul(sum, x), v128.load64_splat(coefficients + 16));
  sum = f64x2.add(f64x2.mul(sum, x), v128.load64_splat(coefficients + 24));
  sum = f64x2.add(f64x2.mul(sum, x), v128.load64_splat(coefficients + 32));
  return f64x2.add(f64x2.mul(sum, x), v128.load64_splat(coefficients + 40));
}
