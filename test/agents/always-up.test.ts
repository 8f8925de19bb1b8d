import { describe, expect, it } from "vitest";
import { AlwaysUpPolicy } from "../../src/agents/always-up.js";
import { countControl, infoOf, specOf } from "./policy-bench.js";

describe("AlwaysUpPolicy", () => {
  it("asks for the greatest count and holds choices", () => {
    const policy = new AlwaysUpPolicy();
    policy.bind(specOf([{ name: "size", min: 0, max: 3, kind: "choice", signals: [] }, countControl("web", 9)]));
    const info = infoOf({ desired: 2, utilization: 0.1 });
    const controls = { ...info.controls, size: { desired: 1, current: 1 } };
    expect(policy.act(null, { ...info, controls })).toEqual([1, 9]);
  });
});
