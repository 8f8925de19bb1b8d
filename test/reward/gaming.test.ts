/**
 * Giving up, at the level of terms: 600 requests/s for a day, droplets of $24 a month that serve 100 requests/s each, and
 * prices of docs/reward.md. What a default reward must not reward, and how the optional terms do.
 *
 * @module
 */
import { describe, expect, it } from "vitest";
import { hourlyPrice } from "../../src/infra/catalogue/billing.js";
import { rewardFromJson } from "../../src/reward/reward-json.js";
import type { RewardTermJson } from "../../src/reward/sum-of-terms.js";
import { step } from "./step.js";

const arrivals = 600 * 60;
const minutes = 1440;

/** What a day costs with some droplets that refuse at once what they cannot serve, and answer the rest in 100 ms. */
function dayWith(droplets: number, terms: readonly RewardTermJson[]): number {
  const answered = Math.min(arrivals, droplets * 100 * 60);
  const costUsd = (droplets * hourlyPrice(24)) / 60;
  const evaluator = rewardFromJson([{ function: "billedCost" }, ...terms]).evaluator();
  let sum = 0;
  for (let minute = 1; minute <= minutes; minute++) {
    const final = minute === minutes;
    sum += evaluator.evaluate(step({ costUsd, failed: arrivals - answered, answers: [[answered, 0.1]], final }));
  }
  return sum;
}

/** The number of droplets, from 0 to 12, with which the day costs least. */
function best(terms: readonly RewardTermJson[]): number {
  const days = Array.from({ length: 13 }, (_, droplets) => dayWith(droplets, terms));
  return days.indexOf(Math.max(...days));
}

const slow: RewardTermJson = { function: "slowRequestPenalty", options: { usdPerRequest: 1e-6 } };
const failed: RewardTermJson = { function: "failedRequestPenalty", options: { usdPerRequest: 4e-6 } };

describe("the prices per request", () => {
  it("make serving everything the cheapest, and every droplet that is missing dearer", () => {
    expect(best([slow, failed])).toBe(6);
    const days = [6, 5, 4, 3, 2, 1, 0].map((droplets) => dayWith(droplets, [slow, failed]));
    expect(days).toEqual([...days].sort((a, b) => b - a));
  });

  it("do so by the slow price alone, ten times what a droplet's service costs", () => {
    expect(best([slow])).toBe(6);
    expect(1e-6 * 100 * 3600).toBeCloseTo(10.08 * hourlyPrice(24), 6);
  });
});

describe("the terms that can be gamed", () => {
  it("lets an availability credit on the droplets' own price make it cheapest to serve nothing", () => {
    const credit: RewardTermJson = { function: "availabilityCredit", options: { usdPerMonth: 6 * 24 } };
    expect(dayWith(0, [credit])).toBeCloseTo(dayWith(6, [credit]), 9);
    expect(dayWith(0, [{ ...credit, options: { usdPerMonth: 5 * 24 } }])).toBeGreaterThan(dayWith(6, [credit]));
  });

  it("lets every further failure be free once the last tier is reached", () => {
    const credit: RewardTermJson = { function: "availabilityCredit", options: { usdPerMonth: 1000 } };
    expect(dayWith(0, [credit])).toBeGreaterThan(dayWith(5, [credit]));
  });

  it("lets a p95 term be blind to what was dropped: half the requests refused cost nothing", () => {
    const p95: RewardTermJson = { function: "saturatingLatencyShare", options: { usdPerHour: 10 } };
    expect(dayWith(3, [p95])).toBeCloseTo((-3 * hourlyPrice(24) * minutes) / 60, 9);
    expect(best([p95])).toBe(1);
  });

  it("is put right by the prices per request beside them", () => {
    const credit: RewardTermJson = { function: "availabilityCredit", options: { usdPerMonth: 6 * 24 } };
    const p95: RewardTermJson = { function: "saturatingLatencyShare", options: { usdPerHour: 10 } };
    expect(best([slow, failed, credit, p95])).toBe(6);
  });
});
