import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootstrapMean } from "../../src/benchmark/bootstrap-mean.js";
import { createRng } from "../../src/rng.js";

describe("bootstrapMean", () => {
  it("holds the mean between its ends, and both between the least and the greatest value", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(values, (numbers) => {
        const { mean, low, high } = bootstrapMean(numbers, { resamples: 50 });
        const slack = 1e-9 * Math.max(1, ...numbers.map(Math.abs));
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...numbers) - slack);
        expect(high).toBeLessThanOrEqual(Math.max(...numbers) + slack);
        expect(mean).toBeCloseTo(numbers.reduce((sum, number) => sum + number, 0) / numbers.length, 6);
      }),
    );
  });

  it("gives the same interval for the same values", () => {
    expect(bootstrapMean([1, 2, 4, 8])).toEqual(bootstrapMean([1, 2, 4, 8]));
  });

  it("has no width where all values are equal", () => {
    expect(bootstrapMean([0.1, 0.1, 0.1])).toEqual({ mean: 0.1, low: 0.1, high: 0.1 });
  });

  it("comes near the normal interval of 400 normal draws", () => {
    const values = [...createRng(5).normal(0, 1, 400)];
    const { mean, low, high } = bootstrapMean(values);
    expect(high - mean).toBeCloseTo(1.96 / 20, 1.7);
    expect(mean - low).toBeCloseTo(1.96 / 20, 1.7);
  });

  it("is NaN throughout where a value is", () => {
    expect(bootstrapMean([1, Number.NaN])).toEqual({ mean: Number.NaN, low: Number.NaN, high: Number.NaN });
  });

  it("refuses to sum up nothing", () => {
    expect(() => bootstrapMean([])).toThrow("Expected values to be at least one number, got [] (array).");
  });
});
