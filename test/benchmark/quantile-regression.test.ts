import { describe, expect, it } from "vitest";
import { quantileRegression } from "../../src/benchmark/quantile-regression.js";
import { createRng } from "../../src/rng.js";

describe("quantileRegression", () => {
  it.each([0.1, 0.5, 0.9, 0.98])("has a share of %d of the targets below it", (quantile) => {
    const rng = createRng(1);
    const count = 2_000;
    const inputs = new Float64Array(2 * count);
    const targets = new Float64Array(count);
    for (let row = 0; row < count; row++) {
      const x = 10 * rng.random();
      inputs.set([1, x], 2 * row);
      targets[row] = 3 + 2 * x + (1 + x) * rng.random();
    }
    const [base, slope] = quantileRegression(inputs, targets, 2, quantile) as [number, number];
    const below = targets.filter((target, row) => target < base + slope * inputs[2 * row + 1]!).length;
    expect(below / count).toBeCloseTo(quantile, 1.5);
    expect(base).toBeCloseTo(3 + quantile, 0);
    expect(slope).toBeCloseTo(2 + quantile, 1);
  });

  it("finds the line that all targets lie on", () => {
    const [base, slope] = quantileRegression(Float64Array.of(1, 0, 1, 1, 1, 2), Float64Array.of(1, 3, 5), 2, 0.7);
    expect(base).toBeCloseTo(1, 3);
    expect(slope).toBeCloseTo(2, 3);
  });
});
