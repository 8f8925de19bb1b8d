/** Why a value is not in a space, in words for an error. @module */
import { isTypedArrayOf } from "../dtype.js";
import { Box } from "./box.js";
import { Dict, type DictSpaces } from "./dict.js";
import { Discrete } from "./discrete.js";
import { MultiDiscrete } from "./multi-discrete.js";
import type { Space } from "./space.js";

/** The first thing about a value that does not fit its space: what InvalidActionError is made of. */
export interface Mismatch {
  /** Where in the value, such as `web.replicas` or `position[2]`; empty for the value as a whole. */
  readonly path: string;
  /** What would fit there, such as "an integer from 0 to 4". */
  readonly expected: string;
  /** What is there. */
  readonly got: unknown;
}

/**
 * Says why a space does not contain a value.
 *
 * @param space - The space.
 * @param value - The value to judge.
 * @param path - Where the value stands in a larger one.
 * @returns The first mismatch, or null where the space contains the value.
 * @example
 * explainMismatch(new Discrete(5), 11); // { path: "", expected: "an integer from 0 to 4", got: 11 }
 */
export function explainMismatch(space: Space<unknown>, value: unknown, path: string = ""): Mismatch | null {
  if (space.contains(value)) return null;
  if (space instanceof Discrete) {
    return { path, expected: range(space.start, space.start + space.n - 1), got: value };
  }
  if (space instanceof MultiDiscrete) return explainMultiDiscrete(space, value, path);
  if (space instanceof Box) return explainBox(space, value, path);
  if (space instanceof Dict) return explainDict(space, value, path);
  return { path, expected: `a value of ${space}`, got: value };
}

function explainMultiDiscrete(space: MultiDiscrete, value: unknown, path: string): Mismatch {
  const { start, nvec } = space;
  if (!(value instanceof Int32Array) || value.length !== nvec.length) {
    return { path, expected: arrayOf("Int32Array", nvec.length, "integer"), got: value };
  }
  const i = value.findIndex((element, at) => !(element >= start[at]! && element < start[at]! + nvec[at]!));
  return { path: `${path}[${i}]`, expected: range(start[i]!, start[i]! + nvec[i]! - 1), got: value[i] };
}

function explainBox(space: Box<"float32" | "int64">, value: unknown, path: string): Mismatch {
  const { low, high } = space;
  if (!isTypedArrayOf(space.dtype, value) || value.length !== low.length) {
    return { path, expected: arrayOf(low.constructor.name, low.length, "number"), got: value };
  }
  let i = 0;
  while (value[i]! >= low[i]! && value[i]! <= high[i]!) i++;
  return { path: `${path}[${i}]`, expected: `a number from ${low[i]} to ${high[i]}`, got: value[i] };
}

function explainDict(space: Dict<DictSpaces>, value: unknown, path: string): Mismatch {
  const names = Object.keys(space.spaces);
  const expected = `an object with ${names.length === 1 ? "the name" : "the names"} ${names.join(", ")}`;
  if (typeof value !== "object" || value === null) return { path, expected, got: value };
  const record = value as Readonly<Record<string, unknown>>;
  for (const name of names) {
    const mismatch = explainMismatch(space.spaces[name]!, record[name], path === "" ? name : `${path}.${name}`);
    if (mismatch !== null) return mismatch;
  }
  return { path, expected, got: Object.keys(record) };
}

function range(first: number, last: number): string {
  return first === last ? `the integer ${first}` : `an integer from ${first} to ${last}`;
}

function arrayOf(type: string, length: number, element: string): string {
  const article = /^[AEIOU]/.test(type) ? "an" : "a";
  return `${article} ${type} of ${length} ${element}${length === 1 ? "" : "s"}`;
}
