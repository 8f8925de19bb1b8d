import { describe, expect, it } from "vitest";
import { failedRequestPenalty } from "../../src/reward/failed-request-penalty.js";
import { noMemory, step } from "./step.js";

describe("failedRequestPenalty", () => {
  it("charges requests never answered, and none that were", () => {
    const term = failedRequestPenalty({ usdPerRequest: 4e-6 });
    expect(term.evaluate(step({ failed: 1000, answers: [[500, 20]] }), noMemory)).toBeCloseTo(-0.004, 12);
  });

  it("refuses a price of 0, naming the option", () => {
    expect(() => failedRequestPenalty({ usdPerRequest: 0 })).toThrow(
      "Expected usdPerRequest to be a finite number above 0 (USD), got 0 (number).",
    );
  });
});
