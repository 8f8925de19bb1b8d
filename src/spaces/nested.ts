/** Nested lists of numbers and their flat, row-major form. @module */
import { type Dtype, integerLimits, isFloat, type TypedArrayOf, zeros } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import type { Json } from "./space.js";

/** A number, or lists of lists of them, such as `[[1, 2], [3, 4]]`. A typed array counts as a list. */
export type Nested = number | bigint | ArrayLike<number | bigint> | readonly Nested[];

/** A flat list with its shape. */
export interface FlatArray {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: readonly (number | bigint)[];
}

/** Number of values in an array of a shape; 1 for the empty shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

/**
 * Flattens nested lists.
 * @throws {@link InvalidOptionError} naming `option`, when lists beside each other differ in shape or hold no numbers.
 */
export function flattenNested(option: string, nested: unknown): FlatArray {
  if (typeof nested === "number" || typeof nested === "bigint") return { shape: [], values: [nested] };
  if (!isList(nested)) throw new InvalidOptionError(option, "a number or nested lists of numbers", nested);
  const parts = Array.from(nested, (part) => flattenNested(option, part));
  const inner = parts[0]?.shape ?? [];
  if (parts.some((part) => part.shape.join() !== inner.join())) {
    throw new InvalidOptionError(option, "nested lists of equal lengths", nested);
  }
  return { shape: [parts.length, ...inner], values: parts.flatMap((part) => part.values) };
}

function isList(value: unknown): value is ArrayLike<unknown> & Iterable<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** Puts flat values into nested lists of a shape, each turned into JSON. */
export function nest(values: ArrayLike<number | bigint>, shape: readonly number[], offset: number = 0): Json {
  const [length, ...inner] = shape;
  if (length === undefined) return elementToJson(values[offset]!);
  const stride = sizeOf(inner);
  return Array.from({ length }, (_, i) => nest(values, inner, offset + i * stride));
}

/** What JSON has no number for becomes a string: NaN, ±Infinity, and integers beyond 2^53. */
function elementToJson(value: number | bigint): Json {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/**
 * A typed array from nested JSON lists of a shape, as {@link nest} writes them.
 * @throws {@link InvalidOptionError} naming the place, when a list has another length or something is no number.
 */
export function readJsonArray<D extends Dtype>(
  json: Json,
  shape: readonly number[],
  dtype: D,
  path: string,
): TypedArrayOf<D> {
  const values = zeros<Dtype>(dtype, sizeOf(shape));
  let at = 0;
  const read = (part: Json, axis: number, place: string): void => {
    const length = shape[axis];
    if (length === undefined) values[at++] = elementFromJson(part, dtype, place);
    else if (Array.isArray(part) && part.length === length) {
      for (let i = 0; i < length; i++) read(part[i], axis + 1, `${place}[${i}]`);
    } else throw new InvalidOptionError(place, `a list of ${length}`, part);
  };
  read(json, 0, path);
  return values as TypedArrayOf<D>;
}

function elementFromJson(json: Json, dtype: Dtype, path: string): number | bigint {
  const isText = typeof json === "string";
  if (isFloat(dtype)) {
    if (typeof json === "number" || (isText && /^(NaN|-?Infinity)$/.test(json))) return Number(json);
    throw new InvalidOptionError(path, "a number", json);
  }
  if (Number.isSafeInteger(json) || (isText && /^-?\d+$/.test(json))) {
    const { min, max } = integerLimits(dtype);
    const value = BigInt(json as number | string);
    if (value >= min && value <= max) return dtype === "int64" || dtype === "uint64" ? value : Number(value);
  }
  throw new InvalidOptionError(path, `an integer (${dtype})`, json);
}
