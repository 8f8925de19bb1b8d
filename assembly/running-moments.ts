/**
 * Running mean and variance of single values, and the values normalized by them, four elements at a time: all in float32, as NumPy calculates.
 *
 * Compiled to WebAssembly by scripts/webassembly.mjs and run by src/wrappers/moments-kernel.ts. Elements past the last one are worked
 * through too, and mean nothing.
 * @module
 */

/** How many elements a value may have: a multiple of 4. */
const CAPACITY: usize = 1024;
const VALUES: usize = memory.data(<i32>(16 * CAPACITY), 16);
const MEAN: usize = VALUES + 4 * CAPACITY;
const VARIANCE: usize = MEAN + 4 * CAPACITY;
const NORMALIZED: usize = VARIANCE + 4 * CAPACITY;

export function capacity(): usize {
  return CAPACITY;
}

/** Where the value, the mean, the variance and the normalized value lie, one after the other, each of the whole capacity. */
export function address(): usize {
  return VALUES;
}

/** Takes in the value and normalizes it: `count` values were taken in before, `total` is one more. */
export function take(count: f32, total: f32, epsilon: f32, size: usize): void {
  const counts = f32x4.splat(count);
  const totals = f32x4.splat(total);
  const floors = f32x4.splat(epsilon);
  for (let at: usize = 0; at < 4 * size; at += 16) {
    const value = v128.load(VALUES + at);
    const before = v128.load(MEAN + at);
    const delta = f32x4.sub(value, before);
    const mean = f32x4.add(before, f32x4.div(delta, totals));
    const between = f32x4.div(f32x4.mul(f32x4.mul(delta, delta), counts), totals);
    const within = f32x4.mul(v128.load(VARIANCE + at), counts);
    const variance = f32x4.div(f32x4.add(within, between), totals);
    v128.store(MEAN + at, mean);
    v128.store(VARIANCE + at, variance);
    const scale = f32x4.sqrt(f32x4.add(variance, floors));
    v128.store(NORMALIZED + at, f32x4.div(f32x4.sub(value, mean), scale));
  }
}
