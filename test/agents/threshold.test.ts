import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ThresholdPolicy, type ThresholdPolicyOptions } from "../../src/agents/threshold.js";
import { countControl, infoOf, specOf, type WebState } from "./policy-bench.js";

function boundTo(options: ThresholdPolicyOptions = {}, max = 100): (state: WebState) => number {
  const policy = new ThresholdPolicy({ utilization: 0.5, ...options });
  policy.bind(specOf([countControl("web", max)]));
  return (state) => (policy.act(null, infoOf(state)) as number[])[0]!;
}

describe("ThresholdPolicy", () => {
  it("asks for ceil(current × utilization / target)", () => {
    // The worked example of the Kubernetes page: 200m against a target of 100m doubles, 50m halves.
    expect(boundTo()({ desired: 4, utilization: 1 })).toBe(8);
    expect(boundTo({ stabilizationSeconds: 0 })({ desired: 4, utilization: 0.25 })).toBe(2);
    expect(boundTo()({ desired: 50, utilization: 0.6 })).toBe(60);
  });

  it("leaves a ratio within 0.1 of 1 alone, on both sides", () => {
    expect(boundTo()({ desired: 20, utilization: 0.549 })).toBe(20);
    expect(boundTo({ stabilizationSeconds: 0 })({ desired: 20, utilization: 0.451 })).toBe(20);
    expect(boundTo()({ desired: 20, utilization: 0.56 })).toBe(23);
  });

  it("goes down only to the greatest recommendation of the last 300 s", () => {
    const act = boundTo();
    expect(act({ desired: 10, utilization: 0.25, timeSeconds: 0 })).toBe(10);
    expect(act({ desired: 10, utilization: 0.4, timeSeconds: 60 })).toBe(10);
    expect(act({ desired: 10, utilization: 0.2, timeSeconds: 240 })).toBe(10);
    expect(act({ desired: 10, utilization: 0.2, timeSeconds: 300 })).toBe(8);
    expect(act({ desired: 8, utilization: 0.25, timeSeconds: 360 })).toBe(4);
  });

  it("goes up at once during stabilization", () => {
    const act = boundTo();
    act({ desired: 4, utilization: 0.1, timeSeconds: 0 });
    expect(act({ desired: 4, utilization: 0.8, timeSeconds: 60 })).toBe(7);
  });

  it("forgets recommendations on reset", () => {
    const policy = new ThresholdPolicy({ utilization: 0.5 });
    policy.bind(specOf([countControl("web")]));
    policy.act(null, infoOf({ desired: 12, utilization: 0.5 }));
    policy.reset();
    expect(policy.act(null, infoOf({ desired: 2, utilization: 0.25, timeSeconds: 60 }))).toEqual([2]);
  });

  it("counts replicas that are not ready as idle when it would go up", () => {
    // 2 of 4 are ready at twice the target: with two idle ones the ratio is 1, so nothing is to be done.
    expect(boundTo()({ desired: 4, ready: 2, utilization: 1 })).toBe(4);
    expect(boundTo()({ desired: 4, ready: 3, utilization: 1 })).toBe(6);
  });

  it("leaves them out when it would go down", () => {
    expect(boundTo({ stabilizationSeconds: 0 })({ desired: 6, ready: 4, utilization: 0.25 })).toBe(2);
  });

  it("holds without a ready replica or a known utilization", () => {
    expect(boundTo()({ desired: 3, ready: 0, utilization: 0 })).toBe(3);
    expect(boundTo()({ desired: 3, utilization: Number.NaN })).toBe(3);
  });

  it("stays within the control's range for any state", () => {
    const state = fc.record({
      desired: fc.integer({ min: 1, max: 12 }),
      ready: fc.integer({ min: 0, max: 12 }),
      utilization: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN)),
      timeSeconds: fc.integer({ min: 0, max: 3_600 }),
    });
    fc.assert(
      fc.property(fc.array(state, { maxLength: 20 }), (states) => {
        const act = boundTo({}, 12);
        const sorted = [...states].sort((a, b) => a.timeSeconds - b.timeSeconds);
        return sorted.map(act).every((count) => Number.isInteger(count) && count >= 1 && count <= 12);
      }),
    );
  });

  it("refuses an environment without the signal utilization, naming it", () => {
    const blind = { ...countControl("web"), signals: ["replicas"] };
    expect(() => new ThresholdPolicy().bind(specOf([blind]))).toThrow(
      'Policy threshold needs the signal "web.utilization", which Hand-v0 does not have. Add it to the definition\'s signals.',
    );
  });

  it("refuses an environment without a count", () => {
    expect(() => new ThresholdPolicy().bind(specOf([]))).toThrow(
      "Policy threshold needs a control that counts replicas, got 0 other controls.",
    );
  });

  it.each([
    [{ utilization: 0 }, "Expected utilization to be a ratio above 0 and at most 1, got 0 (number)."],
    [{ tolerance: 1 }, "Expected tolerance to be a number of at least 0 and below 1, got 1 (number)."],
    [
      { stabilizationSeconds: -1 },
      "Expected stabilizationSeconds to be a finite number of at least 0 (seconds), got -1 (number).",
    ],
  ])("refuses %o at construction", (options, message) => {
    expect(() => new ThresholdPolicy(options)).toThrow(message);
  });
});
