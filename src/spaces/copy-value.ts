/** Copies of observations and actions. @module */

/**
 * A copy of a value of a space, which shares no memory with it: of each array its own elements alone, where `structuredClone` takes
 * all of the buffer that it lies in, and longer.
 */
export function copyValue<T>(value: T): T {
  return copyOf(value) as T;
}

function copyOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  // By name for the usual type, which takes half the time of `slice`.
  if (value instanceof Float32Array) return new Float32Array(value);
  if (ArrayBuffer.isView(value)) return (value as Uint8Array).slice();
  if (Array.isArray(value)) return value.map(copyOf);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)]));
}
