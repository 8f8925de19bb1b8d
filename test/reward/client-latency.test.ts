import { describe, expect, it } from "vitest";
import { clientLatencyQuantile } from "../../src/reward/client-latency.js";

const bounds = Float64Array.of(0.1, 0.2, 0.4, Number.POSITIVE_INFINITY);

describe("clientLatencyQuantile", () => {
  it.each([
    [0, 0],
    [0.25, 0.05],
    [0.5, 0.1],
    [0.6, 0.15],
    [0.7, 0.2],
    [0.8, 0.3],
    [0.95, 0.4],
    [1, 0.4],
  ])("interpolates within the bucket as Prometheus does: quantile %d is %d s", (quantile, seconds) => {
    const counts = Float64Array.of(50, 70, 90, 100);
    expect(clientLatencyQuantile(quantile, bounds, counts, 0)).toBeCloseTo(seconds, 12);
  });

  it("is infinite where requests came and none was answered", () => {
    expect(clientLatencyQuantile(0.5, bounds, new Float64Array(4), 1)).toBe(Number.POSITIVE_INFINITY);
  });

  it("is NaN where no request came", () => {
    expect(clientLatencyQuantile(0.5, bounds, new Float64Array(4), 0)).toBeNaN();
  });

  it("refuses a quantile in percent", () => {
    expect(() => clientLatencyQuantile(95, bounds, new Float64Array(4), 0)).toThrow(
      "Expected quantile to be a number from 0 to 1, got 95 (number).",
    );
  });
});
