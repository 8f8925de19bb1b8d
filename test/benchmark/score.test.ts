import { describe, expect, it } from "vitest";
import {
  interquartileMean,
  interquartileMeanScore,
  performanceProfile,
  probabilityOfImprovement,
  scoresOf,
} from "../../src/benchmark/score.js";

const low = [
  [0.1, 0.2, 0.3, 0.4],
  [0.5, 0.6, 0.7, 0.8],
];
const high = low.map((row) => row.map((score) => score + 0.05));

describe("scoresOf", () => {
  it("puts the best static at 0 and the oracle at 1, on average", () => {
    const [statics, oracles] = [
      [-8, -10],
      [-4, -5],
    ];
    const mean = (scores: readonly number[]) => (scores[0]! + scores[1]!) / 2;
    expect(scoresOf(statics, statics, oracles)).toEqual([0, 0]);
    expect(mean(scoresOf(oracles, statics, oracles))).toBeCloseTo(1, 12);
    expect(mean(scoresOf([-6, -7.5], statics, oracles))).toBeCloseTo(0.5, 12);
  });

  it("refuses days on which nothing is to be won", () => {
    expect(() => scoresOf([-1], [-1], [-2])).toThrow(
      "Expected oracles to be a greater mean than that of statics, got -2 (number).",
    );
  });
});

describe("interquartileMean", () => {
  it("leaves a quarter out at each end, by shares where a value is cut", () => {
    expect(interquartileMean([100, 1, 2, -100])).toBe(1.5);
    expect(interquartileMean([3])).toBe(3);
    // Of six, the middle three: half of the second, the third, the fourth, half of the fifth.
    expect(interquartileMean([0, 1, 2, 3, 4, 50])).toBeCloseTo((0.5 * 1 + 2 + 3 + 0.5 * 4) / 3, 12);
  });
});

describe("interquartileMeanScore", () => {
  it("gives an interval around the value, the same each time", () => {
    const estimate = interquartileMeanScore(low);
    expect(estimate.value).toBeCloseTo(0.45, 12);
    expect(estimate.low).toBeLessThan(0.45);
    expect(estimate.high).toBeGreaterThan(0.45);
    expect(interquartileMeanScore(low)).toEqual(estimate);
  });
});

describe("probabilityOfImprovement", () => {
  it("compares day by day: what is always a little better is surely better", () => {
    expect(probabilityOfImprovement(high, low)).toEqual({ value: 1, low: 1, high: 1 });
    expect(probabilityOfImprovement(low, low).value).toBe(0.5);
  });

  it("refuses tables of other shapes", () => {
    expect(() => probabilityOfImprovement(low, [[1]])).toThrow(
      'Expected others to be scores of shape [4,4], got "[1]" (string).',
    );
  });
});

describe("performanceProfile", () => {
  it("falls from 1 to 0", () => {
    expect(performanceProfile(low, [0, 0.35, 0.9])).toEqual([1, 0.625, 0]);
  });
});
