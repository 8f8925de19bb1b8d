import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hourScale, linearScale, logScale, spanScale } from "../../../src/benchmark/report/axis-scale.js";

/** To the millionth, as no measure is finer. */
const number = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => Math.round(value * 1e6) / 1e6);
const numbers = fc.array(number, { maxLength: 20 });

describe.each([
  ["linearScale", linearScale],
  ["spanScale", spanScale],
  ["logScale", logScale],
])("%s", (_name, scaleOf) => {
  it("places every value and every tick within the axis, in order", () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const scale = scaleOf(values);
        const places = [...values, ...scale.ticks].sort((a, b) => a - b).map(scale.place);
        expect(places.every((place) => place >= -1e-9 && place <= 1 + 1e-9)).toBe(true);
        expect(places.every((place, i) => i === 0 || place >= places[i - 1]! - 1e-9)).toBe(true);
        expect(scale.ticks.length).toBeLessThanOrEqual(30);
      }),
    );
  });
});

describe("linearScale", () => {
  it("begins at 0 and ends at a round number", () => {
    expect(linearScale([3, 880, Number.NaN]).ticks).toEqual([0, 250, 500, 750, 1_000]);
  });
});

describe("logScale", () => {
  it("marks whole decades", () => {
    expect(logScale([0.06, 9, 0]).ticks).toEqual([0.01, 0.1, 1, 10]);
  });
});

describe("hourScale", () => {
  it("marks a day every four hours and an hour every quarter", () => {
    expect(hourScale(24).ticks).toEqual([0, 4, 8, 12, 16, 20, 24]);
    expect(hourScale(1).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});
