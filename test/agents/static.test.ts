import { describe, expect, it } from "vitest";
import { StaticPolicy } from "../../src/agents/static.js";
import { countControl, infoOf, specOf } from "./policy-bench.js";

const size = { name: "size", min: 0, max: 3, kind: "choice", signals: [] } as const;

describe("StaticPolicy", () => {
  it("holds what the episode starts with", () => {
    const policy = new StaticPolicy();
    policy.bind(specOf([countControl("web")]));
    expect(policy.act(null, infoOf({ desired: 3, utilization: 0.9 }))).toEqual([3]);
    expect(policy.act(null, infoOf({ desired: 4, utilization: 0.9 }))).toEqual([3]);
  });

  it("takes the start of the next episode after reset", () => {
    const policy = new StaticPolicy();
    policy.bind(specOf([countControl("web")]));
    policy.act(null, infoOf({ desired: 3, utilization: 0.9 }));
    policy.reset();
    expect(policy.act(null, infoOf({ desired: 5, utilization: 0.9 }))).toEqual([5]);
  });

  it("sets every count to replicas and single controls to their values", () => {
    const policy = new StaticPolicy({ replicas: 4, values: { api: 7, size: 2 } });
    policy.bind(specOf([countControl("web"), countControl("api"), size]));
    const info = { ...infoOf({ desired: 1, utilization: 0 }), controls: {} };
    expect(policy.act(null, info)).toEqual([4, 7, 2]);
  });

  it("refuses a value outside the control's range when bound", () => {
    const policy = new StaticPolicy({ name: "static:20", replicas: 20 });
    expect(() => policy.bind(specOf([countControl("web")]))).toThrow(
      "Expected the value of policy static:20 to be an integer from 1 to 12 for control web of Hand-v0, got 20 (number).",
    );
  });

  it("refuses a control that the environment does not have, naming the nearest", () => {
    const policy = new StaticPolicy({ name: "static:wed=2", values: { wed: 2 } });
    expect(() => policy.bind(specOf([countControl("web")]))).toThrow(
      'Policy static:wed=2 needs a control wed, got an environment without it. Did you mean "web"?',
    );
  });

  it("refuses a count that is not an integer", () => {
    expect(() => new StaticPolicy({ replicas: 1.5 })).toThrow(
      "Expected replicas to be an integer of at least 0, got 1.5 (number).",
    );
  });
});
