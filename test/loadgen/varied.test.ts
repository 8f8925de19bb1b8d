import { describe, expect, it } from "vitest";
import { type VariedOptions, varied } from "../../src/loadgen/varied.js";

/** The rates of a whole day, as shares of the reference rate. */
function day(options: VariedOptions, index: number): Float32Array {
  const request = { seed: 3n, split: "train", offsetSeconds: 0, durationSeconds: 86_400, referenceRate: 1 } as const;
  return varied(options).series({ ...request, index }).rates;
}

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe("varied", () => {
  it("keeps between its levels where there are neither bursts nor noise", () => {
    for (let index = 0; index < 50; index++) {
      const rates = day({ low: 0.1, high: 0.6, burst: 0, noise: 0 }, index);
      expect(Math.min(...rates)).toBeGreaterThanOrEqual(0.1 - 1e-6);
      expect(Math.max(...rates)).toBeLessThanOrEqual(0.6 + 1e-6);
    }
  });

  it("is one level where the lowest and the highest are the same", () => {
    expect(new Set(day({ low: 0.5, high: 0.5, burst: 0, noise: 0 }, 0))).toEqual(new Set([0.5]));
  });

  it("has days of every level, from a twentieth of the reference rate to a half of it and more", () => {
    const levels = Array.from({ length: 200 }, (_, index) => mean(day({}, index))).sort((a, b) => a - b);
    expect(levels[4]).toBeLessThan(0.06);
    expect(levels[195]).toBeGreaterThan(0.5);
  });

  it("keeps to no clock: the mean of many days is nearly the same at every hour", () => {
    const days = Array.from({ length: 400 }, (_, index) => day({}, index));
    const hours = Array.from({ length: 24 }, (_, hour) =>
      mean(days.map((rates) => mean(rates.subarray(hour * 120, (hour + 1) * 120)))),
    );
    const all = mean(hours);
    for (const level of hours) expect(Math.abs(level / all - 1)).toBeLessThan(0.1);
  });

  it.each([
    [{ low: 0 }, "Expected low to be a share of the reference rate from 0.001 to 1, got 0 (number)."],
    [{ low: 0.5, high: 0.4 }, "Expected high to be a share of the reference rate from 0.5 to 1, got 0.4 (number)."],
    [{ burst: 2 }, "Expected burst to be a share of the reference rate from 0 to 1, got 2 (number)."],
  ])("refuses %o", (options, message) => {
    expect(() => varied(options)).toThrow(message);
  });
});
