/** How alike two rankings are. @module */

/**
 * Kendall's τ over some pairs: those in the same order less those in the other, over all. A tie on one side counts for neither.
 *
 * @param a - The values of one ranking.
 * @param b - Those of the other.
 * @param pairs - The pairs that count, by index. @defaultValue all
 * @returns From −1 to 1; NaN without a pair.
 * @see M. Kendall, "A new measure of rank correlation", Biometrika 30 (1938)
 */
export function kendallTau(
  a: readonly number[],
  b: readonly number[],
  pairs: readonly (readonly [number, number])[] = allPairs(a.length),
): number {
  const agreement = pairs.map(([i, j]) => Math.sign(a[i]! - a[j]!) * Math.sign(b[i]! - b[j]!));
  return agreement.reduce((sum, sign) => sum + sign, 0) / pairs.length;
}

/** Every pair of so many things, the lower index first. */
export function allPairs(count: number): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) pairs.push([i, j]);
  return pairs;
}
