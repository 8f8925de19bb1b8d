/** What holds for every reward made of the library's terms. @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rewardFromJson } from "../../src/reward/reward-json.js";
import type { RewardTermJson } from "../../src/reward/sum-of-terms.js";
import { anyStep, step } from "./step.js";

const prices: RewardTermJson[] = [
  { function: "billedCost" },
  { function: "slowRequestPenalty", options: { usdPerRequest: 1e-6 } },
  { function: "failedRequestPenalty", options: { usdPerRequest: 4e-6 } },
];
const all: RewardTermJson[] = [
  ...prices,
  { function: "availabilityCredit", options: { usdPerMonth: 100, windowSeconds: 180 } },
  { function: "latencyCredit", options: { usdPerMonth: 100, windowSeconds: 180 } },
  { function: "saturatingLatencyShare", options: { usdPerHour: 1 } },
];

const steps = fc.array(anyStep, { minLength: 1, maxLength: 12 });

describe("a reward of the library's terms", () => {
  it("is never above 0, nor is any of its terms", () => {
    fc.assert(
      fc.property(steps, (episode) => {
        const evaluator = rewardFromJson(all).evaluator();
        for (const each of episode) {
          expect(evaluator.evaluate(each)).toBeLessThanOrEqual(0);
          expect(Math.max(...evaluator.values)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it("is the sum of what it shows by name", () => {
    fc.assert(
      fc.property(steps, (episode) => {
        const evaluator = rewardFromJson(all).evaluator();
        for (const each of episode) {
          const total = evaluator.evaluate(each);
          expect(Object.values(evaluator.byName()).reduce((sum, value) => sum + value, 0)).toBe(total);
        }
      }),
    );
  });

  it("never grows when more requests fail, and falls strictly where requests have a price", () => {
    const counts = fc.record({
      answered: fc.nat(10_000),
      failed: fc.nat(10_000),
      more: fc.integer({ min: 1, max: 10_000 }),
    });
    fc.assert(
      fc.property(counts, ({ answered, failed, more }) => {
        const worth = (terms: RewardTermJson[], lost: number) =>
          rewardFromJson(terms)
            .evaluator()
            .evaluate(step({ answers: [[answered, 0.1]], failed: lost, final: true }));
        expect(worth(all, failed + more)).toBeLessThanOrEqual(worth(all, failed));
        expect(worth(prices, failed + more)).toBeLessThan(worth(prices, failed));
      }),
    );
  });

  it("makes a failed request dearer than a slow one, and a slow one dearer than one in time", () => {
    const evaluator = rewardFromJson(prices).evaluator();
    const [inTime, slow, failed] = [step({ latencies: [0.1] }), step({ latencies: [20] }), step({ failed: 1 })].map(
      (each) => evaluator.evaluate(each),
    );
    expect([inTime, slow]).toEqual([0, -1e-6]);
    expect(failed).toBeCloseTo(-5e-6, 15);
  });
});
