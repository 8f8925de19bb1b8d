import { describe, expect, it } from "vitest";
import { TargetTrackingPolicy, type TargetTrackingPolicyOptions } from "../../src/agents/target-tracking.js";
import { countControl, infoOf, specOf, type WebState } from "./policy-bench.js";

function boundTo(options: TargetTrackingPolicyOptions = {}): (state: WebState) => number {
  const policy = new TargetTrackingPolicy({ utilization: 0.5, ...options });
  policy.bind(specOf([countControl("web")]));
  return (state) => (policy.act(null, infoOf(state)) as number[])[0]!;
}

describe("TargetTrackingPolicy", () => {
  it("asks for ceil(n × utilization / target), without a tolerance", () => {
    expect(boundTo()({ desired: 4, utilization: 0.51 })).toBe(5);
    expect(boundTo()({ desired: 4, utilization: 0.25 })).toBe(2);
    expect(boundTo()({ desired: 4, utilization: 0.5 })).toBe(4);
  });

  it("waits for the cooldown between two changes, up or down", () => {
    const act = boundTo({ cooldownSeconds: 300 });
    expect(act({ desired: 4, utilization: 0.8, timeSeconds: 0 })).toBe(7);
    expect(act({ desired: 7, utilization: 0.9, timeSeconds: 240 })).toBe(7);
    expect(act({ desired: 7, utilization: 0.9, timeSeconds: 300 })).toBe(12);
  });

  it("does not start a cooldown when nothing changes", () => {
    const act = boundTo({ cooldownSeconds: 300 });
    expect(act({ desired: 4, utilization: 0.5, timeSeconds: 0 })).toBe(4);
    expect(act({ desired: 4, utilization: 0.75, timeSeconds: 60 })).toBe(6);
  });

  it("keeps to the control's range", () => {
    expect(boundTo()({ desired: 12, utilization: 1 })).toBe(12);
    expect(boundTo()({ desired: 4, utilization: 0 })).toBe(1);
  });

  it("holds without a ready replica or a known utilization", () => {
    expect(boundTo()({ desired: 3, ready: 0, utilization: 0 })).toBe(3);
    expect(boundTo()({ desired: 3, utilization: Number.NaN })).toBe(3);
  });

  it("refuses a cooldown that is not a duration", () => {
    expect(() => new TargetTrackingPolicy({ cooldownSeconds: Number.NaN })).toThrow(
      "Expected cooldownSeconds to be a finite number of at least 0 (seconds), got NaN.",
    );
  });
});
