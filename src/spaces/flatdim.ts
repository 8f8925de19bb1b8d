/** How long a space's flattened values are, and of what type. @module */
import { NotSupportedError } from "../errors.js";
import { Box } from "./box.js";
import { Dict, type DictSpaces } from "./dict.js";
import { Discrete } from "./discrete.js";
import type { Graph } from "./graph.js";
import { MultiBinary } from "./multi-binary.js";
import { MultiDiscrete } from "./multi-discrete.js";
import { sizeOf } from "./nested.js";
import { OneOf } from "./one-of.js";
import type { Sequence } from "./sequence.js";
import type { Space } from "./space.js";
import { Text } from "./text.js";
import { Tuple, type TupleSpaces } from "./tuple.js";

/** Element types whose every value a float32 holds exactly. */
const EXACT_IN_FLOAT32 = new Set(["float32", "int8", "uint8", "int16", "uint16"]);

/** Whether the values of a space become one vector each: false where a Sequence or a Graph is in it. */
export type IsFlattenable<S> =
  S extends Sequence<Space<unknown>, boolean>
    ? false
    : S extends Graph<Space<unknown>, Space<unknown> | null>
      ? false
      : S extends Dict<infer P>
        ? false extends IsFlattenable<P[keyof P]>
          ? false
          : true
        : S extends Tuple<infer P> | OneOf<infer P>
          ? false extends IsFlattenable<P[number]>
            ? false
            : true
          : true;

/** Whether every value of a space becomes one vector of one length: not so for a Sequence, a Graph, or a space with one inside. */
export function isFlattenable(space: Space<unknown>): boolean {
  const parts = partsOf(space);
  if (parts !== null) return parts.every(isFlattenable);
  return [Box, Discrete, MultiDiscrete, MultiBinary, Text].some((kind) => space instanceof kind);
}

/**
 * How many numbers a flattened value has: the size of a Box or MultiBinary, n of a Discrete (one-hot), the sum of the
 * counts of a MultiDiscrete (one-hot each), the longest length of a Text, the sum over the parts of a Dict or Tuple, one
 * more than the longest part of a OneOf.
 * @throws {@link NotSupportedError} for a space that {@link isFlattenable} denies.
 */
export function flatdim(space: Space<unknown>): number {
  if (space instanceof Box || space instanceof MultiBinary) return sizeOf(space.shape);
  if (space instanceof Discrete) return space.n;
  if (space instanceof MultiDiscrete) return space.nvec.reduce((sum, count) => sum + count, 0);
  if (space instanceof Text) return space.maxLength;
  const lengths = partsOf(space)?.map(flatdim);
  if (lengths === undefined) throw cannotFlatten(space);
  return space instanceof OneOf ? 1 + Math.max(...lengths) : lengths.reduce((sum, length) => sum + length, 0);
}

/** Whether a flattened value is a Float32Array. */
export function isExactInFloat32(space: Space<unknown>): boolean {
  if (space instanceof Box) return EXACT_IN_FLOAT32.has(space.dtype);
  return partsOf(space)?.every(isExactInFloat32) ?? true;
}

/** The spaces in a Dict, Tuple or OneOf; null for another kind. */
export function partsOf(space: Space<unknown>): readonly Space<unknown>[] | null {
  if (space instanceof Dict) return Object.values((space as Dict<DictSpaces>).spaces);
  if (space instanceof Tuple || space instanceof OneOf) return (space as Tuple<TupleSpaces>).spaces;
  return null;
}

/** The error of a space whose values are no vectors. */
export function cannotFlatten(space: Space<unknown>): NotSupportedError {
  const advice = "Its values have no fixed length: leave out the Sequence, Graph or space of an unknown kind in it.";
  return new NotSupportedError(`Flattening ${space} to one vector`, advice);
}
