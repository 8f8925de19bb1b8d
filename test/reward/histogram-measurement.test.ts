import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LATENCY_BUCKETS } from "../../src/metrics/latency-buckets.js";
import { HistogramMeasurement } from "../../src/reward/histogram-measurement.js";
import { anyStep, step } from "./step.js";

describe("HistogramMeasurement", () => {
  it("counts the requests answered after a bound, or never", () => {
    const measured = step({ latencies: [0.05, 0.1, 0.2, 40], failed: 2 });
    expect([0.05, 0.1, 0.25, 30].map((target) => measured.requestsBeyond(target))).toEqual([5, 4, 3, 3]);
    expect(measured.answered).toBe(4);
  });

  it("counts fewer requests beyond a later bound, and never fewer than failed", () => {
    fc.assert(
      fc.property(anyStep, (measured) => {
        const beyond = LATENCY_BUCKETS.map((bound) => measured.requestsBeyond(bound));
        expect(beyond).toEqual([...beyond].sort((a, b) => b - a));
        expect(beyond.at(-1)).toBeGreaterThanOrEqual(measured.failed);
      }),
    );
  });

  it("leaves its counts alone when asked for a quantile", () => {
    const measured = new HistogramMeasurement();
    measured.counts.set([2, 1], measured.counts.length - 2);
    measured.latencyQuantileSeconds(0.5);
    expect([...measured.counts.subarray(-2)]).toEqual([2, 1]);
  });

  it("takes failures alone for the worst latency", () => {
    expect(step({ arrivals: 0, failed: 3 }).latencyQuantileSeconds(0.95)).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([0.2, Number.POSITIVE_INFINITY, Number.NaN])("refuses to count beyond %d, which is no bound", (target) => {
    expect(() => new HistogramMeasurement().requestsBeyond(target)).toThrow(
      `Expected targetSeconds to be a bound of the latency histogram (${LATENCY_BUCKETS.join(", ")}), got `,
    );
  });
});
