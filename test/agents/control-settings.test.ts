import { describe, expect, it } from "vitest";
import { createPolicy } from "../../src/agents/create-policy.js";
import type { PolicyControl } from "../../src/agents/policy.js";
import { countControl, infoOf, specOf } from "./policy-bench.js";

const size: PolicyControl = { name: "size", min: 0, max: 2, kind: "choice", signals: [] };

function actionOf(name: string): unknown {
  const policy = createPolicy(name);
  policy.bind(specOf([countControl("web"), size]));
  policy.reset(0);
  const info = infoOf({ desired: 4, utilization: 0.8 });
  return policy.act(null, { ...info, controls: { ...info.controls, size: { desired: 1, current: 1 } } });
}

describe("ControlSettings", () => {
  it("gives a control a target of its own, and holds sizes where they are told", () => {
    expect(actionOf("threshold:0.8")).toEqual([4, 1]);
    expect(actionOf("threshold:0.8:utilization.web=0.4")).toEqual([8, 1]);
    expect(actionOf("target-tracking:0.4:held.size=2")).toEqual([8, 2]);
    expect(actionOf("trend:0.4:held.size=0")).toEqual([8, 0]);
  });

  it.each([
    ["threshold:utilization.wbe=0.5", "a control wbe that counts replicas"],
    ["threshold:held.web=1", "a control web that chooses from a list"],
    [
      "trend:held.size=3",
      "Expected held.size of policy trend:held.size=3 to be an integer from 0 to 2, got 3 (number).",
    ],
    [
      "trend:held.size=0.5",
      "Expected held.size to be an integer of at least 0: the index of a value, got 0.5 (number).",
    ],
    ["trend:utilization.web=2", "Expected utilizations.web to be a ratio above 0 and at most 1, got 2 (number)."],
    ["threshold:everySeconds=0", "Expected everySeconds to be a finite number above 0 (seconds), got 0 (number)."],
  ])("refuses %s", (name, message) => {
    expect(() => actionOf(name)).toThrow(message);
  });
});
