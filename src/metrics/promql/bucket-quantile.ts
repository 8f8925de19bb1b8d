/** Quantiles and fractions of classic histograms. @module */
import type { PromqlProfile } from "./sample-window.js";

/** Relative difference below which `prom3` takes two neighbouring buckets as equal. */
export const TOLERANCE = 1e-12;

/** A bucket's bound, or undefined where `le` is not a number. */
export function boundOf(le: string | undefined): number | undefined {
  if (le === undefined || le.trim() === "") return undefined;
  if (/^\+?inf(inity)?$/i.test(le)) return Number.POSITIVE_INFINITY;
  const bound = Number(le);
  return Number.isNaN(bound) ? undefined : bound;
}

/**
 * The quantile by linear interpolation within its bucket.
 * @param counts - Cumulative counts of the first `n` buckets; made monotonic in place.
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 */
export function bucketQuantile(
  quantile: number,
  uppers: Float64Array,
  counts: Float64Array,
  n: number,
  profile: PromqlProfile,
): number {
  if (Number.isNaN(quantile)) return Number.NaN;
  if (quantile < 0) return Number.NEGATIVE_INFINITY;
  if (quantile > 1) return Number.POSITIVE_INFINITY;
  if (uppers[n - 1] !== Number.POSITIVE_INFINITY || n < 2) return Number.NaN;
  makeMonotonic(counts, n, profile);
  const observations = counts[n - 1]!;
  if (observations === 0) return Number.NaN;
  const rank = quantile * observations;
  const bucket = firstAtLeast(counts, n - 1, rank);
  if (bucket === n - 1) return uppers[n - 2]!;
  return quantileInBucket(bucket, rank, bucket === 0 ? 0 : counts[bucket - 1]!, counts[bucket]!, uppers);
}

/** Linear interpolation within a bucket, from the count below it to its own. The lowest begins at 0, unless its bound is not above 0. */
function quantileInBucket(bucket: number, rank: number, below: number, count: number, uppers: Float64Array): number {
  const end = uppers[bucket]!;
  if (bucket === 0) return end <= 0 ? end : end * (rank / count);
  const start = uppers[bucket - 1]!;
  return start + (end - start) * ((rank - below) / (count - below));
}

/** The first of `n` ascending counts that is at least `rank`, or `n`; with NaN among them, the one Go's search meets. */
function firstAtLeast(counts: Float64Array, n: number, rank: number): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (counts[middle]! >= rank) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Lifts counts to the highest before them; `prom3` also levels differences that are only rounding. */
function makeMonotonic(counts: Float64Array, n: number, profile: PromqlProfile): void {
  const tolerance = profile === "prom3" ? 2 * TOLERANCE : 0;
  let highest = counts[0]!;
  for (let k = 1; k < n; k++) {
    const count = counts[k]!;
    // The first test is the common case; what is near enough is looked at exactly.
    if (count - highest > (count + highest) * tolerance) highest = count;
    else if (count === highest) continue;
    else if (count < highest || (profile === "prom3" && almostEqual(count, highest))) counts[k] = highest;
    else if (profile === "prom3") highest = count;
  }
}

function almostEqual(a: number, b: number): boolean {
  const size = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || size < 2 ** -1022) return difference < TOLERANCE * 2 ** -1022;
  return difference / Math.min(size, Number.MAX_VALUE) < TOLERANCE;
}

/**
 * The share of observations between two bounds, linear within a bucket.
 * @param counts - Cumulative counts; made monotonic in place.
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_fraction
 */
export function bucketFraction(lower: number, upper: number, uppers: Float64Array, counts: Float64Array): number {
  const n = uppers.length;
  if (uppers[n - 1] !== Number.POSITIVE_INFINITY) return Number.NaN;
  makeMonotonic(counts, n, "prom3");
  const total = counts[n - 1]!;
  if (total === 0 || Number.isNaN(lower) || Number.isNaN(upper) || Number.isNaN(total)) return Number.NaN;
  if (lower >= upper) return 0;
  // Up to +Inf, what the open last bucket holds lies above any lower bound; elsewhere it is left out.
  const skipsOpen = upper !== Number.POSITIVE_INFINITY;
  const between = observationsBelow(upper, uppers, counts, false) - observationsBelow(lower, uppers, counts, skipsOpen);
  return Math.max(0, between) / total;
}

/**
 * How many observations are at most `value`. The lowest bucket begins at 0, or at -∞ where its bound is not above 0.
 * A bucket without an end is not divided: `whole` says whether all of it counts as below a value within it.
 */
function observationsBelow(value: number, uppers: Float64Array, counts: Float64Array, whole: boolean): number {
  const n = uppers.length;
  let k = 0;
  while (k < n && uppers[k]! < value) k++;
  if (k === n) return counts[n - 1]!;
  const below = k === 0 ? 0 : counts[k - 1]!;
  const start = k > 0 ? uppers[k - 1]! : uppers[0]! > 0 ? 0 : Number.NEGATIVE_INFINITY;
  const end = uppers[k]!;
  if (value <= start) return below;
  if (value === end) return counts[k]!;
  if (!Number.isFinite(start) || !Number.isFinite(end)) return whole ? counts[k]! : below;
  return below + (counts[k]! - below) * ((value - start) / (end - start));
}
