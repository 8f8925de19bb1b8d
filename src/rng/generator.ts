/** NumPy's `Generator` over `PCG64`: the one source of random draws. @module */
import type { IntegerDtype, TypedArrayOf } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import { boundedUint32, boundedUint64 } from "./bounded-integers.js";
import { type ChoiceOptions, checkChances, chooseIndices, weightedIndex } from "./choice.js";
import { standardExponential } from "./exponential.js";
import { geometric } from "./geometric.js";
import { checkIntegerRange, fillIntegers, type IntegersOptions } from "./integers.js";
import { standardNormal } from "./normal.js";
import { PCG64, type PCG64State } from "./pcg64.js";
import { poisson } from "./poisson.js";
import { SeedSequence } from "./seed-sequence.js";
import { type MutableArrayLike, range, shuffleInPlace } from "./shuffle.js";

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
    if (options?.size !== undefined) return fillIntegers(this.#bits, range, checkCount("size", options.size));
    const wide = range.dtype === "int64" || range.dtype === "uint64";
    const value = wide ? range.low + boundedUint64(this.#bits, range.span) : fillIntegers(this.#bits, range, 1)[0]!;
    return typeof low === "bigint" || typeof high === "bigint" ? BigInt(value) : Number(value);
  }

  /**
   * Normal draws.
   * @param loc - The mean.
   * @param scale - The standard deviation, 0 or above.
   * @throws {@link InvalidOptionError} when `scale` is negative or NaN.
   */
  normal(loc?: number, scale?: number): number;
  normal(loc: number, scale: number, size: number): Float64Array;
  normal(loc = 0, scale = 1, size?: number): number | Float64Array {
    if (!(scale >= 0)) throw new InvalidOptionError("scale", "a number of at least 0", scale);
    if (size === undefined) return loc + scale * standardNormal(this.#bits);
    return float64(size).map(() => loc + scale * standardNormal(this.#bits));
  }

  /**
   * Exponential draws.
   * @param scale - The mean, 0 or above.
   * @throws {@link InvalidOptionError} when `scale` is negative or NaN.
   */
  exponential(scale?: number): number;
  exponential(scale: number, size: number): Float64Array;
  exponential(scale = 1, size?: number): number | Float64Array {
    if (!(scale >= 0)) throw new InvalidOptionError("scale", "a number of at least 0", scale);
    if (size === undefined) return scale * standardExponential(this.#bits);
    return float64(size).map(() => scale * standardExponential(this.#bits));
  }

  /**
   * Poisson counts; an array holds them as whole float64 numbers.
   * @param lam - The mean, from 0 to 2^53.
   * @throws {@link InvalidOptionError} when `lam` is outside.
   */
  poisson(lam?: number): number;
  poisson(lam: number, size: number): Float64Array;
  poisson(lam = 1, size?: number): number | Float64Array {
    if (!(lam >= 0 && lam <= 2 ** 53)) throw new InvalidOptionError("lam", "a number from 0 to 2^53", lam);
    if (size === undefined) return poisson(this.#bits, lam);
    return float64(size).map(() => poisson(this.#bits, lam));
  }

  /**
   * Numbers of trials up to the first success; an array holds them as whole float64 numbers.
   * @param p - The chance of success at each trial, above 0 and at most 1.
   * @throws {@link InvalidOptionError} when `p` is outside.
   */
  geometric(p: number): number;
  geometric(p: number, size: number): Float64Array;
  geometric(p: number, size?: number): number | Float64Array {
    if (!(p > 0 && p <= 1)) throw new InvalidOptionError("p", "a number above 0 and at most 1", p);
    if (size === undefined) return geometric(this.#bits, p);
    return float64(size).map(() => geometric(this.#bits, p));
  }

  /**
   * One of some items, or of 0 … n - 1 where a number is given; with `size`, that many.
   * @throws {@link InvalidOptionError} when there is nothing to choose from, or an option does not fit.
   */
  choice(n: number, options?: ChoiceOptions): number;
  choice(n: number, options: ChoiceOptions & { readonly size: number }): Int32Array;
  choice<T>(items: readonly T[], options?: ChoiceOptions): T;
  choice<T>(items: readonly T[], options: ChoiceOptions & { readonly size: number }): T[];
  choice<T>(
    from: number | readonly T[],
    options: ChoiceOptions & { readonly size?: number } = {},
  ): number | T | Int32Array | T[] {
    const count = typeof from === "number" ? checkCount("n", from) : from.length;
    if (options.size !== undefined) {
      const indices = chooseIndices(this.#bits, count, checkCount("size", options.size), options);
      return typeof from === "number" ? indices : Array.from(indices, (index) => from[index]!);
    }
    if (count === 0) throw new InvalidOptionError("items", "at least one element to choose from", from);
    if (options.p !== undefined) checkChances(options.p, count);
    const index = options.p === undefined ? boundedUint32(this.#bits, count - 1) : weightedIndex(this.#bits, options.p);
    return typeof from === "number" ? index : from[index]!;
  }

  /** A new array with the items, or 0 … n - 1, in random order. */
  permutation(n: number): Int32Array;
  permutation<T>(items: readonly T[]): T[];
  permutation<T>(from: number | readonly T[]): Int32Array | T[] {
    if (typeof from === "number") {
      const indices = range(checkCount("n", from));
      shuffleInPlace(this.#bits, indices);
      return indices;
    }
    const items = [...from];
    shuffleInPlace(this.#bits, items);
    return items;
  }

  /** Puts an array or a typed array into random order, in place. */
  shuffle<T>(items: MutableArrayLike<T>): void {
    shuffleInPlace(this.#bits, items);
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

function checkCount(name: string, count: number): number {
  if (Number.isSafeInteger(count) && count >= 0 && count <= 0x7fff_ffff) return count;
  throw new InvalidOptionError(name, "an integer from 0 to 2147483647", count);
}

function float64(size: number): Float64Array {
  return new Float64Array(checkCount("size", size));
}
