import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SpendGuard, worstCaseUsd } from "../../src/digitalocean/index.js";
import { BudgetExceededError } from "../../src/errors.js";
import { billedUsd } from "../../src/infra/catalogue/billing.js";
import { InfraGraph } from "../../src/infra/infra-graph.js";
import { resource } from "../../src/infra/resource.js";
import { MovingClock } from "./moving-clock.js";

const USD_PER_HOUR = 24 / 672;

/** Droplets of $24 a month. */
function droplets(count: number): InfraGraph {
  const attributes = {
    name: `web-\${count.index}`,
    size: "s-2vcpu-4gb",
    region: "nyc3",
    image: "ubuntu-24-04-x64",
    count,
  };
  return InfraGraph.of([resource("digitalocean_droplet", "web", attributes)]);
}

function guardOf(budgetUsd: number, hours: number): { readonly guard: SpendGuard; readonly clock: MovingClock } {
  const clock = new MovingClock(1_800_000_000);
  return { clock, guard: new SpendGuard({ budgetUsd, expiresAt: clock.time + hours * 3600, clock }) };
}

describe("SpendGuard", () => {
  it("asks for a budget", () => {
    for (const budgetUsd of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => guardOf(budgetUsd, 1)).toThrow("Expected budgetUsd to be a number above 0");
    }
  });

  it("reckons what is spent and what it can come to, by the list prices", () => {
    const { guard, clock } = guardOf(5, 2);
    guard.admit(droplets(3));
    expect(guard.usdPerHour).toBeCloseTo(3 * USD_PER_HOUR, 12);
    expect(guard.worstCaseUsd).toBeCloseTo(6 * USD_PER_HOUR, 12);
    clock.time += 3600;
    expect(guard.spentUsd).toBeCloseTo(3 * USD_PER_HOUR, 12);
    guard.admit(droplets(1));
    expect(guard.worstCaseUsd).toBeCloseTo(4 * USD_PER_HOUR, 12);
    guard.ended();
    clock.time += 3600;
    expect(guard.spentUsd).toBeCloseTo(3 * USD_PER_HOUR, 12);
  });

  it("refuses a change that could exceed the budget, and goes on as before", () => {
    const { guard, clock } = guardOf(1, 10);
    guard.admit(droplets(2));
    const before = guard.worstCaseUsd;
    expect(() => guard.admit(droplets(20))).toThrow(BudgetExceededError);
    expect(guard.worstCaseUsd).toBe(before);
    clock.time += 9 * 3600;
    guard.admit(droplets(8));
  });

  it("never takes less than what is billed, whatever comes and goes", () => {
    const change = fc.record({ count: fc.integer({ min: 0, max: 6 }), seconds: fc.integer({ min: 0, max: 5000 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const { guard, clock } = guardOf(1e6, 100);
        const bills: number[] = [];
        const running: number[] = [];
        for (const { count, seconds } of changes) {
          guard.admit(droplets(count));
          while (running.length > count) bills.push(billedUsd(USD_PER_HOUR, clock.time - running.pop()!));
          while (running.length < count) running.push(clock.time);
          clock.time += seconds;
        }
        const open = running.map((since) => billedUsd(USD_PER_HOUR, clock.time - since));
        const billed = [...bills, ...open].reduce((sum, usd) => sum + usd, 0);
        expect(guard.spentUsd).toBeCloseTo(billed, 9);
      }),
    );
  });

  it("says when it is over: by the budget or by the time", async () => {
    const byTime = guardOf(100, 1);
    byTime.guard.admit(droplets(1));
    expect(await byTime.guard.untilOver()).toBe("expiry");
    expect(byTime.clock.time).toBe(1_800_000_000 + 3600);
    // Two droplets for two hours fit; then the clock jumps, as when a laptop was asleep.
    const { guard, clock } = guardOf(0.15, 2);
    guard.admit(droplets(2));
    clock.time += 3 * 3600;
    expect(await guard.untilOver()).toBe("budget");
  });

  it("charges at least what a minute of every instance costs", () => {
    expect(worstCaseUsd(droplets(3), 1)).toBeCloseTo(0.03, 12);
  });
});
