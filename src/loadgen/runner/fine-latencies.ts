/** Counts of latencies in buckets so narrow that quantiles are as good as from the latencies themselves. @module */

/** From 10 µs, each bucket reaches 0.5 % further than the one before, up to 10 min. */
const FROM = 1e-5;
const STEP = Math.log(1.005);
/** Number of buckets. */
export const FINE_COUNT = 3600;

/** The bucket of a latency. Unit: seconds. */
export function fineBucket(seconds: number): number {
  const bucket = Math.ceil(Math.log(seconds / FROM) / STEP);
  return Math.min(FINE_COUNT - 1, Math.max(0, bucket));
}

/**
 * A quantile of the latencies counted, to a quarter of a percent: the middle of its bucket.
 * @param counts - By bucket, not cumulative: of length {@link FINE_COUNT}.
 * @returns Unit: seconds; NaN where none was counted.
 */
export function fineQuantile(counts: ArrayLike<number>, share: number): number {
  let all = 0;
  for (let b = 0; b < counts.length; b++) all += counts[b]!;
  let left = share * all;
  for (let b = 0; all > 0 && b < counts.length; b++) {
    left -= counts[b]!;
    if (left <= 0) return FROM * Math.exp((b - 0.5) * STEP);
  }
  return Number.NaN;
}

/** Counts as JSON: the buckets that are not empty, as [bucket, count]. */
export function fineCountsText(counts: Float64Array): string {
  const pairs: (readonly [number, number])[] = [];
  counts.forEach((count, bucket) => {
    if (count > 0) pairs.push([bucket, count]);
  });
  return JSON.stringify(pairs);
}

/** Counts from that JSON. */
export function parseFineCounts(text: string): Float64Array {
  const counts = new Float64Array(FINE_COUNT);
  for (const [bucket, count] of JSON.parse(text) as [number, number][]) counts[bucket] = count;
  return counts;
}
