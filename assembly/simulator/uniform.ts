/** Counter-based uniform numbers, as in src/simulator/stream.ts. @module */

/** 2^-32. */
const UNIT: f64 = 2.3283064365386963e-10;

function scramble(word: i32): i32 {
  word = (word ^ (word >>> 16)) * 0x7feb352d;
  word = (word ^ (word >>> 15)) * <i32>0x846ca68b;
  return word ^ (word >>> 16);
}

/** Draw number `counter` of a stream, uniform on (0, 1): see `uniformAt` in src/simulator/stream.ts. */
export function uniformAt(key0: i32, key1: i32, counter: i32): f64 {
  const word = scramble(scramble((counter * <i32>0x9e3779b1) ^ key0) + key1);
  return (<f64>(<u32>word) + 0.5) * UNIT;
}

/** {@link uniformAt} of some ticks, four at a time. */
export function writeUniforms(key0: i32, key1: i32, first: i32, ticks: i32, into: usize): void {
  const end = into + ((<usize>ticks) << 3);
  let counters = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
  for (; into < end; into += 32) {
    const keyed = v128.xor(i32x4.mul(counters, i32x4.splat(<i32>0x9e3779b1)), i32x4.splat(key0));
    const words = scrambleFour(i32x4.add(scrambleFour(keyed), i32x4.splat(key1)));
    v128.store(into, unitOf(words));
    v128.store(into, unitOf(v128.shuffle<i32>(words, words, 2, 3, 2, 3)), 16);
    counters = i32x4.add(counters, i32x4.splat(4));
  }
}

function scrambleFour(words: v128): v128 {
  words = i32x4.mul(v128.xor(words, i32x4.shr_u(words, 16)), i32x4.splat(0x7feb352d));
  words = i32x4.mul(v128.xor(words, i32x4.shr_u(words, 15)), i32x4.splat(<i32>0x846ca68b));
  return v128.xor(words, i32x4.shr_u(words, 16));
}

function unitOf(words: v128): v128 {
  return f64x2.mul(f64x2.add(f64x2.convert_low_i32x4_u(words), f64x2.splat(0.5)), f64x2.splat(UNIT));
}
