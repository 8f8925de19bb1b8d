/** Goes through the values in a batch. @module */
import type { Dtype, TypedArrayOf } from "../dtype.js";
import { InvalidOptionError, NotSupportedError } from "../errors.js";
import { Box } from "./box.js";
import { Dict, type DictSpaces } from "./dict.js";
import { MultiBinary } from "./multi-binary.js";
import { MultiDiscrete, type MultiDiscreteDtype } from "./multi-discrete.js";
import { sizeOf } from "./nested.js";
import type { Space, ValueOf } from "./space.js";
import { Tuple, type TupleSpaces } from "./tuple.js";

/** The type of one of the values in a batch; numbers where a MultiDiscrete has one axis. */
export type ItemOf<S> =
  S extends Box<infer D extends Dtype>
    ? TypedArrayOf<D>
    : S extends MultiDiscrete<infer D extends MultiDiscreteDtype>
      ? number | TypedArrayOf<D>
      : S extends MultiBinary
        ? number | Int8Array
        : S extends Dict<infer P>
          ? { [K in keyof P]: ItemOf<P[K]> }
          : S extends Tuple<infer P>
            ? TupleItemOf<P>
            : unknown;

type TupleItemOf<P extends TupleSpaces> = P[number] extends
  | Box<Dtype>
  | MultiDiscrete<MultiDiscreteDtype>
  | MultiBinary
  | Dict<DictSpaces>
  | Tuple<TupleSpaces>
  ? { [K in keyof P]: ItemOf<P[K]> }
  : ValueOf<P[number]>;

/**
 * The values in a batch, one by one: the inverse of {@link concatenate}.
 *
 * @param space - A batched space, see {@link batchSpace}.
 * @param items - A value of it.
 * @returns Copies, which the caller owns. An array of one axis gives arrays of one element in a Box, numbers elsewhere.
 *   A Tuple of copies, which stands for a batch of a kind such as Text, gives the values in it.
 * @throws {@link InvalidOptionError} when the batch has no axis to go along.
 * @throws {@link NotSupportedError} for a space of another kind.
 * @example
 * const space = batchSpace(new Box(0, 1, { shape: [2] }), 3);
 * [...iterate(space, space.sample())].length; // 3
 */
export function iterate<S extends Space<unknown>>(space: S, items: ValueOf<S>): IterableIterator<ItemOf<S>> {
  return iterateBatch(space, items) as IterableIterator<ItemOf<S>>;
}

function iterateBatch(space: Space<unknown>, items: unknown): IterableIterator<unknown> {
  if (space instanceof Box || space instanceof MultiDiscrete || space instanceof MultiBinary) {
    return iterateArray(space, items as TypedArrayOf<Dtype>);
  }
  if (space instanceof Dict) {
    const entries = Object.entries((space as Dict<DictSpaces>).spaces);
    const columns = entries.map(([key, part]) => iterateBatch(part, (items as Readonly<Record<string, unknown>>)[key]));
    return iterateColumns(columns, (row) => Object.fromEntries(entries.map(([key], i) => [key, row[i]])));
  }
  if (space instanceof Tuple) {
    const { spaces } = space as Tuple<TupleSpaces>;
    const list = items as readonly unknown[];
    if (!spaces.every(isBatched)) return list.values();
    return iterateColumns(
      spaces.map((part, i) => iterateBatch(part, list[i])),
      (row) => row,
    );
  }
  throw new NotSupportedError(`Iterating over ${space}`, "Pass a space made by batchSpace.");
}

/** A Tuple of other kinds is a list of copies, made for a kind whose values do not fit one array. */
function isBatched(space: Space<unknown>): boolean {
  return [Box, MultiDiscrete, MultiBinary, Dict, Tuple].some((kind) => space instanceof kind);
}

function* iterateArray(
  space: Box<Dtype> | MultiDiscrete<MultiDiscreteDtype> | MultiBinary,
  items: TypedArrayOf<Dtype>,
): Generator<unknown> {
  const [length, ...inner] = space.shape;
  if (length === undefined) throw new InvalidOptionError("space", "one with at least one axis", String(space));
  const size = sizeOf(inner);
  if (items?.length !== length * size) {
    throw new InvalidOptionError("items", `a value of ${space}: an array of ${length * size}`, items);
  }
  for (let i = 0; i < length; i++) {
    if (inner.length === 0 && !(space instanceof Box)) yield items[i];
    else yield items.slice(i * size, (i + 1) * size);
  }
}

function* iterateColumns(
  columns: readonly IterableIterator<unknown>[],
  itemOf: (row: readonly unknown[]) => unknown,
): Generator<unknown> {
  if (columns.length === 0) return;
  while (true) {
    const row: unknown[] = [];
    for (const column of columns) {
      const next = column.next();
      if (next.done) return;
      row.push(next.value);
    }
    yield itemOf(row);
  }
}
