/** NumPy's `Generator` over `PCG64`: the one source of random draws. @module */
import type { IntegerDtype, TypedArrayOf } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import { boundedUint32, boundedUint64 } from "./bounded-integers.js";
import { checkIntegerRange, fillIntegers, type IntegersOptions } from "./integers.js";
import { PCG64, type PCG64State } from "./pcg64.js";
import { SeedSequence } from "./seed-sequence.js";

/** Everything a {@link Generator} remembers: plain data that survives `structuredClone`. */
export interface GeneratorState extends PCG64State {
  readonly bitGenerator: "PCG64";
  /** Where its children come from. */
  readonly seedSequence: {
    readonly entropy: bigint | readonly bigint[];
    readonly spawnKey: readonly bigint[];
    readonly childrenSpawned: number;
  };
}

/**
 * Draws from distributions, bit-identical with `numpy.random.default_rng`.
 *
 * Every method without `size` returns one number and allocates nothing; with `size` it returns a new flat typed array
 * of that many draws, which the caller owns.
 */
export class Generator {
  readonly #bits: PCG64;
  #seedSequence: SeedSequence;

  constructor(seedSequence: SeedSequence) {
    this.#seedSequence = seedSequence;
    this.#bits = new PCG64(seedSequence);
  }

  /** Uniform numbers in [0, 1) with 53 random bits. */
  random(): number;
  random(size: number): Float64Array;
  random(size?: number): number | Float64Array {
    if (size === undefined) return this.#bits.nextDouble();
    const values = float64(size);
    for (let i = 0; i < values.length; i++) values[i] = this.#bits.nextDouble();
    return values;
  }

  /**
   * Uniform numbers in [low, high).
   * @throws {@link InvalidOptionError} when `high - low` is not finite or negative.
   */
  uniform(low?: number, high?: number): number;
  uniform(low: number, high: number, size: number): Float64Array;
  uniform(low = 0, high = 1, size?: number): number | Float64Array {
    const range = high - low;
    if (!(range >= 0 && range < Infinity)) {
      throw new InvalidOptionError("high", `at least low, which is ${low}, and not infinitely far from it`, high);
    }
    if (size === undefined) return low + range * this.#bits.nextDouble();
    const values = float64(size);
    for (let i = 0; i < values.length; i++) values[i] = low + range * this.#bits.nextDouble();
    return values;
  }

  /**
   * Integers from `low` (0 if only one argument is given) up to `high`, not included.
   *
   * One draw is a bigint where a bound is a bigint, a number otherwise. With `size`, the array is that of `dtype`:
   * a BigInt64Array by default, as NumPy's default is int64.
   * @throws {@link InvalidOptionError} when the range is empty, not exact, or beyond `dtype`.
   */
  integers(high: number): number;
  integers(low: number, high: number, options?: IntegersOptions): number;
  integers(low: bigint, high: bigint, options?: IntegersOptions): bigint;
  integers<D extends IntegerDtype = "int64">(
    low: number | bigint,
    high: number | bigint,
    options: IntegersOptions<D> & { readonly size: number },
  ): TypedArrayOf<D>;
  integers(
    lowOrHigh: number | bigint,
    bound?: number | bigint,
    options?: IntegersOptions & { readonly size?: number },
  ): number | bigint | TypedArrayOf<IntegerDtype> {
    const low = bound === undefined ? 0 : lowOrHigh;
    const high = bound === undefined ? lowOrHigh : bound;
    if (options === undefined && typeof low === "number" && typeof high === "number") {
      const span = high - low - 1;
      if (span >= 0 && span <= 0xffff_ffff && Number.isSafeInteger(low) && Number.isSafeInteger(high)) {
        return low + boundedUint32(this.#bits, span);
      }
    }
    const range = checkIntegerRange(low, high, options ?? {});
    if (options?.size !== undefined) return fillIntegers(this.#bits, range, checkSize(options.size));
    const wide = range.dtype === "int64" || range.dtype === "uint64";
    const value = wide ? range.low + boundedUint64(this.#bits, range.span) : fillIntegers(this.#bits, range, 1)[0]!;
    return typeof low === "bigint" || typeof high === "bigint" ? BigInt(value) : Number(value);
  }

  /** `count` independent generators; further calls give further ones. */
  spawn(count: number): Generator[] {
    return this.#seedSequence.spawn(count).map((child) => new Generator(child));
  }

  /** A copy of the whole state; assign one to go back to it, byte for byte. */
  get state(): GeneratorState {
    const { entropy, spawnKey, childrenSpawned } = this.#seedSequence;
    return { bitGenerator: "PCG64", ...this.#bits.state, seedSequence: { entropy, spawnKey, childrenSpawned } };
  }

  set state(state: GeneratorState) {
    const { entropy, ...options } = state.seedSequence;
    this.#bits.state = state;
    this.#seedSequence = new SeedSequence(entropy, options);
  }
}

function checkSize(size: number): number {
  if (Number.isSafeInteger(size) && size >= 0) return size;
  throw new InvalidOptionError("size", "a non-negative integer", size);
}

function float64(size: number): Float64Array {
  return new Float64Array(checkSize(size));
}
