/** Joining the infos of N environments, as Gymnasium lays them out. @module */
import type { VectorInfos } from "./vector-env.js";

type Values = readonly unknown[];

/** Kept as it is for each environment, whatever it is made of. */
const WHOLE = "finalObs";

/**
 * Joins infos: under each key an array with one value per environment, under `_key` which environments gave one.
 *
 * @param infos - One per environment; null for one that gave none.
 * @see {@link VectorInfos} for the layout. Values that differ in type or length between environments give a list.
 * @example
 * batchInfos([{ lives: 3 }, {}]); // { lives: Float64Array [3, 0], _lives: Uint8Array [1, 0] }
 */
export function batchInfos(infos: readonly (object | null)[]): VectorInfos {
  const columns = new Map<string, unknown[]>();
  for (let env = 0; env < infos.length; env++) {
    const info = infos[env] as Readonly<Record<string, unknown>> | null;
    for (const key in info) {
      const value = info[key];
      if (value === undefined) continue;
      const column = columns.get(key) ?? new Array<unknown>(infos.length).fill(undefined);
      column[env] = value;
      columns.set(key, column);
    }
  }
  const joined: Record<string, unknown> = {};
  for (const [key, values] of columns) {
    joined[key] = key === WHOLE ? listOf(values) : columnOf(values);
    joined[`_${key}`] = Uint8Array.from(values, (value) => (value === undefined ? 0 : 1));
  }
  return joined;
}

function columnOf(values: Values): unknown {
  const present = values.filter((value) => value !== undefined);
  if (present.every((value) => typeof value === "number")) {
    return Float64Array.from(values, (value) => (value ?? 0) as number);
  }
  if (present.every((value) => typeof value === "boolean")) return Uint8Array.from(values, (value) => (value ? 1 : 0));
  if (present.every(isPlainObject)) return batchInfos(values.map((value) => (value ?? null) as object | null));
  return rowsOf(values, present) ?? listOf(values);
}

/** Typed arrays of one kind and length, one row per environment. */
function rowsOf(values: Values, present: Values): unknown {
  const first = present[0];
  if (!isTypedArray(first)) return undefined;
  const alike = present.every(
    (value) => isTypedArray(value) && value.constructor === first.constructor && value.length === first.length,
  );
  if (!alike) return undefined;
  const rows = new (first.constructor as Float64ArrayConstructor)(values.length * first.length);
  values.forEach((value, env) => {
    if (value !== undefined) rows.set(value as Float64Array, env * first.length);
  });
  return rows;
}

function listOf(values: Values): unknown[] {
  return values.map((value) => value ?? null);
}

function isTypedArray(value: unknown): value is Float64Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
