import { describe, expect, it } from "vitest";
import { billedCost } from "../../src/reward/billed-cost.js";
import { failedRequestPenalty } from "../../src/reward/failed-request-penalty.js";
import { slowRequestPenalty } from "../../src/reward/slow-request-penalty.js";
import { noMemory, step } from "./step.js";

describe("billedCost", () => {
  it("is what was billed, as a loss", () => {
    expect(billedCost().evaluate(step({ costUsd: 0.25 }), noMemory)).toBe(-0.25);
  });

  it("is 0, not -0, where nothing was billed", () => {
    expect(Object.is(billedCost().evaluate(step(), noMemory), 0)).toBe(true);
  });
});

describe("slowRequestPenalty", () => {
  it("charges every request beyond 250 ms alike", () => {
    const term = slowRequestPenalty({ usdPerRequest: 1e-6 });
    const measured = step({ requestsBeyond: (target) => (target === 0.25 ? 300 : 0) });
    expect(term.evaluate(measured, noMemory)).toBeCloseTo(-0.0003, 12);
    expect(term.options).toEqual({ targetSeconds: 0.25, usdPerRequest: 1e-6 });
  });

  it.each([
    [{ usdPerRequest: 0 }, "Expected usdPerRequest to be a finite number above 0 (USD), got 0 (number)."],
    [{ usdPerRequest: Number.NaN }, "Expected usdPerRequest to be a finite number above 0 (USD), got NaN."],
    [
      { usdPerRequest: 1, targetSeconds: -1 },
      "Expected targetSeconds to be a finite number above 0 (seconds), got -1 (number).",
    ],
    [
      { usdPerRequest: 1, name: "too slow" },
      'Expected name to be a letter, then letters, digits and underscores, got "too slow" (string).',
    ],
  ])("refuses %o", (options, message) => {
    expect(() => slowRequestPenalty(options)).toThrow(message);
  });
});

describe("failedRequestPenalty", () => {
  it("charges every request that was never answered", () => {
    const term = failedRequestPenalty({ usdPerRequest: 4e-6 });
    expect(term.evaluate(step({ failed: 1000 }), noMemory)).toBeCloseTo(-0.004, 12);
  });

  it("refuses a price of 0, naming the option", () => {
    expect(() => failedRequestPenalty({ usdPerRequest: 0 })).toThrow(
      "Expected usdPerRequest to be a finite number above 0 (USD), got 0 (number).",
    );
  });
});
