/** Values of a space in the arrays of a batch of any length: taken apart, and to JSON and back. @module */
import { type Dtype, isTypedArrayOf, type TypedArrayOf } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import { jsonList, within } from "./arguments.js";
import { type ArraySpace, batchDtype, isArraySpace } from "./array-space.js";
import { concatenate, createEmptyArray } from "./concatenate.js";
import { Dict, type DictSpaces } from "./dict.js";
import { Discrete } from "./discrete.js";
import { nest, readJsonArray, sizeOf } from "./nested.js";
import type { Json, Space } from "./space.js";
import { Tuple, type TupleSpaces } from "./tuple.js";

/** Puts values into new arrays. */
export function joinValues(space: Space<unknown>, items: readonly unknown[]): unknown {
  return concatenate(space, items, createEmptyArray(space, items.length));
}

/** The values in a batch, whatever its length; null where it is not built like one. Arrays are copied. */
export function splitBatch(space: Space<unknown>, batch: unknown): readonly unknown[] | null {
  if (isArraySpace(space)) return splitArray(space, batch);
  if (space instanceof Dict) {
    if (typeof batch !== "object" || batch === null) return null;
    const names = Object.keys(space.spaces);
    if (Object.keys(batch).length !== names.length) return null;
    const record = batch as Readonly<Record<string, unknown>>;
    const columns = names.map((name) => splitBatch((space as Dict<DictSpaces>).spaces[name]!, record[name]));
    return rowsOf(columns, (row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
  }
  if (space instanceof Tuple) {
    const { spaces } = space as Tuple<TupleSpaces>;
    if (!Array.isArray(batch) || batch.length !== spaces.length) return null;
    return rowsOf(
      spaces.map((part, i) => splitBatch(part, batch[i])),
      (row) => row,
    );
  }
  return Array.isArray(batch) ? batch : null;
}

function splitArray(space: ArraySpace, batch: unknown): readonly unknown[] | null {
  if (!isTypedArrayOf(batchDtype(space), batch)) return null;
  if (space instanceof Discrete) return Array.from(batch as ArrayLike<unknown>);
  const size = sizeOf(space.shape);
  if (size === 0) return [];
  if (batch.length % size !== 0) return null;
  return Array.from({ length: batch.length / size }, (_, i) => batch.slice(i * size, (i + 1) * size));
}

function rowsOf(
  columns: readonly (readonly unknown[] | null)[],
  itemOf: (row: readonly unknown[]) => unknown,
): readonly unknown[] | null {
  const length = columns[0]?.length ?? 0;
  if (columns.some((column) => column?.length !== length)) return null;
  return Array.from({ length }, (_, i) => itemOf(columns.map((column) => column![i])));
}

/** Batches of any lengths as JSON: nested like the space, with one list for each batch innermost. */
export function batchesToJson(space: Space<unknown>, batches: readonly unknown[]): Json {
  if (isArraySpace(space)) {
    const size = sizeOf(space.shape);
    return (batches as readonly TypedArrayOf<Dtype>[]).map((batch) => {
      return nest(batch, [size === 0 ? 0 : batch.length / size, ...space.shape]);
    });
  }
  if (space instanceof Dict) {
    const entries = Object.entries((space as Dict<DictSpaces>).spaces).map(([key, part]) => {
      return [
        key,
        batchesToJson(
          part,
          batches.map((batch) => (batch as Readonly<Record<string, unknown>>)[key]),
        ),
      ];
    });
    return Object.fromEntries(entries);
  }
  if (space instanceof Tuple) {
    return (space as Tuple<TupleSpaces>).spaces.map((part, i) => {
      return batchesToJson(
        part,
        batches.map((batch) => (batch as readonly unknown[])[i]),
      );
    });
  }
  return batches.map((batch) => space.toJsonable(batch as readonly unknown[]));
}

/**
 * The inverse of {@link batchesToJson}.
 * @throws {@link InvalidOptionError} when the JSON is built otherwise.
 */
export function batchesFromJson(space: Space<unknown>, json: Json, path: string = "json"): unknown[] {
  if (isArraySpace(space)) {
    return jsonList(json, "a list of lists", path).map((value, i) => {
      const place = `${path}[${i}]`;
      return readJsonArray(value, [jsonList(value, "a list", place).length, ...space.shape], batchDtype(space), place);
    });
  }
  if (space instanceof Dict) {
    if (typeof json !== "object" || json === null) throw new InvalidOptionError(path, "an object", json);
    const entries = Object.entries((space as Dict<DictSpaces>).spaces);
    const columns = entries.map(([key, part]) => {
      return batchesFromJson(part, (json as { readonly [key: string]: Json })[key]!, `${path}.${key}`);
    });
    return batchRows(columns, path, (row) => Object.fromEntries(entries.map(([key], i) => [key, row[i]])));
  }
  if (space instanceof Tuple) {
    const { spaces } = space as Tuple<TupleSpaces>;
    const list = jsonList(json, `a list of ${spaces.length} lists`, path);
    return batchRows(
      spaces.map((part, i) => batchesFromJson(part, list[i]!, `${path}[${i}]`)),
      path,
      (row) => row,
    );
  }
  return jsonList(json, "a list of lists", path).map((value, i) => {
    return within("json", `${path}[${i}]`, () => space.fromJsonable(value));
  });
}

function batchRows(
  columns: readonly (readonly unknown[])[],
  path: string,
  itemOf: (row: readonly unknown[]) => unknown,
): unknown[] {
  const rows = rowsOf(columns, itemOf);
  if (rows === null)
    throw new InvalidOptionError(
      path,
      "lists of one length",
      columns.map(({ length }) => length),
    );
  return [...rows];
}
