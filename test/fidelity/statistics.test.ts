/** The statistics of a comparison. @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareSides, figuresOf, kendallTau, pairedDifference, planRun, pool } from "../../src/fidelity/index.js";
import { studentQuantile } from "../../src/fidelity/paired-difference.js";
import { thrownMessage } from "../thrown-message.js";
import { makeEpisode, makeStep } from "./step-records.js";

describe("kendallTau", () => {
  it("is 1 for the same order, −1 for the reverse, and in between otherwise", () => {
    expect(kendallTau([1, 2, 3], [10, 20, 30])).toBe(1);
    expect(kendallTau([1, 2, 3], [3, 2, 1])).toBe(-1);
    expect(kendallTau([1, 2, 3], [1, 3, 2])).toBeCloseTo(1 / 3);
  });

  it("counts the pairs that are named, and none is NaN", () => {
    expect(kendallTau([1, 2, 3], [1, 3, 2], [[0, 1]])).toBe(1);
    expect(kendallTau([1, 2, 3], [1, 3, 2], [])).toBeNaN();
  });
});

describe("pairedDifference", () => {
  it("is the mean with Student's interval where every step is a block", () => {
    const pairs = [3, 5, 4, 8].map((a) => [a, 1] as const);
    const { mean, low, high, isToldApart } = pairedDifference([pairs], 1);
    const error = Math.sqrt((4 + 0 + 1 + 9) / 3 / 4);
    expect(mean).toBe(4);
    expect(high - mean).toBeCloseTo(studentQuantile(3) * error, 12);
    expect(mean - low).toBeCloseTo(studentQuantile(3) * error, 12);
    expect(isToldApart).toBe(mean > studentQuantile(3) * error);
  });

  it("is antisymmetric", () => {
    const values = fc.array(fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.integer()), {
      minLength: 8,
      maxLength: 40,
    });
    fc.assert(
      fc.property(values, (pairs) => {
        const there = pairedDifference([pairs]);
        const back = pairedDifference([pairs.map(([a, b]) => [b, a] as const)]);
        expect(back.mean).toBeCloseTo(-there.mean, 6);
        expect(back.isToldApart).toBe(there.isToldApart);
      }),
    );
  });

  it("tells nothing apart by one block", () => {
    expect(pairedDifference([[[1, 2]]])).toEqual({ mean: -1, low: -Infinity, high: Infinity, isToldApart: false });
  });
});

describe("studentQuantile", () => {
  it("follows the tables beyond its own", () => {
    expect(studentQuantile(10)).toBe(2.228);
    expect(studentQuantile(40)).toBeCloseTo(2.0211, 4);
    expect(studentQuantile(120)).toBeCloseTo(1.97993, 3);
  });
});

describe("pool", () => {
  it("weighs latencies by requests, and utilization by steps", () => {
    const pooled = pool([
      makeStep({ answered: 100, meanSeconds: 0.1, utilization: 0.2 }),
      makeStep({ answered: 300, meanSeconds: 0.2, utilization: 0.4 }),
    ]);
    expect(pooled.meanSeconds).toBeCloseTo(0.175);
    expect(pooled.utilization).toBeCloseTo(0.3);
    expect(pooled.costUsd).toBeCloseTo(0.02);
  });

  it("takes the percentile of all requests, not of the steps", () => {
    expect(pool([makeStep(), makeStep()]).p95Seconds).toBeCloseTo(0.0495);
    expect(pool([makeStep({ answered: 0, within: makeStep().within.map(() => 0) })]).p95Seconds).toBeNaN();
  });

  it("leaves out what is not known", () => {
    expect(pool([makeStep({ utilization: null }), makeStep()]).utilization).toBe(0.5);
    expect(pool([makeStep()]).rawStepP95Seconds).toBeNaN();
  });
});

describe("compareSides", () => {
  const utilizations = [0.2, 0.5, 0.7, 0.9, 0.9, 1];
  const sideOf = (name: string, seconds: (utilization: number) => number) =>
    makeEpisode(name, "static:4", "1", 6, (step) => {
      const utilization = utilizations[step]!;
      return { utilization, meanSeconds: seconds(utilization), reward: name === "local" ? -0.01 : -0.011 };
    });
  const sides = compareSides(
    ["static:4"],
    [sideOf("local", () => 0.03)],
    [sideOf("simulated", (utilization) => (utilization > 0.8 ? 0.036 : 0.03))],
  );

  it("compares the steps of all policies by how loaded the reference was", () => {
    expect(sides.bands.map(({ from, to, reference }) => [from, to, reference.steps])).toEqual([
      [0, 0.3, 1],
      [0.3, 0.6, 1],
      [0.6, 0.8, 1],
      [0.8, 0.95, 2],
      [0.95, null, 1],
    ]);
    expect(sides.bands.map(({ errors }) => Number(errors.meanSeconds.toFixed(6)))).toEqual([0, 0, 0, 0.2, 0.2]);
  });

  it("gives figures of each band, and of the rewards by step and by episode", () => {
    const figures = new Map(figuresOf(sides).map(({ name, value }) => [name, value]));
    expect(figures.get("fidelity.rho80to95.steps")).toBe(2);
    expect(figures.get("fidelity.rho80to95.meanLatencyRelativeError")).toBeCloseTo(0.2);
    expect(figures.get("fidelity.rho95up.p95RelativeError")).toBe(0);
    expect(figures.get("fidelity.rewardRelativeError")).toBeCloseTo(0.1);
    expect(figures.get("fidelity.episodeRewardRelativeError")).toBeCloseTo(0.1);
  });
});

describe("planRun", () => {
  const times = { stepWallSeconds: 5, startWallSeconds: 30, resetWallSeconds: 4 };

  it("makes the episodes as long as the time allows", () => {
    const budget = { wallSeconds: 1740, policies: 6, seeds: 3, calibrationEpisodes: 6, ...times };
    expect(planRun(budget)).toEqual({ steps: 15, calibrationSteps: 8 });
  });

  it("says how long it needs at least", () => {
    const budget = { wallSeconds: 60, policies: 2, seeds: 2, calibrationEpisodes: 0, ...times };
    expect(thrownMessage(() => planRun(budget))).toBe(
      "Expected for to be at least 126 (seconds) for all that is to be run, got 60 (number).",
    );
  });
});
