/** Fine counts against the latencies themselves. @module */
import { describe, expect, it } from "vitest";
import {
  FINE_COUNT,
  fineBucket,
  fineCountsText,
  fineQuantile,
  parseFineCounts,
} from "../../../src/loadgen/runner/fine-latencies.js";
import { createRng } from "../../../src/rng.js";

function countsOf(latencies: readonly number[]): Float64Array {
  const counts = new Float64Array(FINE_COUNT);
  for (const latency of latencies) counts[fineBucket(latency)]!++;
  return counts;
}

describe("fineQuantile", () => {
  it("is within half a percent of the sorted latencies' own", () => {
    const rng = createRng(1);
    const latencies = Array.from({ length: 999 }, () => -0.05 * Math.log(1 - rng.random()));
    const sorted = latencies.toSorted((a, b) => a - b);
    for (const share of [0.01, 0.5, 0.95, 0.999]) {
      const exact = sorted[Math.ceil(share * sorted.length) - 1]!;
      expect(Math.abs(fineQuantile(countsOf(latencies), share) / exact - 1)).toBeLessThan(0.005);
    }
  });

  it("is NaN of nothing, and cut at the ends", () => {
    expect(fineQuantile(new Float64Array(FINE_COUNT), 0.95)).toBeNaN();
    expect(fineBucket(0)).toBe(0);
    expect(fineBucket(1e6)).toBe(FINE_COUNT - 1);
  });
});

describe("fineCountsText", () => {
  it("is what parseFineCounts makes the same counts of", () => {
    const counts = countsOf([0.001, 0.02, 0.02, 3]);
    expect(parseFineCounts(fineCountsText(counts))).toEqual(counts);
    expect(fineCountsText(new Float64Array(FINE_COUNT))).toBe("[]");
  });
});
