import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PromqlProfile } from "../../../src/metrics/promql/sample-window.js";
import { evaluate } from "./evaluate.js";

/** Prometheus's rule written out over a list of samples 10 s apart, the last at the time of evaluation. */
function expected(
  fn: string,
  samples: readonly (number | null)[],
  range: number,
  offset: number,
  profile: PromqlProfile,
): number {
  const now = (samples.length - 1) * 10;
  const [start, end] = [now - offset - range, now - offset];
  const inside = samples
    .map((value, k) => ({ time: k * 10, value }))
    .filter(({ time, value }) => value !== null && time <= end && (profile === "prom2" ? time >= start : time > start));
  if (inside.length < 2) return Number.NaN;
  const [first, last] = [inside[0]!, inside.at(-1)!];
  let difference = last.value! - first.value!;
  if (fn !== "delta") {
    for (let k = 1; k < inside.length; k++) {
      if (inside[k]!.value! < inside[k - 1]!.value!) difference += inside[k - 1]!.value!;
    }
  }
  const interval = last.time - first.time;
  const spacing = interval / (inside.length - 1);
  let toStart = first.time - start;
  let toEnd = end - last.time;
  const toZero =
    fn !== "delta" && difference > 0 && first.value! >= 0
      ? interval * (first.value! / difference)
      : Number.POSITIVE_INFINITY;
  if (profile === "prom2") toStart = Math.min(toStart, toZero);
  if (toStart >= spacing * 1.1) toStart = spacing / 2;
  if (profile === "prom3") toStart = Math.min(toStart, toZero);
  if (toEnd >= spacing * 1.1) toEnd = spacing / 2;
  const factor = (interval + toStart + toEnd) / interval;
  return difference * (fn === "rate" ? factor / range : factor);
}

describe("rate", () => {
  const steady = { x: [1000, 1010, 1020, 1030, 1040, 1050, 1060] };
  it("reaches over the range's start by less than a sample's distance in prom3, whose range is open on the left", () => {
    // (0, 60]: samples at 10…60, 50 in 50 s, stretched by 10 s at the start.
    expect(evaluate("rate(x[60s])", steady)).toBe(50 * (60 / 50 / 60));
  });
  it("takes the sample at the range's start in prom2, whose range is closed", () => {
    expect(evaluate("rate(x[60s])", steady, "prom2")).toBe(60 * (60 / 60 / 60));
  });
  it("covers exactly the last step with $__rate_interval", () => {
    const jump = { x: [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1010, 1010, 1010, 1010, 1010, 1010] };
    expect(evaluate("increase(x[$__rate_interval])", jump)).toBe(10 * (70 / 60));
    expect(evaluate("rate(x[$__rate_interval])", jump)).toBe(10 * (70 / 60 / 70));
  });
  it("stretches by half a distance where the series began within the range", () => {
    // Samples at 40, 50, 60 of (0, 60]: 20 in 20 s, and 5 s before them.
    const late = { x: [null, null, null, null, 100, 110, 120] };
    expect(evaluate("increase(x[60s])", late)).toBe(20 * ((20 + 5 + 0) / 20));
  });
  it("never stretches a counter below 0", () => {
    const young = { x: [null, null, null, null, null, 2, 12] };
    // 10 in 10 s from 2: zero was 2 s before.
    expect(evaluate("increase(x[60s])", young)).toBe(10 * ((10 + 2) / 10));
    expect(evaluate("delta(x[60s])", young)).toBe(10 * ((10 + 5) / 10));
  });
  it("adds what a counter had before a reset", () => {
    expect(evaluate("increase(x[60s])", { x: [90, 100, 105, 3, 8, 9, 10] })).toBe(15 * (60 / 50));
    expect(evaluate("delta(x[60s])", { x: [90, 100, 105, 3, 8, 9, 10] })).toBe(-90 * (60 / 50));
  });
  it("is empty with fewer than two samples", () => {
    expect(evaluate("rate(x[10s])", steady)).toBeNaN();
    expect(evaluate("rate(x[60s])", { x: [5] })).toBeNaN();
  });
  it("goes on over a gap, with the samples that are there", () => {
    expect(evaluate("increase(x[60s])", { x: [1000, 1010, null, null, 1040, 1050, 1060] })).toBe(50 * ((50 + 10) / 50));
  });
  it("takes the last two samples for irate, and a reset for a start at 0", () => {
    expect(evaluate("irate(x[60s])", steady)).toBe(1);
    expect(evaluate("irate(x[60s])", { x: [1000, 1010, null, 7] })).toBe(7 / 20);
  });
  it("equals Prometheus's rule for any samples, ranges and offsets, in both profiles", () => {
    const sample = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 50 }) },
      { weight: 1, arbitrary: fc.constant(null) },
    );
    fc.assert(
      fc.property(
        fc.array(sample, { minLength: 1, maxLength: 25 }),
        fc.boolean(),
        fc.integer({ min: 5, max: 150 }),
        fc.integer({ min: 0, max: 70 }),
        fc.constantFrom("rate", "increase", "delta"),
        fc.constantFrom<PromqlProfile>("prom2", "prom3"),
        (samples, growing, range, offset, fn, profile) => {
          let sum = 0;
          const add = (value: number | null): number | null => {
            sum += value ?? 0;
            return value === null ? null : sum;
          };
          const x = growing ? samples.map(add) : samples;
          const got = evaluate(`${fn}(x[${range}s] offset ${offset}s)`, { x }, profile);
          // Whole steps back are looked up, and only where the sample then was evaluated.
          if (offset === 60 && (samples.length - 1) % 6 !== 0) return;
          expect(got).toBe(expected(fn, x, range, offset, profile));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
