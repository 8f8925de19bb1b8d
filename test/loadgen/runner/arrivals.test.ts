/** Arrival times, without a clock: their law, their dispersion, and how they follow a rate. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Arrivals, type RateProfile, type Spacing } from "../../../src/loadgen/runner/arrivals.js";
import { thrownMessage } from "../../thrown-message.js";

const steady = (rate: number): RateProfile => ({ atSeconds: [0], rates: [rate] });

/** The times of all arrivals before an end. */
function timesUntil(end: number, profile: RateProfile, seed = 1n, spacing: Spacing = "poisson"): number[] {
  const arrivals = new Arrivals({ profile, seed, spacing });
  const times: number[] = [];
  for (; arrivals.next < end; arrivals.advance()) times.push(arrivals.next);
  return times;
}

/** The largest distance between the gaps' distribution and the exponential one, times the root of their number. */
function kolmogorovSmirnov(times: readonly number[], rate: number): number {
  const gaps = times.map((time, i) => time - (times[i - 1] ?? 0)).sort((a, b) => a - b);
  const distances = gaps.map((gap, i) => {
    const law = 1 - Math.exp(-rate * gap);
    return Math.max((i + 1) / gaps.length - law, law - i / gaps.length);
  });
  return Math.max(...distances) * Math.sqrt(gaps.length);
}

/** Variance over mean of the counts in slots of 100 ms: 1 for a Poisson process. */
function dispersion(times: readonly number[], end: number): number {
  const counts = new Array<number>(Math.round(end * 10)).fill(0);
  for (const time of times) counts[Math.min(counts.length - 1, Math.floor(time * 10))]!++;
  const mean = times.length / counts.length;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length / mean;
}

describe("Arrivals", () => {
  it.each([50, 200, 1000])("are a Poisson process at %d requests per second", (rate) => {
    const times = timesUntil(60, steady(rate));
    expect(Math.abs(times.length - 60 * rate)).toBeLessThan(4 * Math.sqrt(60 * rate));
    // Kolmogorov's 1 % point is 1.63.
    expect(kolmogorovSmirnov(times, rate)).toBeLessThan(1.63);
    expect(dispersion(times, 60)).toBeGreaterThan(0.8);
    expect(dispersion(times, 60)).toBeLessThan(1.2);
  });

  it("are the same for the same seed, and others for another", () => {
    expect(timesUntil(5, steady(100), 3n)).toEqual(timesUntil(5, steady(100), 3n));
    expect(timesUntil(5, steady(100), 3n)).not.toEqual(timesUntil(5, steady(100), 4n));
  });

  it("are evenly spaced when asked for", () => {
    expect(timesUntil(1, steady(4), 1n, "even")).toEqual([0.25, 0.5, 0.75]);
  });

  it("follow a rate that is linear between knots: the integral grows by 1 from one to the next", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0.1, max: 3, noNaN: true }), fc.double({ min: 0, max: 50, noNaN: true })), {
          minLength: 1,
          maxLength: 6,
        }),
        (pieces) => {
          let at = 0;
          const atSeconds = pieces.map(([width]) => {
            at += width;
            return at;
          });
          const profile = { atSeconds, rates: pieces.map(([, rate]) => rate) };
          const arrivals = new Arrivals({ profile, seed: 0n, spacing: "even" });
          const times: number[] = [];
          for (; arrivals.next < at + 2 && times.length < 200; arrivals.advance()) times.push(arrivals.next);
          times.forEach((time, i) => {
            const from = times[i - 1] ?? 0;
            const knots = [from, ...atSeconds.filter((knot) => knot > from && knot < time), time];
            const grown = knots
              .slice(1)
              .reduce(
                (sum, knot, k) => sum + ((arrivals.rateAt(knots[k]!) + arrivals.rateAt(knot)) / 2) * (knot - knots[k]!),
                0,
              );
            expect(grown).toBeCloseTo(1, 6);
          });
        },
      ),
    );
  });

  it("change in the middle of a gap", () => {
    const arrivals = new Arrivals({ profile: steady(1), seed: 0n, spacing: "even" });
    arrivals.setRate(0.5, 100);
    expect(arrivals.next).toBeCloseTo(0.505, 12);
    arrivals.setRate(0.502, 0);
    expect(arrivals.next).toBe(Infinity);
    arrivals.setRate(9, 2);
    expect(arrivals.next).toBeCloseTo(9.15, 12);
  });

  it("refuse what is no profile", () => {
    const make = (profile: RateProfile) => () => new Arrivals({ profile, seed: 0n, spacing: "poisson" });
    expect(thrownMessage(make({ atSeconds: [0, 1], rates: [1] }))).toBe(
      "Expected profile.rates to be one rate for each of 2 knots, got 1 (number).",
    );
    expect(thrownMessage(make(steady(-1)))).toBe(
      "Expected profile.rates to be finite numbers from 0 (requests per second), got -1 (number).",
    );
    expect(thrownMessage(make({ atSeconds: [1, 1], rates: [1, 1] }))).toBe(
      "Expected profile.atSeconds to be finite and ascending (seconds), got 1 (number).",
    );
  });
});
