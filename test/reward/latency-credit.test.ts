import { describe, expect, it } from "vitest";
import { latencyCredit } from "../../src/reward/latency-credit.js";
import { sumOfTerms } from "../../src/reward/sum-of-terms.js";
import { step } from "./step.js";

describe("latencyCredit", () => {
  it("counts late answers and failures alike", () => {
    const evaluator = sumOfTerms([latencyCredit({ usdPerMonth: 672 })]).evaluator();
    const hour = (late: number, failed: number) =>
      evaluator.evaluate(
        step({
          seconds: 3600,
          failed,
          answers: [
            [1000 - late - failed, 0.1],
            [late, 2],
          ],
        }),
      );
    expect([hour(10, 0), hour(11, 0), hour(0, 11), hour(30, 30), hour(101, 0)]).toEqual([0, -0.1, -0.1, -0.3, -1]);
  });

  it("refuses a target that is no bound of the histogram", () => {
    expect(() => latencyCredit({ usdPerMonth: 1, targetSeconds: 0.26 })).toThrow(
      "Expected targetSeconds to be a bound of the latency histogram, nearest 0.25 (seconds), got 0.26 (number).",
    );
  });
});
