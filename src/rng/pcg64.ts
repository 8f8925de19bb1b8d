/** NumPy's `PCG64` bit generator (PCG XSL-RR 128/64) in 32-bit limbs. @module */
import type { SeedSequence } from "./seed-sequence.js";

/** The multiplier 0x2360ed051fc65da44385df649fccf645, highest limb last. */
const M0 = 0x9fccf645;
const M1 = 0x4385df64;
const M2 = 0x1fc65da4;
const M3 = 0x2360ed05;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const MASK_128 = (1n << 128n) - 1n;
const PER_2_32 = 2 ** -32;
const PER_2_53 = 2 ** -53;

/** Everything a {@link PCG64} remembers: plain data, as NumPy's `state`. */
export interface PCG64State {
  /** 128 bits. */
  readonly state: bigint;
  /** 128 bits, odd. */
  readonly inc: bigint;
  /** Whether half of a 64-bit draw is kept for the next 32-bit draw. */
  readonly hasUint32: boolean;
  /** That half. */
  readonly uinteger: number;
}

/**
 * 64 random bits a draw, period 2^128, without allocation.
 *
 * Limbs are kept as int32, lowest first, because V8 stores those unboxed.
 * @see M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms" (2014), HMC-CS-2014-0905
 */
export class PCG64 {
  /** Upper half of the last 64-bit draw, as int32. */
  high = 0;
  /** Lower half of the last 64-bit draw, as int32. */
  low = 0;
  #s0 = 0;
  #s1 = 0;
  #s2 = 0;
  #s3 = 0;
  #i0 = 0;
  #i1 = 0;
  #i2 = 0;
  #i3 = 0;
  #hasUint32 = false;
  #uinteger = 0;

  constructor(seedSequence: SeedSequence) {
    const [stateHigh, stateLow, streamHigh, streamLow] = seedSequence.generateState(4, "uint64");
    const inc = ((((streamHigh! << 64n) | streamLow!) << 1n) | 1n) & MASK_128;
    const state = ((inc + ((stateHigh! << 64n) | stateLow!)) * MULTIPLIER + inc) & MASK_128;
    this.state = { state, inc, hasUint32: false, uinteger: 0 };
  }

  /** Draws 64 bits into `high` and `low`. */
  next64(): void {
    const s0 = this.#s0 >>> 0;
    const s1 = this.#s1 >>> 0;
    const s2 = this.#s2 >>> 0;
    // Lower halves of the products of limbs, exact. The upper half of a·b is (a·b - lower) / 2^32: the rounding of
    // the double a·b is below 2^11, so the quotient is off by less than 2^-20, and adding 0.5 before cutting makes it exact.
    const p00 = Math.imul(s0, M0) >>> 0;
    const p01 = Math.imul(s0, M1) >>> 0;
    const p10 = Math.imul(s1, M0) >>> 0;
    const p02 = Math.imul(s0, M2) >>> 0;
    const p11 = Math.imul(s1, M1) >>> 0;
    const p20 = Math.imul(s2, M0) >>> 0;
    const sum0 = p00 + (this.#i0 >>> 0);
    const sum1 = (s0 * M0 - p00) * PER_2_32 + p01 + p10 + (this.#i1 >>> 0) + (sum0 >= 4294967296 ? 1.5 : 0.5);
    const upper1 = s0 * M1 - p01 + (s1 * M0 - p10);
    const sum2 = upper1 * PER_2_32 + p02 + p11 + p20 + (this.#i2 >>> 0) + Math.floor(sum1 * PER_2_32) + 0.5;
    const upper2 = s0 * M2 - p02 + (s1 * M1 - p11) + (s2 * M0 - p20);
    const carried = (upper2 * PER_2_32 + Math.floor(sum2 * PER_2_32) + 0.5) | 0;
    const top = (Math.imul(s0, M3) + Math.imul(s1, M2) + Math.imul(s2, M1) + Math.imul(this.#s3, M0)) | 0;
    const n0 = sum0 | 0;
    const n1 = sum1 | 0;
    const n2 = sum2 | 0;
    const n3 = (carried + this.#i3 + top) | 0;
    this.#s0 = n0;
    this.#s1 = n1;
    this.#s2 = n2;
    this.#s3 = n3;
    // Output: xor the halves, rotate right by the top six bits.
    const rotation = n3 >>> 26;
    const bits = rotation & 31;
    const swap = rotation > 31;
    const a = swap ? n2 ^ n0 : n3 ^ n1;
    const b = swap ? n3 ^ n1 : n2 ^ n0;
    this.high = (a >>> bits) | ((b << 1) << (31 - bits));
    this.low = (b >>> bits) | ((a << 1) << (31 - bits));
  }

  /** 32 bits as an integer in [0, 2^32); two in a row share one 64-bit draw, lower half first, as in NumPy. */
  next32(): number {
    if (this.#hasUint32) {
      this.#hasUint32 = false;
      return this.#uinteger >>> 0;
    }
    this.next64();
    this.#hasUint32 = true;
    this.#uinteger = this.high;
    return this.low >>> 0;
  }

  /** A number in [0, 1) with 53 random bits. */
  nextDouble(): number {
    this.next64();
    return ((this.high >>> 0) * 2097152 + (this.low >>> 11)) * PER_2_53;
  }

  /** A copy of everything remembered; assign one to go back to it. */
  get state(): PCG64State {
    return {
      state: joinLimbs(this.#s0, this.#s1, this.#s2, this.#s3),
      inc: joinLimbs(this.#i0, this.#i1, this.#i2, this.#i3),
      hasUint32: this.#hasUint32,
      uinteger: this.#uinteger >>> 0,
    };
  }

  set state({ state, inc, hasUint32, uinteger }: PCG64State) {
    this.#s0 = limb(state, 0n);
    this.#s1 = limb(state, 32n);
    this.#s2 = limb(state, 64n);
    this.#s3 = limb(state, 96n);
    this.#i0 = limb(inc, 0n);
    this.#i1 = limb(inc, 32n);
    this.#i2 = limb(inc, 64n);
    this.#i3 = limb(inc, 96n);
    this.#hasUint32 = hasUint32;
    this.#uinteger = uinteger | 0;
  }
}

function limb(value: bigint, shift: bigint): number {
  return Number((value >> shift) & 0xffff_ffffn) | 0;
}

function joinLimbs(...limbs: number[]): bigint {
  return limbs.reduceRight((sum, word) => (sum << 32n) | BigInt(word >>> 0), 0n);
}
