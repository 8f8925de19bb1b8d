/** Nested lists of numbers and their flat, row-major form. @module */
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

/** The values of nested JSON lists, row-major. */
export function flattenJson(json: Json): (number | string)[] {
  if (Array.isArray(json)) return (json as readonly Json[]).flatMap(flattenJson);
  if (typeof json === "number" || typeof json === "string") return [json];
  throw new InvalidOptionError("json", "nested lists of numbers", json);
}
