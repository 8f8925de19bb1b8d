/** The wording of messages: how a value is shown, and the nearest word to a misspelt one. @module */

/** What an error says about a value it did not expect: `11 (number)`, `"web" (string)`, `NaN`. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return `${JSON.stringify(value)} (string)`;
  if (typeof value === "number") return Number.isFinite(value) ? `${value} (number)` : `${value}`;
  if (typeof value === "bigint") return `${value}n (bigint)`;
  if (typeof value === "boolean") return `${value} (boolean)`;
  if (value === null || value === undefined) return `${value}`;
  if (ArrayBuffer.isView(value))
    return `${value.constructor.name} [${previewOf(value as unknown as ArrayLike<unknown>)}]`;
  if (Array.isArray(value)) return `[${previewOf(value)}] (array)`;
  if (typeof value === "function") return "a function";
  return `an object of ${value.constructor?.name ?? "no class"}`;
}

function previewOf(values: ArrayLike<unknown>): string {
  const shown = Array.from({ length: Math.min(values.length, 8) }, (_, i) => String(values[i])).join(", ");
  return values.length > 8 ? `${shown}, … ${values.length} values` : shown;
}

/** The candidate nearest to a misspelt word, or undefined when none is near. Case does not count. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance, by rows. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, substitution));
    }
    row = next;
  }
  return row[b.length]!;
}

/** The end of a message about an unknown name: the nearest name, or all of them. */
export function suggestion(word: string, candidates: Iterable<string>): string {
  const known = [...candidates];
  const nearest = didYouMean(word, known);
  if (nearest !== undefined) return `Did you mean ${JSON.stringify(nearest)}?`;
  return known.length > 0 ? `Known: ${known.join(", ")}.` : "None is known.";
}
