/** Results as JSON text, the same bytes for the same values. @module */

/**
 * JSON of plain values and what JSON has no word for: typed arrays are lists, NaN and ±Infinity are the strings `"NaN"`,
 * `"Infinity"` and `"-Infinity"`, and a bigint is a number where that is exact, a string otherwise.
 *
 * @param indent - Spaces per level; 0 writes one line.
 */
export function jsonText(value: unknown, indent = 2): string {
  return `${JSON.stringify(value, writable, indent)}\n`;
}

function writable(_key: string, value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return [...(value as unknown as Iterable<unknown>)];
  return value;
}
