/** The space of arrays of numbers between bounds. @module */
import { type Dtype, isDtype, isTypedArrayOf, type TypedArrayOf } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import type { Seed } from "../rng.js";
import { jsonList } from "./arguments.js";
import { arrayRepr, scalarRepr, shapeRepr } from "./array-repr.js";
import { type BoxBounds, boundsOf, givenHigh, givenLow } from "./box-bounds.js";
import { sampleBox } from "./box-sample.js";
import { flattenNested, type Nested, nest, readJsonArray, sizeOf } from "./nested.js";
import { SeededSpace } from "./seeded-space.js";
import type { Json, SampleOptions, Space } from "./space.js";

/** Options of {@link Box}. */
export interface BoxOptions<D extends Dtype = Dtype> {
  /** Length of each axis. @defaultValue the shape of `low` or `high`; [1] where both are numbers */
  readonly shape?: readonly number[];
  /** Element type. @defaultValue "float32" */
  readonly dtype?: D;
  /** Seeds the space's generator. */
  readonly seed?: Seed;
}

/**
 * Arrays whose element i lies from `low[i]` to `high[i]`, both included; a bound may be infinite.
 *
 * A value is the typed array of `dtype`, flat in row-major order: a Float32Array unless told otherwise, a BigInt64Array
 * for int64. The space takes no mask.
 * @example
 * new Box(-1, 1, { shape: [3] }).sample(); // Float32Array [0.54, -0.12, 0.71]
 */
export class Box<D extends Dtype = "float32"> extends SeededSpace implements Space<TypedArrayOf<D>, never> {
  readonly shape: readonly number[];
  // Not inferred from, so that a Box inside a Dict keeps its default.
  readonly dtype: NoInfer<D>;
  /** Lower bounds, flat. Do not write to them. */
  readonly low: TypedArrayOf<D>;
  /** Upper bounds, flat. Do not write to them. */
  readonly high: TypedArrayOf<D>;
  /** 1 where an element has a finite lower bound, flat. Do not write to it. */
  readonly boundedBelow: Uint8Array;
  /** 1 where an element has a finite upper bound, flat. Do not write to it. */
  readonly boundedAbove: Uint8Array;
  readonly #bounds: BoxBounds;

  /**
   * @param low - Lower bounds: one number for all, nested lists, or a flat list with `shape`.
   * @param high - Upper bounds, likewise.
   * @throws {@link InvalidOptionError} when a bound is NaN, beyond `dtype` or above its opposite, or shapes differ.
   */
  constructor(low: Nested, high: Nested, options: BoxOptions<D> = {}) {
    super();
    const dtype: Dtype = options.dtype ?? "float32";
    if (!isDtype(dtype)) throw new InvalidOptionError("dtype", "an element type such as float32", dtype);
    this.dtype = dtype as D;
    this.shape = Object.freeze([...shapeOf(low, high, options.shape)]);
    this.#bounds = boundsOf(low, high, this.shape, dtype);
    this.low = this.#bounds.low as TypedArrayOf<D>;
    this.high = this.#bounds.high as TypedArrayOf<D>;
    this.boundedBelow = this.#bounds.boundedBelow;
    this.boundedAbove = this.#bounds.boundedAbove;
    if (options.seed !== undefined) this.seed(options.seed);
  }

  /** Whether all elements have finite bounds below, above, or both. */
  isBounded(manner: "below" | "above" | "both" = "both"): boolean {
    const { boundedBelow, boundedAbove } = this;
    const below = boundedBelow.every((bounded) => bounded === 1);
    const above = boundedAbove.every((bounded) => bounded === 1);
    return (manner === "above" || below) && (manner === "below" || above);
  }

  /**
   * A value: elements uniform between two bounds, exponential from one, normal without any.
   * @throws {@link InvalidOptionError} when a mask or probability is given.
   */
  sample(options?: SampleOptions<never>): TypedArrayOf<D> {
    const given = options?.mask ?? options?.probability;
    if (given !== undefined) throw new InvalidOptionError("mask", "absent, as a Box takes none", given);
    return sampleBox(this.rng, this.dtype, this.#bounds) as TypedArrayOf<D>;
  }

  contains(value: unknown): value is TypedArrayOf<D> {
    const { low, high } = this;
    if (!isTypedArrayOf(this.dtype, value) || value.length !== low.length) return false;
    for (let i = 0; i < low.length; i++) {
      if (!(value[i]! >= low[i]! && value[i]! <= high[i]!)) return false;
    }
    return true;
  }

  /** Nested lists; NaN, ±Infinity and integers beyond 2^53 as strings. */
  toJsonable(batch: readonly TypedArrayOf<D>[]): readonly Json[] {
    return batch.map((value) => nest(value, this.shape));
  }

  fromJsonable(json: Json): TypedArrayOf<D>[] {
    return jsonList(json).map((value, i) => readJsonArray<D>(value, this.shape, this.dtype, `json[${i}]`));
  }

  copy(): Box<D> {
    const { shape, dtype } = this;
    return new Box<D>(givenLow(this), givenHigh(this), { shape, dtype }).continueFrom(this);
  }

  /** Whether another Box has the same shape, element type and bounds, within a relative tolerance of 1e-5. */
  equals(other: unknown): boolean {
    return (
      other instanceof Box &&
      other.dtype === this.dtype &&
      other.shape.join() === this.shape.join() &&
      areClose(this.low, other.low as ArrayLike<number | bigint>) &&
      areClose(this.high, other.high as ArrayLike<number | bigint>)
    );
  }

  override toString(): string {
    const [low, high] = [this.#boundRepr(this.low), this.#boundRepr(this.high)];
    return `Box(${low}, ${high}, ${shapeRepr(this.shape)}, ${this.dtype})`;
  }

  #boundRepr(bound: ArrayLike<number | bigint>): string {
    const first = bound[0];
    const uniform = first !== undefined && Array.from(bound).every((value) => value === first);
    return uniform ? scalarRepr(first, this.dtype) : arrayRepr(bound, this.shape, this.dtype);
  }
}

function shapeOf(low: Nested, high: Nested, shape: readonly number[] | undefined): readonly number[] {
  if (shape !== undefined) {
    const valid = Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= 0);
    if (!valid) throw new InvalidOptionError("shape", "a list of integers of at least 0", shape);
    if (sizeOf(shape) > 2 ** 31 - 1) throw new InvalidOptionError("shape", "one of fewer than 2^31 elements", shape);
    return shape;
  }
  if (typeof low === "object") return flattenNested("low", low).shape;
  return typeof high === "object" ? flattenNested("high", high).shape : [1];
}

function areClose(a: ArrayLike<number | bigint>, b: ArrayLike<number | bigint>): boolean {
  return Array.from(a).every((value, i) => {
    const [x, y] = [Number(value), Number(b[i])];
    return x === y || Math.abs(x - y) <= 1e-8 + 1e-5 * Math.abs(y);
  });
}
