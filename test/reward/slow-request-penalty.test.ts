import { describe, expect, it } from "vitest";
import { slowRequestPenalty } from "../../src/reward/slow-request-penalty.js";
import { noMemory, step } from "./step.js";

describe("slowRequestPenalty", () => {
  it("charges requests answered after 250 ms, and those never answered", () => {
    const term = slowRequestPenalty({ usdPerRequest: 1e-6 });
    const measured = step({
      answers: [
        [1000, 0.2],
        [300, 0.4],
      ],
      failed: 200,
    });
    expect(term.evaluate(measured, noMemory)).toBeCloseTo(-0.0005, 12);
  });

  it("takes a request answered at the target for one in time", () => {
    const term = slowRequestPenalty({ usdPerRequest: 1, targetSeconds: 0.1 });
    expect(term.evaluate(step({ latencies: [0.1, 0.1001] }), noMemory)).toBe(-1);
  });

  it("has no cap: the thousandth request costs what the first one did", () => {
    const term = slowRequestPenalty({ usdPerRequest: 1 });
    expect(term.evaluate(step({ failed: 1_000_000 }), noMemory)).toBe(-1_000_000);
  });

  it("shows its options with the defaults filled in", () => {
    expect(slowRequestPenalty({ usdPerRequest: 1e-6 })).toMatchObject({
      name: "slowRequests",
      function: "slowRequestPenalty",
      options: { targetSeconds: 0.25, usdPerRequest: 1e-6 },
    });
  });

  it.each([
    [{ usdPerRequest: 0 }, "Expected usdPerRequest to be a finite number above 0 (USD), got 0 (number)."],
    [{ usdPerRequest: Number.NaN }, "Expected usdPerRequest to be a finite number above 0 (USD), got NaN."],
    [
      { usdPerRequest: 1, targetSeconds: -1 },
      "Expected targetSeconds to be a finite number above 0 (seconds), got -1 (number).",
    ],
    [
      { usdPerRequest: 1, targetSeconds: 0.26 },
      "Expected targetSeconds to be a bound of the latency histogram, nearest 0.25 (seconds), got 0.26 (number).",
    ],
    [
      { usdPerRequest: 1, name: "too slow" },
      'Expected name to be a letter, then letters, digits and underscores, got "too slow" (string).',
    ],
  ])("refuses %o", (options, message) => {
    expect(() => slowRequestPenalty(options)).toThrow(message);
  });
});
