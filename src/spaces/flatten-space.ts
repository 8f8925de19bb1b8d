/** The space that holds a space's flattened values. @module */
import type { Dtype } from "../dtype.js";
import { Box } from "./box.js";
import { Dict, type DictSpaces } from "./dict.js";
import { cannotFlatten, flatdim, type IsFlattenable, isExactInFloat32, isFlattenable, partsOf } from "./flatdim.js";
import { Graph } from "./graph.js";
import { OneOf } from "./one-of.js";
import { Sequence } from "./sequence.js";
import type { Space } from "./space.js";
import { Text } from "./text.js";
import { Tuple, type TupleSpaces } from "./tuple.js";

/** The space that {@link flattenSpace} makes of a space. */
export type FlatSpace<S> = IsFlattenable<S> extends true ? Box<"float32" | "float64"> : Space<unknown>;

/**
 * The space that contains every value of a space after `flatten`: a Box of one axis, of float32 where that is exact and
 * of float64 otherwise; for spaces that are not flattenable, the same structure of such boxes.
 * @throws {@link NotSupportedError} when a space of a user's own class is in it.
 * @example
 * flattenSpace(new Discrete(5)).toString(); // "Box(0.0, 1.0, (5,), float32)"
 */
export function flattenSpace<S extends Space<unknown>>(space: S): FlatSpace<S> {
  return flatSpace(space) as FlatSpace<S>;
}

function flatSpace(space: Space<unknown>): Space<unknown> {
  if (isFlattenable(space)) {
    const [low, high] = boundsOf(space);
    const dtype = isExactInFloat32(space) ? "float32" : "float64";
    return new Box<"float32" | "float64">(low, high, { shape: [low.length], dtype });
  }
  if (space instanceof Dict) {
    const { spaces, sortKeys } = space as Dict<DictSpaces>;
    const parts = Object.entries(spaces).map(([key, part]) => [key, flatSpace(part)]);
    return new Dict(Object.fromEntries(parts), { sortKeys });
  }
  if (space instanceof Tuple) return new Tuple((space as Tuple<TupleSpaces>).spaces.map(flatSpace));
  if (space instanceof OneOf) return new OneOf((space as OneOf<TupleSpaces>).spaces.map(flatSpace));
  if (space instanceof Sequence) return new Sequence(flatSpace(space.featureSpace), { stack: space.stack });
  if (space instanceof Graph) {
    const { nodeSpace, edgeSpace } = space as Graph<Space<unknown>, Space<unknown> | null>;
    return new Graph(flatSpace(nodeSpace), edgeSpace === null ? null : flatSpace(edgeSpace));
  }
  throw cannotFlatten(space);
}

type Bounds = readonly [low: number[], high: number[]];

function boundsOf(space: Space<unknown>): Bounds {
  if (space instanceof Box) {
    const { low, high } = space as Box<Dtype>;
    return [numbersOf(low), numbersOf(high)];
  }
  if (space instanceof OneOf) return oneOfBounds(space as OneOf<TupleSpaces>);
  const parts = partsOf(space)?.map(boundsOf);
  if (parts !== undefined) return [parts.flatMap(([low]) => low), parts.flatMap(([, high]) => high)];
  const length = flatdim(space);
  return [filled(length, 0), filled(length, space instanceof Text ? space.characterList.length : 1)];
}

/** The index, then numbers between the lowest and the highest bound of all the spaces; a space of no numbers adds zeros. */
function oneOfBounds(space: OneOf<TupleSpaces>): Bounds {
  const length = flatdim(space) - 1;
  const parts = space.spaces.map(boundsOf);
  const extremes = parts.map(([low, high]) => (low.length === 0 ? [0, 0] : [least(low), -least(high.map((x) => -x))]));
  const low = least(extremes.map(([lowest]) => lowest!));
  const high = -least(extremes.map(([, highest]) => -highest!));
  return [
    [0, ...filled(length, low)],
    [space.spaces.length - 1, ...filled(length, high)],
  ];
}

function least(values: readonly number[]): number {
  return values.reduce((min, value) => Math.min(min, value), Infinity);
}

function numbersOf(values: ArrayLike<number | bigint>): number[] {
  return Array.from(values, Number);
}

function filled(length: number, value: number): number[] {
  return new Array<number>(length).fill(value);
}
