/** Writes the values of flattenable spaces into vectors, and reads them. @module */
import { type Dtype, type TypedArrayOf, zeros } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import { Box } from "./box.js";
import { Dict, type DictSpaces } from "./dict.js";
import { Discrete } from "./discrete.js";
import { flatdim } from "./flatdim.js";
import { MultiBinary } from "./multi-binary.js";
import { MultiDiscrete, type MultiDiscreteDtype } from "./multi-discrete.js";
import { sizeOf } from "./nested.js";
import { OneOf } from "./one-of.js";
import type { Space } from "./space.js";
import { Text } from "./text.js";
import type { Tuple, TupleSpaces } from "./tuple.js";

/** Writes a value at `offset` of a zeroed vector. */
export function writeFlat(
  space: Space<unknown>,
  value: unknown,
  out: Float32Array | Float64Array,
  offset: number,
): void {
  if (space instanceof Box || space instanceof MultiBinary) {
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
  } else if (space instanceof Text) {
    out.fill(space.characterList.length, offset, offset + space.maxLength);
    let at = offset;
    for (const character of value as string) out[at++] = space.characterIndex(character)!;
  } else if (space instanceof OneOf) {
    writeOneOf(space as OneOf<TupleSpaces>, value as readonly [number, unknown], out, offset);
  } else if (space instanceof Dict) {
    let at = offset;
    for (const [key, part] of Object.entries((space as Dict<DictSpaces>).spaces)) {
      writeFlat(part, (value as Readonly<Record<string, unknown>>)[key], out, at);
      at += flatdim(part);
    }
  } else {
    let at = offset;
    (space as Tuple<TupleSpaces>).spaces.forEach((part, i) => {
      writeFlat(part, (value as readonly unknown[])[i], out, at);
      at += flatdim(part);
    });
  }
}

/** The index, the value, and its first number up to the end, as Gymnasium pads. */
function writeOneOf(
  space: OneOf<TupleSpaces>,
  [index, value]: readonly [number, unknown],
  out: Float32Array | Float64Array,
  offset: number,
): void {
  const part = space.spaces[index]!;
  const length = flatdim(part);
  out[offset] = index;
  writeFlat(part, value, out, offset + 1);
  if (length > 0) out.fill(out[offset + 1]!, offset + 1 + length, offset + flatdim(space));
}

/**
 * The value at `offset` of a vector.
 * @throws {@link InvalidOptionError} when there is none.
 */
export function readFlat(space: Space<unknown>, flat: ArrayLike<number>, offset: number): unknown {
  if (space instanceof Box) return readArray(space.low.slice(), flat, offset);
  if (space instanceof MultiBinary) return readArray(new Int8Array(sizeOf(space.shape)), flat, offset);
  if (space instanceof Discrete) return space.start + hotIndex(flat, offset, space.n);
  if (space instanceof MultiDiscrete) {
    const { nvec, start, dtype } = space as MultiDiscrete<MultiDiscreteDtype>;
    const value = zeros<MultiDiscreteDtype>(dtype, nvec.length);
    let at = offset;
    for (let i = 0; i < nvec.length; i++) {
      value[i] = start[i]! + hotIndex(flat, at, nvec[i]!);
      at += nvec[i]!;
    }
    return value;
  }
  if (space instanceof Text) return readText(space, flat, offset);
  if (space instanceof OneOf) {
    const index = flat[offset]!;
    const part = space.spaces[index];
    if (part === undefined) throw noValue(offset, `an integer from 0 to ${space.spaces.length - 1}`, index);
    return [index, readFlat(part, flat, offset + 1)];
  }
  let at = offset;
  const readPart = (part: Space<unknown>): unknown => {
    const value = readFlat(part, flat, at);
    at += flatdim(part);
    return value;
  };
  if (!(space instanceof Dict)) return (space as Tuple<TupleSpaces>).spaces.map(readPart);
  const entries = Object.entries((space as Dict<DictSpaces>).spaces);
  return Object.fromEntries(entries.map(([key, part]) => [key, readPart(part)]));
}

function readArray(value: TypedArrayOf<Dtype>, flat: ArrayLike<number>, offset: number): TypedArrayOf<Dtype> {
  const big = value instanceof BigInt64Array || value instanceof BigUint64Array;
  for (let i = 0; i < value.length; i++) {
    const number = flat[offset + i]!;
    if (!big) value[i] = number;
    else if (Number.isInteger(number)) value[i] = BigInt(number);
    else throw noValue(offset + i, "an integer", number);
  }
  return value;
}

function readText({ characterList, maxLength }: Text, flat: ArrayLike<number>, offset: number): string {
  let text = "";
  for (let at = offset; flat[at]! < characterList.length && at < offset + maxLength; at++) {
    const character = characterList[flat[at]!];
    if (character === undefined) throw noValue(at, `an integer from 0 to ${characterList.length}`, flat[at]);
    text += character;
  }
  return text;
}

/** Position of the first number that is not 0. */
function hotIndex(flat: ArrayLike<number>, offset: number, count: number): number {
  for (let i = 0; i < count; i++) if (flat[offset + i] !== 0) return i;
  throw noValue(offset, `1, or one of the ${count - 1} numbers after it, as one-hot vectors have`, flat[offset]);
}

function noValue(at: number, expected: string, got: unknown): InvalidOptionError {
  return new InvalidOptionError(`flat[${at}]`, expected, got);
}
