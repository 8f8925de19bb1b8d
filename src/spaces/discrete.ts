/** The space of n integers in a row. @module */
import { InvalidOptionError, type OptionIssue } from "../errors.js";
import type { Seed } from "../rng.js";
import { jsonList } from "./arguments.js";
import { maskedIndex, probableIndex } from "./masked-index.js";
import { SeededSpace } from "./seeded-space.js";
import type { Json, SampleOptions, Space } from "./space.js";

/** Options of {@link Discrete}. */
export interface DiscreteOptions {
  /** The smallest value. @defaultValue 0 */
  readonly start?: number;
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
export class Discrete extends SeededSpace implements Space<number, ArrayLike<number>> {
  readonly shape: readonly number[] = Object.freeze([]);
  readonly dtype = "int64" as const;
  /** How many values there are. */
  readonly n: number;
  /** The smallest value. */
  readonly start: number;
  readonly #end: number;

  /** @throws {@link InvalidOptionError} when `n` is not an integer of at least 1, or a value would not be exact. */
  constructor(n: number, { start = 0, seed }: DiscreteOptions = {}) {
    super();
    const issues: OptionIssue[] = [];
    const isCount = Number.isSafeInteger(n) && n >= 1;
    if (!isCount) issues.push({ path: "n", expected: "an integer of at least 1", got: n });
    if (!Number.isSafeInteger(start) || (isCount && !Number.isSafeInteger(start + n))) {
      issues.push({ path: "start", expected: "an integer, with start + n below 2^53", got: start });
    }
    if (issues.length > 0) throw InvalidOptionError.of(issues);
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

  copy(): Discrete {
    return new Discrete(this.n, { start: this.start }).continueFrom(this);
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
    return other instanceof Discrete && other.n === this.n && other.start === this.start;
  }

  override toString(): string {
    return this.start === 0 ? `Discrete(${this.n})` : `Discrete(${this.n}, start=${this.start})`;
  }
}
