/** Values of a space as flat vectors of numbers, and back. @module */
import { NotSupportedError } from "../errors.js";
import { Box } from "./box.js";
import { Dict, type DictSpaces } from "./dict.js";
import { Discrete } from "./discrete.js";
import { MultiDiscrete } from "./multi-discrete.js";
import type { Space, ValueOf } from "./space.js";

/** Element types whose every value a float32 holds exactly. */
const EXACT_IN_FLOAT32 = new Set(["float32", "int8", "uint8", "int16", "uint16"]);

/**
 * How many numbers a flattened value has: the size of a Box, n of a Discrete (one-hot), the sum of the counts of a
 * MultiDiscrete (one-hot each), the sum over the parts of a Dict.
 * @throws {@link NotSupportedError} for a space of another kind.
 */
export function flatdim(space: Space<unknown>): number {
  if (space instanceof Box) return space.low.length;
  if (space instanceof Discrete) return space.n;
  if (space instanceof MultiDiscrete) return space.nvec.reduce((sum, count) => sum + count, 0);
  if (space instanceof Dict) return partsOf(space).reduce((sum, [, part]) => sum + flatdim(part), 0);
  throw cannotFlatten(space);
}

/**
 * A value as a flat vector: a Float32Array where that is exact, a Float64Array otherwise (Box of float64 or of integers
 * of 32 bits and more). The parts of a Dict follow each other in alphabetical order.
 * @returns A new array of {@link flatdim} numbers.
 * @throws {@link NotSupportedError} for a space of another kind.
 */
export function flatten<S extends Space<unknown>>(space: S, value: ValueOf<S>): Float32Array | Float64Array {
  const flat = isExactInFloat32(space) ? new Float32Array(flatdim(space)) : new Float64Array(flatdim(space));
  writeFlat(space, value, flat, 0);
  return flat;
}

/**
 * The value that {@link flatten} made a vector of.
 * @throws {@link NotSupportedError} for a space of another kind.
 */
export function unflatten<S extends Space<unknown>>(space: S, flat: ArrayLike<number>): ValueOf<S> {
  return readFlat(space, flat, 0) as ValueOf<S>;
}

/** Whether a flattened value is a Float32Array. */
export function isExactInFloat32(space: Space<unknown>): boolean {
  if (space instanceof Box) return EXACT_IN_FLOAT32.has(space.dtype);
  return space instanceof Dict ? partsOf(space).every(([, part]) => isExactInFloat32(part)) : true;
}

/** Writes a value at `offset` of a zeroed vector. */
function writeFlat(space: Space<unknown>, value: unknown, out: Float32Array | Float64Array, offset: number): void {
  if (space instanceof Box) {
    const elements = value as ArrayLike<number | bigint>;
    for (let i = 0; i < elements.length; i++) out[offset + i] = Number(elements[i]);
  } else if (space instanceof Discrete) {
    out[offset + (value as number) - space.start] = 1;
  } else if (space instanceof MultiDiscrete) {
    let at = offset;
    space.nvec.forEach((count, i) => {
      out[at + (value as Int32Array)[i]! - space.start[i]!] = 1;
      at += count;
    });
  } else if (space instanceof Dict) {
    let at = offset;
    for (const [key, part] of partsOf(space)) {
      writeFlat(part, (value as Readonly<Record<string, unknown>>)[key], out, at);
      at += flatdim(part);
    }
  } else throw cannotFlatten(space);
}

function readFlat(space: Space<unknown>, flat: ArrayLike<number>, offset: number): unknown {
  if (space instanceof Box) {
    const value = space.low.slice();
    const big = value instanceof BigInt64Array || value instanceof BigUint64Array;
    for (let i = 0; i < value.length; i++) value[i] = big ? BigInt(flat[offset + i]!) : flat[offset + i]!;
    return value;
  }
  if (space instanceof Discrete) return space.start + hotIndex(flat, offset, space.n);
  if (space instanceof MultiDiscrete) {
    let at = offset;
    return space.nvec.map((count, i) => {
      const index = hotIndex(flat, at, count);
      at += count;
      return space.start[i]! + index;
    });
  }
  if (space instanceof Dict) {
    let at = offset;
    const entries = partsOf(space).map(([key, part]) => {
      const entry = [key, readFlat(part, flat, at)];
      at += flatdim(part);
      return entry;
    });
    return Object.fromEntries(entries);
  }
  throw cannotFlatten(space);
}

/** Position of the first number that is not 0, or 0. */
function hotIndex(flat: ArrayLike<number>, offset: number, count: number): number {
  for (let i = 0; i < count; i++) if (flat[offset + i] !== 0) return i;
  return 0;
}

function partsOf(space: Dict<DictSpaces>): [string, Space<unknown>][] {
  return Object.entries(space.spaces);
}

function cannotFlatten(space: Space<unknown>): NotSupportedError {
  return new NotSupportedError(`Flattening ${space}`, "Use spaces of the kinds Box, Discrete, MultiDiscrete and Dict.");
}
