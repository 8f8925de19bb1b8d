/** The space of arrays of integers, each with a range of its own. @module */
import { type IntegerDtype, isTypedArrayOf, type TypedArrayOf, zeros } from "../dtype.js";
import { InvalidOptionError, type OptionIssue } from "../errors.js";
import type { Seed } from "../rng.js";
import { jsonList } from "./arguments.js";
import { arrayRepr } from "./array-repr.js";
import { dtypeIssues } from "./discrete.js";
import { maskedIndex, probableIndex } from "./masked-index.js";
import { type FlatArray, flattenNested, type Nested, nest, readJsonArray } from "./nested.js";
import { SeededSpace } from "./seeded-space.js";
import type { Json, SampleOptions, Space } from "./space.js";

/** Element types of a {@link MultiDiscrete}: integers that are numbers. */
export type MultiDiscreteDtype = Exclude<IntegerDtype, "int64" | "uint64">;

/** Options of {@link MultiDiscrete}. */
export interface MultiDiscreteOptions<D extends MultiDiscreteDtype = "int32"> {
  /** The smallest value of each element, shaped like `nvec`. @defaultValue zeros */
  readonly start?: Nested;
  /** Element type of values, which must hold them all. @defaultValue "int32" */
  readonly dtype?: D;
  /** Seeds the space's generator. */
  readonly seed?: Seed;
}

/** For each element, in row-major order, a list of as many numbers as it has values. */
export type MultiDiscreteMask = readonly ArrayLike<number>[];

const INT32_MAX = 2 ** 31 - 1;

/**
 * Arrays whose element i is an integer from `start[i]` to `start[i] + nvec[i] - 1`.
 *
 * A value is a typed array, flat in row-major order: an Int32Array unless `dtype` says otherwise (Gymnasium's is int64; the
 * values are the same).
 * @example
 * new MultiDiscrete([5, 2]).contains(Int32Array.of(4, 1)); // true
 */
export class MultiDiscrete<D extends MultiDiscreteDtype = "int32">
  extends SeededSpace
  implements Space<TypedArrayOf<D>, MultiDiscreteMask>
{
  readonly shape: readonly number[];
  // Not inferred from, so that one inside a Dict keeps its default.
  readonly dtype: NoInfer<D>;
  /** How many values each element has, flat. Do not write to it. */
  readonly nvec: Int32Array;
  /** The smallest value of each element, flat. Do not write to it. */
  readonly start: Int32Array;
  readonly #last: Int32Array;

  /** @throws {@link InvalidOptionError} when a count is not an integer of at least 1, or a value needs more than 32 bits. */
  constructor(nvec: Nested, { start, dtype = "int32" as D, seed }: MultiDiscreteOptions<D> = {}) {
    super();
    const counts = flattenNested("nvec", nvec);
    this.shape = Object.freeze(counts.shape);
    this.nvec = toInt32("nvec", counts, 1);
    this.start = start === undefined ? new Int32Array(this.nvec.length) : this.#checkStart(start);
    this.#last = this.start.map((first, i) => first + this.nvec[i]! - 1);
    this.dtype = this.#checkDtype(dtype);
    if (seed !== undefined) this.seed(seed);
  }

  #checkDtype(dtype: D): D {
    const is64 = (dtype as string) === "int64" || (dtype as string) === "uint64";
    if (is64) throw new InvalidOptionError("dtype", "an element type of integers of at most 32 bits", dtype);
    const lowest = this.start.reduce((least, first) => Math.min(least, first), 0);
    const highest = this.#last.reduce((most, last) => Math.max(most, last), 0);
    const issues = dtypeIssues(dtype, lowest, highest);
    if (issues.length > 0) throw InvalidOptionError.of(issues);
    return dtype;
  }

  #checkStart(start: Nested): Int32Array {
    const firsts = flattenNested("start", start);
    if (firsts.shape.join() !== this.shape.join()) {
      throw new InvalidOptionError("start", `of shape [${this.shape.join(", ")}], as nvec is`, start);
    }
    const values = toInt32("start", firsts, -INT32_MAX - 1);
    values.forEach((first, i) => {
      if (first + this.nvec[i]! - 1 > INT32_MAX) {
        throw new InvalidOptionError(`start[${i}]`, "small enough for values below 2^31", first);
      }
    });
    return values;
  }

  /**
   * A value, uniform unless `mask` or `probability` say otherwise; an element is `start` where its mask forbids all.
   * @throws {@link InvalidOptionError} when both are given, or one does not fit.
   */
  sample(options?: SampleOptions<MultiDiscreteMask>): TypedArrayOf<D> {
    const { mask, probability } = options ?? {};
    const { rng, nvec, start } = this;
    const value = zeros<MultiDiscreteDtype>(this.dtype, nvec.length);
    if (mask === undefined && probability === undefined) {
      for (let i = 0; i < nvec.length; i++) value[i] = start[i]! + Math.floor(rng.random() * nvec[i]!);
      return value as TypedArrayOf<D>;
    }
    if (mask !== undefined && probability !== undefined) {
      throw new InvalidOptionError("probability", "absent beside a mask", probability);
    }
    const given = mask === undefined ? "probability" : "mask";
    const parts = (mask ?? probability)!;
    if (parts.length !== nvec.length) throw new InvalidOptionError(given, `a list of ${nvec.length} lists`, parts);
    for (let i = 0; i < nvec.length; i++) {
      const index =
        mask === undefined
          ? probableIndex(rng, nvec[i]!, normalized(parts[i]!))
          : maskedIndex(rng, nvec[i]!, { mask: parts[i]! });
      value[i] = start[i]! + index;
    }
    return value as TypedArrayOf<D>;
  }

  contains(value: unknown): value is TypedArrayOf<D> {
    if (!isTypedArrayOf<MultiDiscreteDtype>(this.dtype, value) || value.length !== this.nvec.length) return false;
    for (let i = 0; i < value.length; i++) {
      if (value[i]! < this.start[i]! || value[i]! > this.#last[i]!) return false;
    }
    return true;
  }

  copy(): MultiDiscrete<D> {
    const { shape, dtype } = this;
    const start = nest(this.start, shape) as Nested;
    return new MultiDiscrete(nest(this.nvec, shape) as Nested, { start, dtype }).continueFrom(this);
  }

  toJsonable(batch: readonly TypedArrayOf<D>[]): readonly Json[] {
    return batch.map((value) => nest(value, this.shape));
  }

  fromJsonable(json: Json): TypedArrayOf<D>[] {
    return jsonList(json).map((value, i) => readJsonArray(value, this.shape, this.dtype, `json[${i}]`));
  }

  equals(other: unknown): boolean {
    return (
      other instanceof MultiDiscrete &&
      other.dtype === this.dtype &&
      other.shape.join() === this.shape.join() &&
      other.nvec.every((count, i) => count === this.nvec[i]) &&
      other.start.every((first, i) => first === this.start[i])
    );
  }

  override toString(): string {
    const counts = arrayRepr(this.nvec, this.shape);
    if (this.start.every((first) => first === 0)) return `MultiDiscrete(${counts})`;
    return `MultiDiscrete(${counts}, start=${arrayRepr(this.start, this.shape)})`;
  }
}

function toInt32(option: string, { values }: FlatArray, min: number): Int32Array {
  const expected = `an integer from ${min} to ${INT32_MAX}`;
  const issues: OptionIssue[] = [];
  values.forEach((value, i) => {
    const number = Number(value);
    const fits = Number.isInteger(number) && number >= min && number <= INT32_MAX;
    if (!fits) issues.push({ path: `${option}[${i}]`, expected, got: value });
  });
  if (issues.length > 0) throw InvalidOptionError.of(issues);
  return Int32Array.from(values, Number);
}

function normalized(chances: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(chances);
  const sum = values.reduce((total, chance) => total + chance, 0);
  return Math.abs(sum - 1) <= 1e-5 ? values.map((chance) => chance / sum) : values;
}
