/** Goes through the values in a batch. @module */
import type { Dtype, TypedArrayOf } from "../dtype.js";
import { InvalidOptionError, NotSupportedError } from "../errors.js";
import { Box } from "./box.js";
import { Dict, type DictSpaces } from "./dict.js";
import { MultiDiscrete } from "./multi-discrete.js";
import { sizeOf } from "./nested.js";
import type { Space, ValueOf } from "./space.js";

/** The type of one of the values in a batch; numbers where a MultiDiscrete has one axis. */
export type ItemOf<S> =
  S extends Box<infer D extends Dtype>
    ? TypedArrayOf<D>
    : S extends MultiDiscrete
      ? number | Int32Array
      : S extends Dict<infer P>
        ? { [K in keyof P]: ItemOf<P[K]> }
        : unknown;

/**
 * The values in a batch, one by one: the inverse of {@link concatenate}.
 *
 * @param space - A batched space, see {@link batchSpace}.
 * @param items - A value of it.
 * @returns Copies, which the caller owns. An array of one axis gives arrays of one element in a Box, numbers elsewhere.
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
  if (space instanceof Box || space instanceof MultiDiscrete) {
    return iterateArray(space, items as TypedArrayOf<Dtype>);
  }
  if (space instanceof Dict) return iterateRecord(space, items as Readonly<Record<string, unknown>>);
  throw new NotSupportedError(`Iterating over ${space}`, "Pass a space made by batchSpace.");
}

function* iterateArray(space: Box<Dtype> | MultiDiscrete, items: TypedArrayOf<Dtype>): Generator<unknown> {
  const [length, ...inner] = space.shape;
  if (length === undefined) throw new InvalidOptionError("space", "one with at least one axis", String(space));
  const size = sizeOf(inner);
  for (let i = 0; i < length; i++) {
    if (inner.length === 0 && !(space instanceof Box)) yield items[i];
    else yield items.slice(i * size, (i + 1) * size);
  }
}

function* iterateRecord(space: Dict<DictSpaces>, items: Readonly<Record<string, unknown>>): Generator<unknown> {
  const columns = Object.entries(space.spaces).map(([key, part]) => {
    return [key, iterateBatch(part, items[key])] as const;
  });
  if (columns.length === 0) return;
  while (true) {
    const item: Record<string, unknown> = {};
    for (const [key, column] of columns) {
      const next = column.next();
      if (next.done) return;
      item[key] = next.value;
    }
    yield item;
  }
}
