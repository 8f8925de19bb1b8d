import { describe, expect, it } from "vitest";
import { monthOf, prepaidSeconds } from "../../src/simulator/billing.js";
import { createSimulator, type LifecycleTimes, type Simulator } from "../../src/simulator/index.js";
import { makeEpisode, makeModel, makeState, readRow } from "./fixtures.js";

const KINDS = ["fluid", "requests"] as const;
/** USD per hour: dear enough that 60 s cost more than a cent. */
const DEAR = 3.6;

function costOf(simulator: Simulator): number {
  return readRow(simulator, simulator.rows.tiers[0]!.cost);
}

function start(
  kind: (typeof KINDS)[number],
  parts: { usdPerHour: number; tickSeconds?: number; lifecycle?: Partial<LifecycleTimes>; replicas?: number },
): { simulator: Simulator; state: (replicas: number, size?: number) => void } {
  const model = makeModel(parts);
  const simulator = createSimulator(model, 1, kind);
  simulator.reset(
    0,
    makeEpisode(1, makeState(model, parts.replicas ?? 1), () => 0, 8),
  );
  return { simulator, state: (replicas, size = 0) => simulator.desire(0, makeState(model, replicas, size)) };
}

describe.each(KINDS)("billing, %s", (kind) => {
  it("bills what runs by the second", () => {
    const { simulator } = start(kind, { usdPerHour: DEAR, replicas: 3 });
    simulator.advance(0, 1, 7);
    expect(costOf(simulator)).toBeCloseTo(3 * 35 * 0.001, 12);
  });

  it("charges 60 s at creation where that is more than a cent", () => {
    const { simulator, state } = start(kind, { usdPerHour: DEAR, replicas: 0 });
    state(1);
    simulator.advance(0, 1, 1);
    expect(costOf(simulator)).toBeCloseTo(0.06, 12);
    simulator.advance(0, 1, 11);
    expect(costOf(simulator)).toBeCloseTo(0.06, 12);
    simulator.advance(0, 1, 10);
    expect(costOf(simulator)).toBeCloseTo(0.11, 12);
  });

  it("charges a cent at creation where that is more than 60 s", () => {
    const { simulator, state } = start(kind, { usdPerHour: 0.036, replicas: 0 });
    state(1);
    simulator.advance(0, 1, 1);
    expect(costOf(simulator)).toBeCloseTo(0.01, 12);
    simulator.advance(0, 1, 199);
    expect(costOf(simulator)).toBeCloseTo(0.01, 12);
    // 1000 s are paid; 20 s more.
    simulator.advance(0, 1, 4);
    expect(costOf(simulator)).toBeCloseTo(0.01 + 20 * 1e-5, 12);
  });

  it("ends the bill at the second of destruction, not of the tick", () => {
    const { simulator, state } = start(kind, { usdPerHour: DEAR, lifecycle: { drainSeconds: 7 } });
    simulator.advance(0, 1, 2);
    state(0);
    simulator.advance(0, 1, 20);
    expect(costOf(simulator)).toBeCloseTo(0.001 * (10 + 7), 12);
  });

  it("ends the prepaid time at its second, not of the tick", () => {
    const { simulator, state } = start(kind, { usdPerHour: DEAR, tickSeconds: 7, replicas: 0 });
    state(1);
    simulator.advance(0, 1, 10);
    expect(costOf(simulator)).toBeCloseTo(0.07, 12);
  });

  it("does not bill the drain of a droplet that is paid for longer", () => {
    const { simulator, state } = start(kind, { usdPerHour: 0.036, replicas: 0 });
    state(1);
    simulator.advance(0, 1, 30);
    state(0);
    simulator.advance(0, 1, 300);
    expect(costOf(simulator)).toBeCloseTo(0.01, 12);
  });

  it.each([
    [0, 1],
    [1, 0],
  ])("bills a droplet that is powered off, at the size it has, from size %d to %d", (from, to) => {
    const model = makeModel({ usdPerHour: DEAR, lifecycle: { resizeSeconds: [33, 33] } });
    const simulator = createSimulator(model, 1, kind);
    simulator.reset(
      0,
      makeEpisode(1, makeState(model, 1, from), () => 0, 8),
    );
    simulator.desire(0, makeState(model, 1, to));
    simulator.advance(0, 1, 20);
    const price = [0.001, 0.002];
    expect(costOf(simulator)).toBeCloseTo(33 * price[from]! + 67 * price[to]!, 12);
  });

  it("bills 672 hours a month at most", () => {
    const { simulator } = start(kind, { usdPerHour: 1, tickSeconds: 60 });
    // June from the 2nd on: 29 days, of which 28 are billed; then 6 of July.
    simulator.advance(0, 1, 29 * 1440);
    expect(costOf(simulator)).toBeCloseTo(672, 6);
    simulator.advance(0, 1, 6 * 1440);
    expect(costOf(simulator)).toBeCloseTo(672 + 144, 6);
  });

  it("shows the price of what exists, prepaid or not", () => {
    const { simulator, state } = start(kind, { usdPerHour: 0.036 });
    state(3);
    simulator.advance(0, 1, 2);
    simulator.collect(0, 1);
    expect(readRow(simulator, simulator.rows.price)).toBeCloseTo(3 * 0.036 + 12 / 672, 12);
  });
});

describe("prepaidSeconds", () => {
  it("is 60 s, or as long as a cent lasts, or for ever where nothing is charged", () => {
    expect(prepaidSeconds(0.036)).toBeCloseTo(1000, 9);
    expect([prepaidSeconds(3.6), prepaidSeconds(0)]).toEqual([60, Number.POSITIVE_INFINITY]);
  });
});

describe("monthOf", () => {
  it("gives the bounds of the UTC month, over the turn of the year", () => {
    const december = Date.UTC(2025, 11, 31, 23, 59) / 1000;
    expect(monthOf(december)).toEqual([Date.UTC(2025, 11, 1) / 1000, Date.UTC(2026, 0, 1) / 1000]);
  });
});
