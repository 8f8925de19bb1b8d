import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { availabilityCredit } from "../../src/reward/availability-credit.js";
import { latencyCredit } from "../../src/reward/latency-credit.js";
import type { RewardTerm } from "../../src/reward/reward-term.js";
import { type Reward, sumOfTerms } from "../../src/reward/sum-of-terms.js";
import { anyStep, step } from "./step.js";

/** Two terms with memory and one without. */
function withMemory(): Reward {
  const count: RewardTerm = {
    name: "stepsSoFar",
    function: "stepsSoFar",
    options: {},
    memoryLength: 1,
    evaluate: (_, memory) => {
      memory[0]! += 1;
      return 0 - memory[0]!;
    },
  };
  return sumOfTerms([
    availabilityCredit({ usdPerMonth: 1, windowSeconds: 300 }),
    count,
    latencyCredit({ usdPerMonth: 1 }),
  ]);
}

describe("RewardEvaluator", () => {
  it("keeps the memories of environments apart", () => {
    const reward = withMemory();
    const [first, second] = [reward.evaluator(), reward.evaluator()];
    first.evaluate(step());
    first.evaluate(step());
    second.evaluate(step());
    expect([first.byName().stepsSoFar, second.byName().stepsSoFar]).toEqual([-2, -1]);
  });

  it("serves several environments as one evaluator each would", () => {
    const reward = withMemory();
    const [alone, together] = [[reward.evaluator(), reward.evaluator()] as const, reward.evaluator(2)];
    const play = (env: 0 | 1, failed: number): void =>
      expect(together.evaluate(step({ failed }), env)).toBe(alone[env].evaluate(step({ failed })));
    play(0, 1);
    play(1, 2);
    play(1, 3);
    alone[1].reset();
    together.reset(1);
    play(0, 4);
    play(1, 5);
    together.restore(together.snapshot(1), 0);
    expect([together.snapshot(0), together.snapshot(1)]).toEqual([alone[1].snapshot(), alone[1].snapshot()]);
  });

  it("forgets at reset", () => {
    const evaluator = withMemory().evaluator();
    evaluator.evaluate(step({ failed: 10 }));
    evaluator.reset();
    expect([...evaluator.snapshot()]).toEqual(new Array(9).fill(0));
    expect([...evaluator.values]).toEqual([0, 0, 0]);
  });

  it("continues from a snapshot as it would have without", () => {
    fc.assert(
      fc.property(
        fc.array(anyStep, { maxLength: 20 }),
        fc.array(anyStep, { minLength: 1, maxLength: 20 }),
        (before, after) => {
          const reward = withMemory();
          const [original, copy] = [reward.evaluator(), reward.evaluator()];
          for (const each of before) original.evaluate(each);
          copy.restore(structuredClone(original.snapshot()));
          for (const each of after) expect(copy.evaluate(each)).toBe(original.evaluate(each));
        },
      ),
    );
  });

  it("gives a snapshot that later steps leave alone", () => {
    const evaluator = withMemory().evaluator();
    const saved = evaluator.snapshot();
    evaluator.evaluate(step({ failed: 10 }));
    expect([...saved]).toEqual(new Array(9).fill(0));
  });

  it("refuses a snapshot of another reward", () => {
    const evaluator = withMemory().evaluator();
    expect(() => evaluator.restore(new Float64Array(3))).toThrow(
      "Expected a snapshot of a reward that remembers 9 numbers, got one of 3.",
    );
  });
});
