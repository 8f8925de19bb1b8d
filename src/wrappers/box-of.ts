/** What several wrappers need to know of a space: that it is a Box, and bounds that fit it. @module */
import type { Dtype, TypedArrayOf } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import { Box } from "../spaces/box.js";
import type { Space } from "../spaces/space.js";

/** An array of numbers of any element type. */
export type NumericArray = TypedArrayOf<Dtype>;

/** An array of floating-point numbers. */
export type FloatArray = Float32Array | Float64Array;

/** A bound for each element of an array, as JSON can hold it: infinity is a string there. */
export type Bound = number | "Infinity" | "-Infinity" | readonly Bound[] | ArrayLike<number>;

/**
 * The space as a Box.
 * @param name - What it is called in the message, such as `env.observationSpace`.
 * @throws {@link InvalidOptionError} when it is none.
 */
export function boxOf(name: string, space: Space<unknown>): Box<Dtype> {
  if (!(space instanceof Box)) throw new InvalidOptionError(name, "a Box", space);
  return space;
}

/**
 * The space as a Box of floating-point numbers.
 * @throws {@link InvalidOptionError} when it is none.
 */
export function floatBoxOf(name: string, space: Space<unknown>): Box<"float32" | "float64"> {
  const box = boxOf(name, space);
  if (box.dtype !== "float32" && box.dtype !== "float64") {
    throw new InvalidOptionError(
      name,
      `a Box of float32 or float64 (convert ${box.dtype} with DtypeObservation)`,
      space,
    );
  }
  return box as unknown as Box<"float32" | "float64">;
}

/**
 * A bound for each of `length` elements: one for all of them, or nested lists.
 * @throws {@link InvalidOptionError} when there are not as many, or one is NaN or no number.
 */
export function flatBound(option: string, bound: Bound, length: number): Float64Array {
  const values = flattenBound(option, bound);
  if (typeof bound !== "object") return new Float64Array(length).fill(values[0]!);
  if (values.length !== length) throw new InvalidOptionError(option, `a number or a list of ${length} numbers`, bound);
  return Float64Array.from(values);
}

/** A bound as the spec's JSON holds it. */
export function boundToJson(values: ArrayLike<number>): readonly (number | string)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : String(value)));
}

function flattenBound(option: string, bound: Bound): number[] {
  if (typeof bound === "object" && bound !== null) {
    return Array.from(bound as ArrayLike<Bound>).flatMap((inner) => flattenBound(option, inner));
  }
  const value = bound === "Infinity" || bound === "-Infinity" ? Number(bound) : bound;
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new InvalidOptionError(option, "a number, or lists of numbers", value);
  }
  return [value];
}
