import { describe, expect, it } from "vitest";
import { exp, inverseNormal, log } from "../../src/elementary.js";
import { evaluatePromql, type ResultPoint, SampleSet, type SeriesSample } from "../../src/metrics/index.js";
import { LATENCY_BUCKETS } from "../../src/metrics/latency-buckets.js";
import { bucketQuantile } from "../../src/metrics/promql/bucket-quantile.js";
import { createRng } from "../../src/rng.js";

const UPPERS = Float64Array.from([...LATENCY_BUCKETS, Number.POSITIVE_INFINITY]);

/** Distribution function of the standard normal, by bisection of its inverse. */
function normal(x: number): number {
  let [low, high] = [1e-15, 1 - 1e-15];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (inverseNormal(middle) < x) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function p95Of(distribution: (seconds: number) => number): number {
  const counts = UPPERS.map((upper) => (upper === Number.POSITIVE_INFINITY ? 1e6 : 1e6 * distribution(upper)));
  return bucketQuantile(0.95, UPPERS, counts, UPPERS.length, "prom3");
}

/** What a service that answered with these latencies would show. */
function bucketsOf(
  latencies: Float64Array,
): { readonly labels: Record<string, string>; readonly samples: SeriesSample[] }[] {
  return [...UPPERS].map((upper) => {
    const le = upper === Number.POSITIVE_INFINITY ? "+Inf" : String(upper);
    const labels = { __name__: "http_request_duration_seconds_bucket", le };
    const count = latencies.reduce((sum, seconds) => sum + (seconds <= upper ? 1 : 0), 0);
    return {
      labels,
      samples: [
        { t: 0, v: 0 },
        { t: 60_000, v: count },
      ],
    };
  });
}

/** The p95 by the query of a dashboard, and that of the latencies themselves. */
function bothP95(latencies: Float64Array): [byQuery: number, ofSamples: number] {
  const query = "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[2m])))";
  const { result } = evaluatePromql(query, new SampleSet(bucketsOf(latencies)), { timeSeconds: 60 });
  const sorted = latencies.toSorted();
  return [(result as readonly { value: ResultPoint }[])[0]!.value[1], sorted[Math.ceil(0.95 * sorted.length) - 1]!];
}

const means = Array.from({ length: 58 }, (_, k) => 0.015 + k * 0.005);

describe("LATENCY_BUCKETS", () => {
  it("ascends from 1 ms to 30 s with 24 to 30 bounds and holds the usual objectives", () => {
    expect(LATENCY_BUCKETS[0]).toBe(0.001);
    expect(LATENCY_BUCKETS.at(-1)).toBe(30);
    expect(LATENCY_BUCKETS.length).toBeGreaterThanOrEqual(24);
    expect(LATENCY_BUCKETS.length).toBeLessThanOrEqual(30);
    expect(LATENCY_BUCKETS).toEqual([...LATENCY_BUCKETS].sort((a, b) => a - b));
    expect(LATENCY_BUCKETS).toEqual(expect.arrayContaining([0.1, 0.25, 0.5, 1]));
  });
  it("grows by at most a quarter from 40 ms to 1 s", () => {
    const dense = LATENCY_BUCKETS.filter((bound) => bound >= 0.04 && bound <= 1);
    dense.slice(1).forEach((bound, k) => {
      expect(bound / dense[k]!).toBeLessThanOrEqual(1.25 + 1e-12);
    });
  });
  it("gives the p95 of exponential latencies within 3 %", () => {
    for (const mean of means) {
      const error = p95Of((x) => 1 - exp(-x / mean)) / (-mean * log(0.05)) - 1;
      expect(Math.abs(error), `mean ${mean} s`).toBeLessThan(0.03);
    }
  });
  it.each([0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.3])(
    "gives histogram_quantile(0.95, …) within 3 per cent of the p95 of raw samples of mean %d s",
    (mean) => {
      const rng = createRng(7);
      const draws = Float64Array.from({ length: 40_000 }, () => rng.random());
      const shapes = [0.5, 1, 1.5].map((cv) => Math.sqrt(log(1 + cv * cv)));
      const sampled = [
        draws.map((u) => -mean * log(1 - u)),
        ...shapes.map((sigma) =>
          draws.map((u) => mean * exp(sigma * inverseNormal(Math.max(u, 1e-12)) - (sigma * sigma) / 2)),
        ),
      ];
      for (const latencies of sampled) {
        const [byQuery, ofSamples] = bothP95(latencies);
        expect(ofSamples).toBeGreaterThan(0.03);
        expect(Math.abs(byQuery / ofSamples - 1)).toBeLessThan(0.03);
      }
    },
  );
  it.each([0.5, 0.8, 1, 1.5])(
    "gives the p95 of lognormal latencies with coefficient of variation %d within 3 per cent",
    (cv) => {
      const sigma = Math.sqrt(log(1 + cv * cv));
      for (const mean of means) {
        const mu = log(mean) - (sigma * sigma) / 2;
        const p95 = exp(mu + sigma * inverseNormal(0.95));
        if (p95 < 0.04) continue;
        const error = p95Of((x) => normal((log(x) - mu) / sigma)) / p95 - 1;
        expect(Math.abs(error), `mean ${mean} s`).toBeLessThan(0.03);
      }
    },
  );
});
