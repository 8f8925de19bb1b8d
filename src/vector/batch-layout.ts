/** How the values of N environments lie in one batch: long arrays where the space has arrays, and lists elsewhere. @module */
import { type Dtype, type TypedArrayOf, zeros } from "../dtype.js";
import { batchSpace } from "../spaces/batch-space.js";
import type { Space } from "../spaces/space.js";

type NumericArray = TypedArrayOf<Dtype>;

/** Makes, fills and reads batches of one space. */
export interface BatchLayout {
  /** The space of the batch. */
  readonly space: Space<unknown>;
  /** Whether a batch consists of typed arrays alone, so that threads can share its memory. */
  readonly isShareable: boolean;
  /** A zeroed batch. @param shared - Whether its memory is a SharedArrayBuffer. */
  create(shared?: boolean): unknown;
  /** Copies one environment's value into the batch. */
  write(batch: unknown, index: number, value: unknown): void;
  /** One environment's value; the caller owns it. */
  read(batch: unknown, index: number): unknown;
  /** A copy of all. */
  copy(batch: unknown): unknown;
}

/**
 * The layout of `numEnvs` values of a space.
 *
 * A Box, Discrete, MultiDiscrete or MultiBinary gives one typed array of shape [numEnvs, …], row by row; a Dict an object of
 * batches; a Tuple a list of batches; any other space a list of values.
 */
export function batchLayout(space: Space<unknown>, numEnvs: number): BatchLayout {
  const batch = batchSpace(space, numEnvs);
  const parts = partsOf(space);
  if (parts !== undefined) return nestedLayout(batch, parts, Array.isArray(parts), numEnvs);
  if (batch.shape !== null && batch.dtype !== null)
    return arrayLayout(batch, batch.dtype, batch.shape, space.shape, numEnvs);
  return listLayout(batch, numEnvs);
}

/** The spaces inside a Dict, by name, or a Tuple, by position. */
function partsOf(
  space: Space<unknown>,
): Readonly<Record<string, Space<unknown>>> | readonly Space<unknown>[] | undefined {
  if (space.shape !== null) return undefined;
  const nested = space as { readonly spaces?: Readonly<Record<string, Space<unknown>>> | readonly Space<unknown>[] };
  const kind = space.constructor.name;
  return kind === "Dict" || kind === "Tuple" ? nested.spaces : undefined;
}

function arrayLayout(
  space: Space<unknown>,
  dtype: Dtype,
  shape: readonly number[],
  single: readonly number[] | null,
  numEnvs: number,
): BatchLayout {
  const length = shape.reduce((product, axis) => product * axis, 1);
  const width = length / numEnvs;
  const isScalar = single?.length === 0;
  const create = (shared = false): NumericArray => {
    const array = zeros(dtype, shared ? 0 : length);
    if (!shared) return array;
    const Typed = array.constructor as unknown as new (memory: SharedArrayBuffer) => NumericArray;
    return new Typed(new SharedArrayBuffer(length * array.BYTES_PER_ELEMENT));
  };
  return {
    space,
    isShareable: true,
    create,
    // Short rows are faster by hand than by `set`.
    write: (batch, index, value) => {
      const array = batch as Float32Array;
      if (isScalar) {
        array[index] = value as number;
        return;
      }
      const row = value as Float32Array;
      if (width > 32) {
        array.set(row, index * width);
        return;
      }
      for (let i = 0, at = index * width; i < width; i++, at++) array[at] = row[i]!;
    },
    read: (batch, index) => {
      const array = batch as Float32Array;
      return isScalar ? array[index] : array.slice(index * width, (index + 1) * width);
    },
    copy: (batch) => {
      const array = zeros(dtype, length);
      (array as Float32Array).set(batch as Float32Array);
      return array;
    },
  };
}

function nestedLayout(
  space: Space<unknown>,
  parts: Readonly<Record<string, Space<unknown>>> | readonly Space<unknown>[],
  isList: boolean,
  numEnvs: number,
): BatchLayout {
  const layouts = Object.entries(parts).map(([key, part]) => [key, batchLayout(part, numEnvs)] as const);
  const gather = (part: (layout: BatchLayout, key: string) => unknown): unknown => {
    const whole = (isList ? [] : {}) as Record<string, unknown>;
    for (const [key, layout] of layouts) whole[key] = part(layout, key);
    return whole;
  };
  const at = (value: unknown, key: string): unknown => (value as Record<string, unknown>)[key];
  return {
    space,
    isShareable: layouts.every(([, layout]) => layout.isShareable),
    create: (shared) => gather((layout) => layout.create(shared)),
    write: (batch, index, value) => {
      for (const [key, layout] of layouts) layout.write(at(batch, key), index, at(value, key));
    },
    read: (batch, index) => gather((layout, key) => layout.read(at(batch, key), index)),
    copy: (batch) => gather((layout, key) => layout.copy(at(batch, key))),
  };
}

function listLayout(space: Space<unknown>, numEnvs: number): BatchLayout {
  return {
    space,
    isShareable: false,
    create: () => new Array<unknown>(numEnvs).fill(null),
    write: (batch, index, value) => {
      (batch as unknown[])[index] = value;
    },
    read: (batch, index) => (batch as unknown[])[index],
    copy: (batch) => [...(batch as unknown[])],
  };
}
