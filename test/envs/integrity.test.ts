/** Rewards that cannot be gamed: on a part of a day in each environment, policies earn in the order in which they deserve to. */
import { describe, expect, it } from "vitest";
import { createPolicy } from "../../src/agents/create-policy.js";
import type { Policy, PolicyInfo, PolicySpec } from "../../src/agents/policy.js";
import { evaluateBatch } from "../../src/benchmark/evaluate-batch.js";
import { threeTierDefinition, webServiceDefinition } from "../../src/envs/index.js";
import { day } from "../../src/loadgen/index.js";
import { findBestPlans } from "../../src/planners/best-plans.js";
import { findBestStatic } from "../../src/planners/best-static.js";

const least = { "WebService-v0": "static:replicas=1:size=0", "ThreeTier-v0": "static:1" } as const;

/** Wants the most and the least of everything by turns: whoever bills by the hour, or forgives what is late while something changes, is gamed by it. */
class FlappingPolicy implements Policy {
  readonly name = "flapping";
  readonly kind = "rule";
  #spec: PolicySpec | undefined;
  #step = 0;

  bind(spec: PolicySpec): void {
    this.#spec = spec;
  }

  reset(): void {
    this.#step = 0;
  }

  act(_: unknown, info: PolicyInfo): unknown {
    const wantsMost = this.#step++ % 2 === 0;
    return this.#spec!.encode(
      this.#spec!.controls.map(({ min, max }) => (wantsMost ? max : min)),
      info,
    );
  }
}

describe.each([
  ["WebService-v0", webServiceDefinition()],
  ["ThreeTier-v0", threeTierDefinition()],
] as const)("the reward of %s", (id, definition) => {
  it("pays the oracle more than the best static, a rule more than doing nothing, and less than nothing the greedy who give up or flap", async () => {
    const days = { workload: day(), split: "test", episode: "window" } as const;
    const [plan] = await findBestPlans({ definition, ...days }, [5]);
    const best = await findBestStatic({ definition, ...days }, [5]);
    const names = ["threshold:0.5", "static", "random", least[id]];
    const policies = [...names.map((name) => createPolicy(name)), new FlappingPolicy()];
    const rows = policies.map((policy) => ({ policy, seed: 5 }));
    const judged = await evaluateBatch(definition, rows, days);
    const [rule, nothing, random, greedy, flapping] = judged.map((measures) => measures.return) as [
      ...[number, number, number],
      ...[number, number],
    ];
    const earned = [plan!.return, best.return, nothing, greedy];
    expect(earned).toEqual([...earned].sort((a, b) => b - a));
    expect(rule).toBeGreaterThan(nothing);
    expect(Math.max(random, greedy, flapping)).toBeLessThan(nothing);
  });
});
