import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { streamKey, uniformAt } from "../../src/simulator/stream.js";
import { makeKernel } from "./kernel-parts.js";

const { poissonQuantile } = makeKernel().exports;

const DRAWS = 100_000;

/** P(N = n) for n from 0, in logarithms so that large means do not underflow. */
function probabilities(mean: number): number[] {
  const values: number[] = [];
  let logTerm = -mean;
  for (let n = 0; n < mean + 12 * Math.sqrt(mean) + 20; n++) {
    values.push(Math.exp(logTerm));
    logTerm += Math.log(mean / (n + 1));
  }
  return values;
}

/** χ² over counts with at least ten expected draws, the rest together, as standard deviations above its mean. */
function chiSquareScore(mean: number, seed: bigint): number {
  const [high, low] = streamKey(seed, "poisson");
  const counts = new Map<number, number>();
  for (let i = 0; i < DRAWS; i++) {
    const n = poissonQuantile(uniformAt(high, low, i), mean);
    counts.set(n, (counts.get(n) ?? 0) + 1);
  }
  let chi = 0;
  let bins = 0;
  let restExpected = DRAWS;
  let restSeen = DRAWS;
  probabilities(mean).forEach((probability, n) => {
    const expected = probability * DRAWS;
    if (expected < 10) return;
    const seen = counts.get(n) ?? 0;
    chi += (seen - expected) ** 2 / expected;
    restExpected -= expected;
    restSeen -= seen;
    bins++;
  });
  chi += (restSeen - restExpected) ** 2 / Math.max(restExpected, 1);
  return (chi - bins) / Math.sqrt(2 * bins);
}

describe("poissonQuantile", () => {
  it.each([0.01, 0.5, 2, 5, 7.99, 8.01, 12, 20, 40, 100, 500, 5_000])(
    "gives Poisson counts of mean %d, by a χ² test of 100,000 draws for each of five seeds",
    (mean) => {
      const scores = [1n, 2n, 3n, 4n, 5n].map((seed) => chiSquareScore(mean, seed));
      expect(Math.max(...scores)).toBeLessThan(4.5);
      expect(scores.reduce((sum, score) => sum + score, 0) / 5).toBeLessThan(1.8);
    },
  );

  it.each([9, 20, 100, 1_000])("has the mean and the variance of a Poisson variable of mean %d", (mean) => {
    const steps = 200_000;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < steps; i++) {
      const n = poissonQuantile((i + 0.5) / steps, mean);
      sum += n;
      squares += (n - mean) ** 2;
    }
    expect(sum / steps / mean).toBeCloseTo(1, 4);
    expect(squares / steps / mean).toBeCloseTo(1, 3);
  });

  it("never falls as u rises, nor as the mean rises", () => {
    const u = fc.double({ min: 1e-15, max: 1 - 1e-15, noNaN: true });
    const mean = fc.double({ min: 0, max: 2_000, noNaN: true });
    fc.assert(
      fc.property(u, u, mean, (a, b, m) => poissonQuantile(Math.min(a, b), m) <= poissonQuantile(Math.max(a, b), m)),
      { numRuns: 2_000 },
    );
    for (const m of [8.1, 9, 10, 12, 15, 30]) {
      for (let i = 1; i < 4_000; i++) {
        const tail = 2 ** (-i / 80);
        expect(poissonQuantile(tail, m)).toBeGreaterThanOrEqual(poissonQuantile(tail * 0.99, m));
      }
    }
  });

  it("gives 0 for a mean of 0 or below, and ends for u next to 1", () => {
    expect([poissonQuantile(0.99, 0), poissonQuantile(0.99, -3)]).toEqual([0, 0]);
    expect(poissonQuantile(1 - 2 ** -53, 5)).toBeLessThan(60);
  });
});
