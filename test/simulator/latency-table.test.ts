import { describe, expect, it } from "vitest";
import { LATENCY_BUCKETS } from "../../src/metrics/latency-buckets.js";
import { erlangC, responseWithin } from "../../src/simulator/erlang.js";
import { BUCKETS, responseTable } from "../../src/simulator/latency-table.js";
import { regularizedGamma } from "../../src/simulator/regularized-gamma.js";
import { TABLE_CELLS, utilizationAtRow } from "../../src/simulator/waiting-table.js";
import { makeKernel } from "./kernel-parts.js";

describe("responseTable", () => {
  it("holds the exact distribution at its rows", () => {
    const table = responseTable(1, 8, 50);
    for (const row of [20, 80, 200]) {
      const utilization = utilizationAtRow(row);
      LATENCY_BUCKETS.forEach((bound, b) => {
        const exact = responseWithin(bound, erlangC(8, utilization), 50, 400 * (1 - utilization));
        expect(table[row * BUCKETS + b]).toBeCloseTo(exact, 5);
      });
    }
    expect(table).toHaveLength((TABLE_CELLS + 2) * BUCKETS);
  });
});

describe("regularizedGamma", () => {
  it("is 1 − e^−x for a shape of 1, and Erlang's distribution for a shape of 3", () => {
    for (const x of [0.01, 0.5, 3, 20]) {
      expect(regularizedGamma(1, x)).toBeCloseTo(1 - Math.exp(-x), 11);
      expect(regularizedGamma(3, x)).toBeCloseTo(1 - Math.exp(-x) * (1 + x + (x * x) / 2), 11);
    }
    expect(regularizedGamma(2, 0)).toBe(0);
  });
});

describe("addGammaResponses", () => {
  it.each([
    [0.05, 1],
    [0.2, 0.5],
    [0.03, 2],
  ])(
    "adds a gamma distribution with a mean of %d s and a variation of %d, within half a percent",
    (mean, variation) => {
      const { exports, floats } = makeKernel();
      const { at, view: into } = floats(BUCKETS);
      exports.addGammaResponses(at, 1, mean, (mean * variation) ** 2);
      const shape = 1 / (variation * variation);
      LATENCY_BUCKETS.forEach((bound, b) => {
        expect(Math.abs(into[b]! - regularizedGamma(shape, (shape * bound) / mean))).toBeLessThan(0.005);
      });
    },
  );
});
