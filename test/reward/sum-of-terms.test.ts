import { describe, expect, it } from "vitest";
import { billedCost } from "../../src/reward/billed-cost.js";
import type { RewardTerm } from "../../src/reward/reward-term.js";
import { slowRequestPenalty } from "../../src/reward/slow-request-penalty.js";
import { sumOfTerms } from "../../src/reward/sum-of-terms.js";
import { step } from "./step.js";

describe("sumOfTerms", () => {
  it("adds up its terms and shows each by itself", () => {
    const evaluator = sumOfTerms([billedCost(), slowRequestPenalty({ usdPerRequest: 0.5 })]).evaluator();
    expect(evaluator.evaluate(step({ costUsd: 2, failed: 3 }))).toBe(-3.5);
    expect(evaluator.byName()).toEqual({ cost: -2, slowRequests: -1.5 });
  });

  it("takes one function twice, under two names", () => {
    const late = slowRequestPenalty({ usdPerRequest: 1 });
    const later = slowRequestPenalty({ usdPerRequest: 1, targetSeconds: 1, name: "verySlow" });
    const evaluator = sumOfTerms([late, later]).evaluator();
    expect(evaluator.evaluate(step({ latencies: [0.5, 2] }))).toBe(-3);
  });

  it("keeps its terms, whatever becomes of the array", () => {
    const terms = [billedCost()];
    const reward = sumOfTerms(terms);
    terms.push(billedCost({ name: "again" }));
    expect(reward.terms).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ["no terms", [], "Expected terms to be an array of at least one reward term, got [] (array)."],
    [
      "one name twice",
      [billedCost(), billedCost()],
      'Expected terms to be terms of different names, got "cost" (string).',
    ],
    ["a function", [billedCost], "Expected terms[0] to be a reward term, such as billedCost(), got a function."],
    ["a term without a name", [{ ...billedCost(), name: "" }], 'Expected terms[0].name to be a name, got "" (string).'],
    [
      "half a number of memory",
      [{ ...billedCost(), memoryLength: 0.5 }],
      "Expected terms[0].memoryLength to be an integer from 0, got 0.5 (number).",
    ],
  ])("refuses %s", (_, terms, message) => {
    expect(() => sumOfTerms(terms as RewardTerm[])).toThrow(message);
  });
});
