/** Response times as the client sees them, read off a histogram. @module */
import { InvalidOptionError } from "../errors.js";
import { bucketQuantile } from "../metrics/promql/bucket-quantile.js";

/**
 * A quantile of the response times of one step, by the rule of Prometheus's `histogram_quantile`, with one difference:
 * where requests came or failed and none was answered, it is the worst there is.
 *
 * @param quantile - In [0, 1].
 * @param bounds - Upper bounds of the buckets, ascending, the last one +Infinity. Unit: seconds.
 * @param counts - Answers within each bound: cumulative, same length. Rounding errors are made monotonic in place.
 * @param unanswered - Requests that came or failed; only asked where there is no answer.
 * @returns Unit: seconds; +Infinity where requests were left without any answer, NaN where there were none.
 * @throws InvalidOptionError for a quantile outside [0, 1]
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 */
export function clientLatencyQuantile(
  quantile: number,
  bounds: Float64Array,
  counts: Float64Array,
  unanswered: number,
): number {
  if (!(quantile >= 0 && quantile <= 1)) throw new InvalidOptionError("quantile", "a number from 0 to 1", quantile);
  const answered = counts[counts.length - 1]!;
  if (answered > 0) return bucketQuantile(quantile, bounds, counts, bounds.length, "prom3");
  return unanswered > 0 ? Number.POSITIVE_INFINITY : Number.NaN;
}
