/** The bounds of a box: checked, cast to its element type, and classified. @module */
import { type Dtype, integerLimits, isFloat, type TypedArrayOf, zeros } from "../dtype.js";
import { InvalidOptionError, type OptionIssue } from "../errors.js";
import { flattenNested, type Nested, sizeOf } from "./nested.js";

/** Bounds, flat in row-major order. */
export interface BoxBounds {
  readonly low: TypedArrayOf<Dtype>;
  readonly high: TypedArrayOf<Dtype>;
  /** `low` as doubles, for sampling. */
  readonly lowNumbers: Float64Array;
  /** `high` as doubles. */
  readonly highNumbers: Float64Array;
  /** 1 where the lower bound was given as a finite number. */
  readonly boundedBelow: Uint8Array;
  /** 1 where the upper bound was given as a finite number. */
  readonly boundedAbove: Uint8Array;
}

const FLOAT32_MAX = 3.4028234663852886e38;

/**
 * Casts bounds to a shape and an element type. An infinite bound of a signed integer type becomes its extreme value.
 * @throws {@link InvalidOptionError} when a bound is NaN, fractional or beyond an integer type, or above its opposite.
 */
export function boundsOf(low: Nested, high: Nested, shape: readonly number[], dtype: Dtype): BoxBounds {
  const [lows, boundedBelow] = castBound("low", low, shape, dtype);
  const [highs, boundedAbove] = castBound("high", high, shape, dtype);
  const issues: OptionIssue[] = [];
  for (let i = 0; i < lows.length; i++) {
    if (lows[i]! <= highs[i]!) continue;
    const path = lows.length === 1 ? "low" : `low[${i}]`;
    issues.push({ path, expected: `at most its upper bound ${highs[i]}`, got: lows[i] });
  }
  if (issues.length > 0) throw InvalidOptionError.of(issues);
  const lowNumbers = Float64Array.from(lows as ArrayLike<unknown>, Number);
  const highNumbers = Float64Array.from(highs as ArrayLike<unknown>, Number);
  return { low: lows, high: highs, lowNumbers, highNumbers, boundedBelow, boundedAbove };
}

/** Lower bounds as they were given: an infinite one of an integer type is stored as the type's extreme value. */
export function givenLow({ low, boundedBelow }: Pick<BoxBounds, "low" | "boundedBelow">): (number | bigint)[] {
  const bounds: ArrayLike<number | bigint> = low;
  return Array.from(bounds, (bound, i) => (boundedBelow[i] === 1 ? bound : -Infinity));
}

/** Upper bounds as they were given. */
export function givenHigh({ high, boundedAbove }: Pick<BoxBounds, "high" | "boundedAbove">): (number | bigint)[] {
  const bounds: ArrayLike<number | bigint> = high;
  return Array.from(bounds, (bound, i) => (boundedAbove[i] === 1 ? bound : Infinity));
}

function castBound(
  side: "low" | "high",
  given: Nested,
  shape: readonly number[],
  dtype: Dtype,
): [TypedArrayOf<Dtype>, Uint8Array] {
  const size = sizeOf(shape);
  const flat = flattenNested(side, given);
  const isScalar = flat.shape.length === 0;
  const fits = flat.values.length === size && (flat.shape.length === 1 || flat.shape.join() === shape.join());
  if (!isScalar && !fits) throw new InvalidOptionError(side, `a number or of shape [${shape.join(", ")}]`, given);
  const values = zeros(dtype, size);
  const bounded = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const bound = flat.values[isScalar ? 0 : i]!;
    values[i] = castElement(isScalar ? side : `${side}[${i}]`, bound, dtype, side);
    bounded[i] = bound === (side === "low" ? -Infinity : Infinity) ? 0 : 1;
  }
  return [values, bounded];
}

function castElement(path: string, bound: number | bigint, dtype: Dtype, side: "low" | "high"): number | bigint {
  if (Number.isNaN(bound)) throw new InvalidOptionError(path, "a number", bound);
  if (isFloat(dtype)) {
    const value = Number(bound);
    const tooLarge = dtype === "float32" && Number.isFinite(value) && Math.abs(value) > FLOAT32_MAX;
    if (tooLarge) throw new InvalidOptionError(path, "a number that fits float32", bound);
    return value;
  }
  const { min, max } = integerLimits(dtype);
  const wide = dtype === "int64" || dtype === "uint64";
  if (bound === (side === "low" ? -Infinity : Infinity) && min < 0n) {
    const extreme = side === "low" ? min : max;
    return wide ? extreme : Number(extreme);
  }
  // Sampling needs the integer above the upper bound, as a signed 64-bit number.
  const highest = wide ? 2n ** 63n - 2n : max;
  const isInteger = typeof bound === "bigint" || Number.isInteger(bound);
  if (!isInteger || BigInt(bound) < min || BigInt(bound) > highest) {
    throw new InvalidOptionError(path, `an integer from ${min} to ${highest} (${dtype})`, bound);
  }
  return wide ? BigInt(bound) : Number(bound);
}
