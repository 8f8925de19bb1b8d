/** Puts values of a space into the arrays of a batch. @module */
import { type Dtype, type TypedArrayOf, zeros } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import { type ArraySpace, batchDtype, isArraySpace } from "./array-space.js";
import type { BatchOf } from "./batch-space.js";
import { Dict, type DictSpaces } from "./dict.js";
import { Discrete } from "./discrete.js";
import { sizeOf } from "./nested.js";
import type { Space, ValueOf } from "./space.js";
import { Tuple, type TupleSpaces } from "./tuple.js";

/** Makes an array of `length` elements: a view of shared memory, for example. */
export type ArrayAllocator = <D extends Dtype>(dtype: D, length: number) => TypedArrayOf<D>;

/**
 * The zeroed arrays that {@link concatenate} fills: like a value of the batched space, which need not contain it. Kinds
 * whose batches are lists give lists of the emptiest values: the shortest text, a graph of one node.
 *
 * @param n - How many values the arrays have room for. @defaultValue 1
 * @param allocate - Makes the arrays. @defaultValue new typed arrays of zeros
 * @throws {@link InvalidOptionError} when `n` is not an integer of at least 0.
 * @example
 * createEmptyArray(new Box(0, 1, { shape: [3] }), 2); // Float32Array [0, 0, 0, 0, 0, 0]
 */
export function createEmptyArray<S extends Space<unknown>>(
  space: S,
  n: number = 1,
  allocate: ArrayAllocator = zeros,
): BatchOf<S> {
  if (!Number.isSafeInteger(n) || n < 0) throw new InvalidOptionError("n", "an integer of at least 0", n);
  return emptyArray(space, n, allocate) as BatchOf<S>;
}

function emptyArray(space: Space<unknown>, n: number, allocate: ArrayAllocator): unknown {
  if (isArraySpace(space)) return allocate(batchDtype(space), n * sizeOf(space.shape));
  if (space instanceof Dict) return mapParts(space, (_, part) => emptyArray(part, n, allocate));
  if (space instanceof Tuple) return (space as Tuple<TupleSpaces>).spaces.map((part) => emptyArray(part, n, allocate));
  return Array.from({ length: n }, () => emptyValue(space));
}

/** What stands for one value that is yet to come; null for a space of a user's own class without `emptyValue`. */
export function emptyValue(space: Space<unknown>): unknown {
  if (space instanceof Discrete) return 0;
  if (isArraySpace(space)) return zeros<Dtype>(space.dtype, sizeOf(space.shape));
  if (space instanceof Dict) return mapParts(space, (_, part) => emptyValue(part));
  if (space instanceof Tuple) return (space as Tuple<TupleSpaces>).spaces.map(emptyValue);
  return (space as Partial<{ emptyValue(): unknown }>).emptyValue?.() ?? null;
}

/**
 * Writes values into the arrays of a batch, one after the other along the first axis.
 *
 * @param items - As many values of the space as `out` has room for.
 * @param out - From {@link createEmptyArray}; written to.
 * @returns `out`, or what takes its place: the same arrays in new objects, and new lists for kinds whose batches are lists.
 * @throws {@link InvalidOptionError} when the values do not fill `out` exactly.
 */
export function concatenate<S extends Space<unknown>>(
  space: S,
  items: readonly ValueOf<S>[],
  out: BatchOf<S>,
): BatchOf<S> {
  return concatenateInto(space, items, out) as BatchOf<S>;
}

function concatenateInto(space: Space<unknown>, items: readonly unknown[], out: unknown): unknown {
  if (isArraySpace(space)) return fill(space, items, out as TypedArrayOf<Dtype>);
  if (space instanceof Dict) {
    return mapParts(space, (key, part) => {
      const column = items.map((item) => (item as Readonly<Record<string, unknown>>)[key]);
      return concatenateInto(part, column, (out as Readonly<Record<string, unknown>>)[key]);
    });
  }
  if (space instanceof Tuple) {
    return (space as Tuple<TupleSpaces>).spaces.map((part, i) => {
      return concatenateInto(
        part,
        items.map((item) => (item as readonly unknown[])[i]),
        (out as readonly unknown[])[i],
      );
    });
  }
  return [...items];
}

function fill(space: ArraySpace, items: readonly unknown[], out: TypedArrayOf<Dtype>): TypedArrayOf<Dtype> {
  const size = sizeOf(space.shape);
  if (out.length !== items.length * size) {
    throw new InvalidOptionError("items", `as many values as out holds, ${out.length} numbers of ${size} each`, items);
  }
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (space instanceof Discrete) out[i] = item as number;
    else if ((item as ArrayLike<unknown>).length === size) out.set(item as never, i * size);
    else throw new InvalidOptionError(`items[${i}]`, `an array of ${size} numbers`, item);
  }
  return out;
}

function mapParts(space: Dict<DictSpaces>, part: (key: string, space: Space<unknown>) => unknown): object {
  const result: Record<string, unknown> = {};
  for (const key in space.spaces) result[key] = part(key, space.spaces[key]!);
  return result;
}
