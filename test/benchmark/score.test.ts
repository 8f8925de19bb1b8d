import fc from "fast-check";
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
  const [statics, oracles] = [
    [-8, -10],
    [-4, -5],
  ];

  it("puts the best static at exactly 0 and the oracle at exactly 1, on every day", () => {
    expect(scoresOf(statics, statics, oracles)).toEqual([0, 0]);
    expect(scoresOf(oracles, statics, oracles)).toEqual([1, 1]);
    expect(scoresOf([-6, -7.5], statics, oracles)).toEqual([0.5, 0.5]);
  });

  it("does so for whatever days there are, as long as something is to be won on each", () => {
    const usd = fc.double({ min: -100, max: 0, noNaN: true });
    const day = fc.tuple(usd, fc.double({ min: 1, max: 9, noNaN: true }));
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 20 }), (days) => {
        const held = days.map(([sum]) => sum);
        const best = days.map(([sum, gain]) => sum + gain);
        expect(scoresOf(best, held, best)).toEqual(days.map(() => 1));
        expect(scoresOf(held, held, best)).toEqual(days.map(() => 0));
      }),
    );
  });

  it("takes a tenth of the mean as the scale of a day with less to win, or with less than nothing", () => {
    // 10, 0 and -1 are to be won: 3 on average.
    const [held, best] = [
      [-12, -5, -4],
      [-2, -5, -5],
    ];
    expect(scoresOf(best, held, best)).toEqual([1, 1, 1]);
    const [first, none, less] = scoresOf([-7, -5.3, -5.15], held, best) as [number, number, number];
    expect(first).toBe(0.5);
    expect(none).toBeCloseTo(0, 12);
    expect(less).toBeCloseTo(0.5, 12);
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
