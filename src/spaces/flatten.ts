/** Values of a space as flat vectors of numbers, and back. @module */
import { InvalidOptionError } from "../errors.js";
import { joinValues, splitBatch } from "./batch-values.js";
import { Dict, type DictSpaces } from "./dict.js";
import { checkValue } from "./explain-mismatch.js";
import { readFlat, writeFlat } from "./flat-vector.js";
import { cannotFlatten, flatdim, type IsFlattenable, isExactInFloat32, isFlattenable } from "./flatdim.js";
import { flattenSpace } from "./flatten-space.js";
import { Graph, type GraphInstance } from "./graph.js";
import { OneOf } from "./one-of.js";
import { Sequence } from "./sequence.js";
import type { Space, ValueOf } from "./space.js";
import { Tuple, type TupleSpaces } from "./tuple.js";

/** A flattened value of a flattenable space. */
export type FlatVector = Float32Array | Float64Array;

/** What {@link flatten} makes of a value: a vector, or the value's structure with vectors in it. */
export type FlatValue<S> =
  IsFlattenable<S> extends true
    ? FlatVector
    : S extends Sequence<infer E, infer Stack>
      ? Stack extends true
        ? FlatBatch<E>
        : readonly FlatValue<E>[]
      : S extends Graph<infer N, infer M>
        ? GraphInstance<FlatBatch<N>, FlatBatch<M>>
        : S extends Dict<infer P>
          ? { [K in keyof P]: FlatValue<P[K]> }
          : S extends Tuple<infer P>
            ? { readonly [K in keyof P]: FlatValue<P[K]> }
            : S extends OneOf<infer P>
              ? readonly [index: number, value: FlatValue<P[number]>]
              : unknown;

/** Flattened values in one array, as far as they are vectors. */
export type FlatBatch<S> = IsFlattenable<S> extends true ? FlatVector : unknown;

/**
 * A value as a flat vector: a Float32Array where that is exact, a Float64Array otherwise (Box of float64 or of integers
 * of 32 bits and more). The parts of a Dict follow each other in their order. Where a Sequence or a Graph is in the space,
 * the value keeps its structure and the flattenable parts in it become vectors.
 * @returns A new value of `flattenSpace(space)`; a vector has `flatdim(space)` numbers.
 * @throws {@link InvalidOptionError} when the space does not contain the value.
 * @throws {@link NotSupportedError} when a space of a user's own class is in it.
 * @example
 * flatten(new Discrete(3), 1); // Float32Array [0, 1, 0]
 */
export function flatten<S extends Space<unknown>>(space: S, value: ValueOf<S>): FlatValue<S> {
  checkValue(space, value);
  return flatValue(space, value) as FlatValue<S>;
}

/**
 * The value that {@link flatten} made a vector of.
 * @throws {@link InvalidOptionError} when no value of the space is flattened to this.
 * @throws {@link NotSupportedError} when a space of a user's own class is in it.
 */
export function unflatten<S extends Space<unknown>>(space: S, flat: ArrayLike<number> | FlatValue<S>): ValueOf<S> {
  return unflatValue(space, flat) as ValueOf<S>;
}

function flatValue(space: Space<unknown>, value: unknown): unknown {
  if (isFlattenable(space)) {
    const flat = isExactInFloat32(space) ? new Float32Array(flatdim(space)) : new Float64Array(flatdim(space));
    writeFlat(space, value, flat, 0);
    return flat;
  }
  if (space instanceof Sequence) {
    const flats = space.itemsOf(value)!.map((item) => flatValue(space.featureSpace, item));
    return space.stack ? joinValues(flattenSpace(space.featureSpace), flats) : flats;
  }
  if (space instanceof Graph) {
    return mapGraph(space, value as GraphInstance, (part, batch) => {
      return joinValues(
        flattenSpace(part),
        splitBatch(part, batch)!.map((item) => flatValue(part, item)),
      );
    });
  }
  return mapParts(space, value, flatValue);
}

function unflatValue(space: Space<unknown>, flat: unknown): unknown {
  if (isFlattenable(space)) {
    const length = flatdim(space);
    if ((flat as Partial<ArrayLike<number>> | null)?.length !== length) {
      throw new InvalidOptionError("flat", `a vector of ${length} numbers`, flat);
    }
    return readFlat(space, flat as ArrayLike<number>, 0);
  }
  if (space instanceof Sequence) {
    const flatFeature = flattenSpace(space.featureSpace);
    const flats = space.stack ? splitOrThrow(flatFeature, flat) : listOrThrow(flat);
    const items = flats.map((item) => unflatValue(space.featureSpace, item));
    return space.stack ? joinValues(space.featureSpace, items) : items;
  }
  if (space instanceof Graph) {
    return mapGraph(space, flat as GraphInstance, (part, batch) => {
      return joinValues(
        part,
        splitOrThrow(flattenSpace(part), batch).map((item) => unflatValue(part, item)),
      );
    });
  }
  return mapParts(space, flat, unflatValue);
}

function splitOrThrow(flatSpace: Space<unknown>, batch: unknown): readonly unknown[] {
  const items = splitBatch(flatSpace, batch);
  if (items === null) throw new InvalidOptionError("flat", `values of ${flatSpace} in one batch`, batch);
  return items;
}

function listOrThrow(flat: unknown): readonly unknown[] {
  if (Array.isArray(flat)) return flat;
  throw new InvalidOptionError("flat", "a list", flat);
}

function mapGraph(
  { nodeSpace, edgeSpace }: Graph<Space<unknown>, Space<unknown> | null>,
  { nodes, edges, edgeLinks }: GraphInstance,
  map: (part: Space<unknown>, batch: unknown) => unknown,
): GraphInstance {
  const mapped = edgeSpace === null || edges === null ? null : map(edgeSpace, edges);
  return { nodes: map(nodeSpace, nodes), edges: mapped, edgeLinks: edgeLinks?.slice() ?? null };
}

function mapParts(
  space: Space<unknown>,
  value: unknown,
  map: (part: Space<unknown>, value: unknown) => unknown,
): unknown {
  if (space instanceof Dict) {
    const record = value as Readonly<Record<string, unknown>>;
    const entries = Object.entries((space as Dict<DictSpaces>).spaces);
    return Object.fromEntries(entries.map(([key, part]) => [key, map(part, record[key])]));
  }
  const list = value as readonly unknown[];
  if (space instanceof Tuple) return (space as Tuple<TupleSpaces>).spaces.map((part, i) => map(part, list[i]));
  if (!(space instanceof OneOf)) throw cannotFlatten(space);
  const part = (space as OneOf<TupleSpaces>).spaces[list[0] as number];
  if (part === undefined) throw new InvalidOptionError("flat[0]", `an integer below ${space.spaces.length}`, list[0]);
  return [list[0], map(part, list[1])];
}
