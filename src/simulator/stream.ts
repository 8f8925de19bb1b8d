/** Counter-based random streams: any draw by its number, without the draws before it. @module */

/** 2^-32. */
const UNIT = 2.3283064365386963e-10;

/** A stream's key: two signed 32-bit words. */
export type StreamKey = readonly [high: number, low: number];

/**
 * The key of one stream of a seed.
 *
 * @param seed - A non-negative integer of any size.
 * @param purpose - What the stream is for, as a word or a number. Different purposes give unrelated streams.
 */
export function streamKey(seed: bigint, purpose: number | string): StreamKey {
  let high = 0x3c6ef372;
  let low = 0x1b873593;
  const absorb = (word: number): void => {
    high = scramble(high ^ word);
    low = scramble((low + Math.imul(word, 0x9e3779b1)) ^ high);
  };
  let rest = seed;
  do {
    absorb(Number(BigInt.asIntN(32, rest)));
    rest >>= 32n;
  } while (rest > 0n);
  // A word that no seed ends with, so that a long seed is not a short one with a purpose.
  absorb(typeof purpose === "number" ? 0x6e756d62 : 0x74657874);
  if (typeof purpose === "number") {
    absorb(purpose | 0);
    absorb(Math.floor(purpose * UNIT) | 0);
  } else {
    for (let i = 0; i < purpose.length; i++) absorb(purpose.charCodeAt(i));
    absorb(purpose.length);
  }
  return [scramble(high ^ (low >>> 1)), scramble(low + high)];
}

/**
 * Draw number `counter` of a stream: uniform on (0, 1), in steps of 2^-32.
 *
 * @param key0 - First word of the key.
 * @param key1 - Second word of the key.
 * @param counter - The number of the draw; taken modulo 2^32.
 * @returns A multiple of 2^-33, never 0 or 1. All draws of one stream differ until the counter wraps.
 */
export function uniformAt(key0: number, key1: number, counter: number): number {
  return ((wordAt(key0, key1, counter) >>> 0) + 0.5) * UNIT;
}

/**
 * Like {@link uniformAt}, with 53 random bits.
 *
 * @returns An odd multiple of 2^-54, rounded: never 0 or 1.
 */
export function uniform53At(key0: number, key1: number, counter: number): number {
  const high = wordAt(key0, key1, counter);
  const low = scramble(high ^ Math.imul(counter ^ key1, 0x85ebca6b) ^ key0);
  return ((high >>> 0) + ((low >>> 12) + 0.5) * 9.5367431640625e-7) * UNIT;
}

/** Draw number `counter` of a stream as a signed 32-bit word. */
export function wordAt(key0: number, key1: number, counter: number): number {
  return scramble(scramble(Math.imul(counter, 0x9e3779b1) ^ key0) + key1);
}

/**
 * A bijection of 32-bit words in which every input bit moves every output bit with a probability near one half.
 *
 * @see C. Wellons, "Prospecting for Hash Functions" (nullprogram.com, 2018), for the shifts and multipliers (lowbias32).
 */
function scramble(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  word = Math.imul(word ^ (word >>> 15), 0x846ca68b);
  return word ^ (word >>> 16);
}
