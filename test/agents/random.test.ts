import { describe, expect, it } from "vitest";
import { RandomPolicy } from "../../src/agents/random.js";
import { createRng } from "../../src/rng.js";
import { Discrete } from "../../src/spaces/discrete.js";
import { MultiDiscrete } from "../../src/spaces/multi-discrete.js";
import type { Space } from "../../src/spaces/space.js";
import { countControl, infoOf, specOf } from "./policy-bench.js";

const info = infoOf({ desired: 2, utilization: 0.5 });

function bound(actionSpace: Space<unknown>): RandomPolicy {
  const policy = new RandomPolicy();
  policy.bind({ ...specOf([countControl("web")]), actionSpace });
  return policy;
}

function actions(policy: RandomPolicy, seed: number | bigint, count = 20): unknown[] {
  policy.reset(seed);
  return Array.from({ length: count }, () => policy.act(null, info));
}

describe("RandomPolicy", () => {
  it("draws the same actions for the same seed and others for another", () => {
    const policy = bound(new Discrete(5));
    const first = actions(policy, 3);
    expect(actions(policy, 3)).toEqual(first);
    expect(actions(policy, 3n)).toEqual(first);
    expect(actions(policy, 4)).not.toEqual(first);
  });

  it("does not draw what an environment with the same seed draws", () => {
    const rng = createRng(3);
    const environment = Array.from({ length: 20 }, () => rng.integers(5));
    expect(actions(bound(new Discrete(5)), 3)).not.toEqual(environment);
  });

  it("keeps to the mask of a Discrete space", () => {
    const policy = bound(new Discrete(4, { start: -2 }));
    policy.reset(0);
    const masked = { ...info, actionMask: Uint8Array.of(0, 1, 0, 1) };
    const drawn = Array.from({ length: 50 }, () => policy.act(null, masked));
    expect(new Set(drawn)).toEqual(new Set([-1, 1]));
  });

  it("keeps to the masks of a MultiDiscrete space", () => {
    const policy = bound(new MultiDiscrete([3, 2]));
    policy.reset(0);
    const masked = { ...info, actionMask: [Uint8Array.of(0, 0, 1), Uint8Array.of(1, 0)] };
    expect(policy.act(null, masked)).toEqual(Int32Array.of(2, 0));
  });
});
