import { describe, expect, it } from "vitest";
import type { StepMeasurement } from "../../src/reward/reward-term.js";
import { saturatingLatencyShare } from "../../src/reward/saturating-latency-share.js";
import { noMemory, step } from "./step.js";

/** A step of an hour whose quantiles all are one latency. */
function hourAt(latency: number): StepMeasurement {
  return { ...step({ seconds: 3600 }), requestsBeyond: () => 0, latencyQuantileSeconds: () => latency };
}

describe("saturatingLatencyShare", () => {
  it("grows from the target to the worst, and no further", () => {
    const term = saturatingLatencyShare({ usdPerHour: 2, targetSeconds: 0.2, worstSeconds: 1 });
    const values = [0.1, 0.2, 0.6, 1, 30].map((latency) => term.evaluate(hourAt(latency), noMemory));
    expect(values[2]).toBeCloseTo(-1, 12);
    expect(values.toSpliced(2, 1)).toEqual([0, 0, -2, -2]);
  });

  it("takes requests without any answer for the worst, and no requests for none", () => {
    const term = saturatingLatencyShare({ usdPerHour: 60 });
    expect(term.evaluate(step({ arrivals: 1 }), noMemory)).toBe(-1);
    expect(Object.is(term.evaluate(step(), noMemory), 0)).toBe(true);
  });

  it.each([
    [{ usdPerHour: 0 }, "Expected usdPerHour to be a finite number above 0 (USD), got 0 (number)."],
    [
      { usdPerHour: 1, worstSeconds: 0.25 },
      "Expected worstSeconds to be above targetSeconds, 0.25 (seconds), got 0.25 (number).",
    ],
    [{ usdPerHour: 1, quantile: 95 }, "Expected quantile to be a number from 0 to 1, got 95 (number)."],
  ])("refuses %o", (options, message) => {
    expect(() => saturatingLatencyShare(options)).toThrow(message);
  });
});
