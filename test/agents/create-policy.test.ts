import { describe, expect, it } from "vitest";
import { createPolicy, policyNames } from "../../src/agents/create-policy.js";
import { countControl, infoOf, specOf } from "./policy-bench.js";

function actionOf(name: string, desired = 4, utilization = 0.8): unknown {
  const policy = createPolicy(name);
  policy.bind(specOf([countControl("web")]));
  policy.reset(0);
  return policy.act(null, infoOf({ desired, utilization }));
}

describe("createPolicy", () => {
  it.each(policyNames())("makes %s under that name, of kind rule", (name) => {
    const policy = createPolicy(name);
    expect([policy.name, policy.kind]).toEqual([name, "rule"]);
  });

  it("takes a bare value for the principal option and keeps the whole name", () => {
    expect(createPolicy("threshold:0.4").name).toBe("threshold:0.4");
    expect(actionOf("threshold:0.4")).toEqual([8]);
    expect(actionOf("target-tracking:0.8")).toEqual([4]);
    expect(actionOf("static:8")).toEqual([8]);
  });

  it("takes any option by name", () => {
    expect(actionOf("threshold:0.7:tolerance=0.5")).toEqual([4]);
    expect(actionOf("static:web=9")).toEqual([9]);
  });

  it.each([
    ["treshold", 'No policy is called "treshold". Did you mean "threshold"?'],
    [
      "ppo",
      'No policy is called "ppo". Known: static, always-up, random, threshold, target-tracking, trend, feed-forward, expert, predictive, forecast.',
    ],
    ["threshold:high", 'Expected utilization of policy threshold:high to be a number, got "high" (string).'],
    ["threshold:", 'Expected utilization of policy threshold: to be a number, got "" (string).'],
    ["threshold:0", "Expected utilization to be a ratio above 0 and at most 1, got 0 (number)."],
    ["random:3", 'Expected the value of policy random:3 to be absent, got "3" (string).'],
    [
      "threshold:tolerence=1",
      'Expected the options of policy threshold:tolerence=1 to be among utilization, tolerance, stabilizationSeconds, everySeconds, got "tolerence" (string).',
    ],
    ["random:seed=1", 'Expected the options of policy random:seed=1 to be none at all, got "seed" (string).'],
  ])("refuses %s", (name, message) => {
    expect(() => createPolicy(name)).toThrow(expect.objectContaining({ message }));
  });
});
