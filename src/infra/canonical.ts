/** One form for equal values, so that comparing them is one walk through both. @module */

/** A copy with sorted keys and without undefined or null members, frozen throughout. */
export function canonical<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(canonical)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
  entries.sort(([a], [b]) => compareText(a, b));
  return Object.freeze(Object.fromEntries(entries.map(([key, member]) => [key, canonical(member)]))) as T;
}

/** The order of texts by code unit, the same in every locale. Negative, 0 or positive. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether two canonical values are equal: members come in the same order then. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [names, others] = [Object.keys(a), Object.keys(b)];
  if (names.length !== others.length) return false;
  return names.every(
    (name, k) => name === others[k] && equalValues(a[name as keyof typeof a], b[name as keyof typeof b]),
  );
}
