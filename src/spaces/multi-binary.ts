/** The space of arrays of zeros and ones. @module */
import { InvalidOptionError, type OptionIssue } from "../errors.js";
import type { Seed } from "../rng.js";
import { jsonList, type Restriction, restrictionOf } from "./arguments.js";
import { shapeRepr } from "./array-repr.js";
import { flattenNested, type Nested, nest, readJsonArray, sizeOf } from "./nested.js";
import { SeededSpace } from "./seeded-space.js";
import type { Json, SampleOptions, Space } from "./space.js";

/** Options of {@link MultiBinary}. */
export interface MultiBinaryOptions {
  /** Seeds the space's generator. */
  readonly seed?: Seed;
}

/**
 * Arrays of zeros and ones.
 *
 * A value is an Int8Array, flat in row-major order. A mask has a 0 or 1 for each element that is to be so, and a 2 for
 * each that is to be drawn; a probability has the chance of a 1 for each element. Both are flat or nested like the shape.
 * @example
 * new MultiBinary([2, 3]).contains(Int8Array.of(1, 0, 1, 0, 0, 1)); // true
 */
export class MultiBinary extends SeededSpace implements Space<Int8Array, Nested> {
  readonly shape: readonly number[];
  readonly dtype = "int8" as const;
  /** What was given: a length, or the length of each axis. */
  readonly n: number | readonly number[];
  readonly #size: number;

  /**
   * @param n - How many elements, or the length of each axis; integers of at least 1.
   * @throws {@link InvalidOptionError} when a length is not such an integer.
   */
  constructor(n: number | readonly number[], { seed }: MultiBinaryOptions = {}) {
    super();
    this.shape = Object.freeze(checkShape(n));
    this.n = typeof n === "number" ? n : this.shape;
    this.#size = sizeOf(this.shape);
    if (seed !== undefined) this.seed(seed);
  }

  /**
   * A value, each element 0 or 1 with equal chances unless `mask` or `probability` say otherwise.
   * @throws {@link InvalidOptionError} when both are given, or one does not fit.
   */
  sample(options?: SampleOptions<Nested>): Int8Array {
    const restriction = restrictionOf(options);
    if (restriction?.name === "probability") {
      const chances = this.#restrictionValues(restriction, "a number from 0 to 1", (chance) => {
        return chance >= 0 && chance <= 1;
      });
      return Int8Array.from(chances, (chance) => (this.rng.random() <= chance ? 1 : 0));
    }
    const mask =
      restriction && this.#restrictionValues(restriction, "0, 1 or 2", (bit) => bit === 0 || bit === 1 || bit === 2);
    const draws = this.rng.integers(0, 2, { size: this.#size, dtype: "int8" });
    return mask === undefined ? draws : draws.map((draw, i) => (mask[i] === 2 ? draw : mask[i]!));
  }

  #restrictionValues({ name, value }: Restriction, expected: string, fits: (element: number) => boolean): number[] {
    const { shape, values } = flattenNested(name, value);
    const isFlat = shape.length === 1 && values.length === this.#size;
    if (!isFlat && shape.join() !== this.shape.join()) {
      throw new InvalidOptionError(name, `of shape ${shapeRepr(this.shape)}`, value);
    }
    const numbers = values.map(Number);
    const issues: OptionIssue[] = [];
    numbers.forEach((element, i) => {
      if (!fits(element)) issues.push({ path: `${name}[${i}]`, expected, got: element });
    });
    if (issues.length > 0) throw InvalidOptionError.of(issues);
    return numbers;
  }

  contains(value: unknown): value is Int8Array {
    if (!(value instanceof Int8Array) || value.length !== this.#size) return false;
    for (let i = 0; i < value.length; i++) if (value[i] !== 0 && value[i] !== 1) return false;
    return true;
  }

  copy(): MultiBinary {
    return new MultiBinary(this.n).continueFrom(this);
  }

  toJsonable(batch: readonly Int8Array[]): readonly Json[] {
    return batch.map((value) => nest(value, this.shape));
  }

  fromJsonable(json: Json): Int8Array[] {
    return jsonList(json).map((value, i) => readJsonArray(value, this.shape, "int8", `json[${i}]`));
  }

  equals(other: unknown): boolean {
    return other instanceof MultiBinary && other.shape.join() === this.shape.join();
  }

  override toString(): string {
    return `MultiBinary(${typeof this.n === "number" ? this.n : shapeRepr(this.n)})`;
  }
}

function checkShape(n: number | readonly number[]): number[] {
  const lengths = typeof n === "number" ? [n] : n;
  if (!Array.isArray(lengths)) throw new InvalidOptionError("n", "an integer of at least 1, or a list of them", n);
  const issues: OptionIssue[] = [];
  lengths.forEach((length: unknown, i) => {
    if (Number.isSafeInteger(length) && (length as number) >= 1) return;
    issues.push({ path: typeof n === "number" ? "n" : `n[${i}]`, expected: "an integer of at least 1", got: length });
  });
  if (issues.length > 0) throw InvalidOptionError.of(issues);
  if (sizeOf(lengths) > 2 ** 31 - 1) throw new InvalidOptionError("n", "fewer than 2^31 elements", n);
  return [...lengths];
}
