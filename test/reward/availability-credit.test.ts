import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AVAILABILITY_TIERS, availabilityCredit } from "../../src/reward/availability-credit.js";
import { sumOfTerms } from "../../src/reward/sum-of-terms.js";
import { step } from "./step.js";

/** What steps of an hour with 10,000 requests give, one after the other; the month costs 672 USD, so an hour costs 1. */
function creditsOf(failed: readonly number[]): number[] {
  const evaluator = sumOfTerms([availabilityCredit({ usdPerMonth: 672 })]).evaluator();
  return failed.map((n) => evaluator.evaluate(step({ seconds: 3600, failed: n, answers: [[10_000 - n, 0.1]] })));
}

describe("availabilityCredit", () => {
  it("gives back the share of the price that the tiers say", () => {
    expect(creditsOf([0, 5, 6, 100, 101, 500, 501, 10_000])).toEqual([0, 0, -0.1, -0.1, -0.3, -0.3, -1, -1]);
  });

  it("has the tiers of DigitalOcean's App Platform by default", () => {
    expect(AVAILABILITY_TIERS.map(({ below, credit }) => [below, credit])).toEqual([
      [0.9995, 0.1],
      [0.99, 0.3],
      [0.95, 1],
    ]);
  });

  it("is due at the end of the window, for all of its requests", () => {
    const evaluator = sumOfTerms([availabilityCredit({ usdPerMonth: 672, windowSeconds: 180 })]).evaluator();
    const good = step({ answers: [[100, 0.1]] });
    const bad = step({ failed: 100 });
    const values = [bad, good, good, good, good, good].map((each) => evaluator.evaluate(each));
    expect(values).toEqual([0, 0, -0.05, 0, 0, 0]);
  });

  it("is due at the episode's end for the part of the window that has passed", () => {
    const evaluator = sumOfTerms([availabilityCredit({ usdPerMonth: 672 })]).evaluator();
    expect(evaluator.evaluate(step({ seconds: 360, failed: 100, final: true }))).toBeCloseTo(-0.1, 12);
  });

  it("takes a window with requests and no answer for the worst, and one without requests for a good one", () => {
    const evaluator = sumOfTerms([availabilityCredit({ usdPerMonth: 672 })]).evaluator();
    expect(evaluator.evaluate(step({ seconds: 3600, arrivals: 10 }))).toBe(-1);
    expect(evaluator.evaluate(step({ seconds: 3600 }))).toBe(0);
  });

  it("never gives back more than the price", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 20 }), (failed) => {
        for (const credit of creditsOf(failed)) expect(credit >= -1 && credit <= 0).toBe(true);
      }),
    );
  });

  it.each([
    [{ usdPerMonth: -1 }, "Expected usdPerMonth to be a finite number above 0 (USD), got -1 (number)."],
    [
      { usdPerMonth: 1, windowSeconds: 0 },
      "Expected windowSeconds to be a finite number above 0 (seconds), got 0 (number).",
    ],
    [{ usdPerMonth: 1, tiers: [] }, "Expected tiers to be an array of at least one { below, credit }, got [] (array)."],
    [
      { usdPerMonth: 1, tiers: [{ below: 99, credit: 0.1 }] },
      "Expected tiers[0].below to be a share above 0 and at most 1, got 99 (number).",
    ],
    [
      { usdPerMonth: 1, tiers: [{ below: 0.99, credit: 0 }] },
      "Expected tiers[0].credit to be a share above 0 and at most 1, got 0 (number).",
    ],
    [
      {
        usdPerMonth: 1,
        tiers: [
          { below: 0.9, credit: 0.1 },
          { below: 0.99, credit: 0.3 },
        ],
      },
      "Expected tiers[1].below to be less than that of the tier before, 0.9, got 0.99 (number).",
    ],
    [
      {
        usdPerMonth: 1,
        tiers: [
          { below: 0.99, credit: 0.3 },
          { below: 0.9, credit: 0.3 },
        ],
      },
      "Expected tiers[1].credit to be more than that of the tier before, 0.3, got 0.3 (number).",
    ],
  ])("refuses %j", (options, message) => {
    expect(() => availabilityCredit(options)).toThrow(message);
  });
});
