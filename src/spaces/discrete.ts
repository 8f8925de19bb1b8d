/** The space of n integers in a row. @module */
import { type IntegerDtype, integerLimits, isDtype, isFloat } from "../dtype.js";
import { InvalidOptionError, type OptionIssue } from "../errors.js";
import type { Seed } from "../rng.js";
import { jsonList } from "./arguments.js";
import { maskedIndex, probableIndex } from "./masked-index.js";
import { SeededSpace } from "./seeded-space.js";
import type { Json, SampleOptions, Space } from "./space.js";

/** Options of {@link Discrete}. */
export interface DiscreteOptions<D extends IntegerDtype = "int64"> {
  /** The smallest value. @defaultValue 0 */
  readonly start?: number;
  /** Element type of batches, which must hold all values; a single value is a number. For `"int64"` it is int32. @defaultValue "int64" */
  readonly dtype?: D;
  /** Seeds the space's generator. */
  readonly seed?: Seed;
}

/**
 * The integers from `start` to `start + n - 1`.
 *
 * A mask or probability is a list of n numbers. A value is a number (Gymnasium's is an int64).
 * @example
 * new Discrete(5).contains(4); // true
 */
export class Discrete<D extends IntegerDtype = "int64">
  extends SeededSpace
  implements Space<number, ArrayLike<number>>
{
  readonly shape: readonly number[] = Object.freeze([]);
  // Not inferred from, so that one inside a Dict keeps its default.
  readonly dtype: NoInfer<D>;
  /** How many values there are. */
  readonly n: number;
  /** The smallest value. */
  readonly start: number;
  readonly #end: number;

  /** @throws {@link InvalidOptionError} when `n` is not an integer of at least 1, or a value would not be exact. */
  constructor(n: number, { start = 0, dtype = "int64" as D, seed }: DiscreteOptions<D> = {}) {
    super();
    const issues: OptionIssue[] = [];
    const isCount = Number.isSafeInteger(n) && n >= 1;
    if (!isCount) issues.push({ path: "n", expected: "an integer of at least 1", got: n });
    if (!Number.isSafeInteger(start) || (isCount && !Number.isSafeInteger(start + n))) {
      issues.push({ path: "start", expected: "an integer, with start + n below 2^53", got: start });
    }
    if (issues.length === 0) issues.push(...dtypeIssues(dtype, start, start + n - 1));
    if (issues.length > 0) throw InvalidOptionError.of(issues);
    this.dtype = dtype;
    this.n = n;
    this.start = start;
    this.#end = start + n;
    if (seed !== undefined) this.seed(seed);
  }

  /**
   * A value, uniform unless `mask` or `probability` say otherwise; `start` where the mask forbids all.
   * @throws {@link InvalidOptionError} when both are given, or one does not fit.
   */
  sample(options?: SampleOptions<ArrayLike<number>>): number {
    if (options?.mask !== undefined) return this.start + maskedIndex(this.rng, this.n, options);
    if (options?.probability !== undefined) return this.start + probableIndex(this.rng, this.n, options.probability);
    return this.start + this.rng.integers(this.n);
  }

  contains(value: unknown): value is number {
    return typeof value === "number" && value >= this.start && value < this.#end && Number.isInteger(value);
  }

  copy(): Discrete<D> {
    return new Discrete(this.n, { start: this.start, dtype: this.dtype }).continueFrom(this);
  }

  toJsonable(batch: readonly number[]): readonly number[] {
    return [...batch];
  }

  fromJsonable(json: Json): number[] {
    return jsonList(json, "a list of integers").map((value, i) => {
      if (Number.isSafeInteger(value)) return value as number;
      throw new InvalidOptionError(`json[${i}]`, "an integer", value);
    });
  }

  equals(other: unknown): boolean {
    return other instanceof Discrete && other.n === this.n && other.start === this.start && other.dtype === this.dtype;
  }

  override toString(): string {
    return this.start === 0 ? `Discrete(${this.n})` : `Discrete(${this.n}, start=${this.start})`;
  }
}

/** What is wrong with an element type that is to hold the integers between two. */
export function dtypeIssues(dtype: unknown, lowest: number, highest: number): OptionIssue[] {
  const isInteger = isDtype(dtype) && !isFloat(dtype);
  if (!isInteger) return [{ path: "dtype", expected: "an element type of integers, such as int32", got: dtype }];
  const { min, max } = integerLimits(dtype as IntegerDtype);
  if (lowest >= min && highest <= max) return [];
  return [{ path: "dtype", expected: `one that holds ${lowest} to ${highest}`, got: dtype }];
}
