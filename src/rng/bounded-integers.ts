/** Unbiased integers in a range, by Lemire's method, drawing exactly as NumPy does. @module */
import type { PCG64 } from "./pcg64.js";

const PER_2_32 = 2 ** -32;

/**
 * An integer from 0 to `max`, both included.
 *
 * @param max - An integer from 0 to 2^32 - 1. No bits are drawn for 0.
 * @see D. Lemire, "Fast Random Integer Generation in an Interval" (2019), ACM TOMACS 29(1)
 */
export function boundedUint32(bits: PCG64, max: number): number {
  if (max === 0) return 0;
  if (max === 0xffff_ffff) return bits.next32();
  const count = max + 1;
  let draw = bits.next32();
  let low = Math.imul(draw, count) >>> 0;
  if (low < count) {
    const threshold = (0xffff_ffff - max) % count;
    while (low < threshold) {
      draw = bits.next32();
      low = Math.imul(draw, count) >>> 0;
    }
  }
  // The upper half of draw · count, exact: see PCG64.next64.
  return ((draw * count - low) * PER_2_32 + 0.5) >>> 0;
}

/** An integer from 0 to `max`, both included, by drawing as many bits as `max` has until they are in range. */
export function maskedUint32(bits: PCG64, max: number): number {
  if (max === 0) return 0;
  const mask = 0xffff_ffff >>> Math.clz32(max);
  let value: number;
  do value = (bits.next32() & mask) >>> 0;
  while (value > max);
  return value;
}

/** An integer from 0 to `max`, both included; `max` up to 2^64 - 1. Ranges of 32 bits and fewer draw 32 bits. */
export function boundedUint64(bits: PCG64, max: bigint): bigint {
  if (max <= 0xffff_ffffn) return BigInt(boundedUint32(bits, Number(max)));
  if (max === 0xffff_ffff_ffff_ffffn) return next64(bits);
  const count = max + 1n;
  let product = next64(bits) * count;
  if (BigInt.asUintN(64, product) < count) {
    const threshold = (0xffff_ffff_ffff_ffffn - max) % count;
    while (BigInt.asUintN(64, product) < threshold) product = next64(bits) * count;
  }
  return product >> 64n;
}

function next64(bits: PCG64): bigint {
  bits.next64();
  return (BigInt(bits.high >>> 0) << 32n) | BigInt(bits.low >>> 0);
}
