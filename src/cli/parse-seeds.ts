/** Seeds as the command line gives them: of any size. @module */

/** The most seeds that a bare number may stand for. */
const MAX_COUNT = 100_000;

/** A seed, or undefined where the text is no non-negative integer. */
export function parseSeed(text: string): bigint | undefined {
  return /^\d+$/.test(text.trim()) ? BigInt(text.trim()) : undefined;
}

/** `5` as 0 to 4, `3,8,13` as themselves, `7,` as 7 alone; undefined for anything else, and where a seed occurs twice. */
export function parseSeeds(text: string): bigint[] | undefined {
  if (!text.includes(",")) {
    const count = parseSeed(text);
    if (count === undefined || count < 1n || count > MAX_COUNT) return undefined;
    return Array.from({ length: Number(count) }, (_, index) => BigInt(index));
  }
  const seeds = text.replace(/,\s*$/, "").split(",").map(parseSeed);
  const known = seeds.filter((seed) => seed !== undefined);
  return known.length === seeds.length && new Set(known).size === known.length ? known : undefined;
}
