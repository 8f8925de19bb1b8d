import { describe, expect, it } from "vitest";
import { createSimulator, type DesiredState, type Simulator, type SimulatorModel } from "../../src/simulator/index.js";
import { makeEpisode, makeModel, makeState, outcomesOf, readRow } from "./fixtures.js";

const SECOND_TICKS = { tickSeconds: 1 };

function start(model: SimulatorModel, state: DesiredState, rate = 10, seed = 1): Simulator {
  const simulator = createSimulator(model, 1);
  simulator.reset(
    0,
    makeEpisode(seed, state, () => rate),
  );
  return simulator;
}

/** Seconds of simulation, with ticks of one second, until a condition holds; at most 1000. */
function secondsUntil(simulator: Simulator, holds: () => boolean): number {
  for (let second = 1; second <= 1000; second++) {
    simulator.advance(0, 1, 1);
    simulator.collect(0, 1);
    if (holds()) return second - 1;
  }
  return Number.POSITIVE_INFINITY;
}

const ready = (simulator: Simulator): number => readRow(simulator, simulator.rows.tiers[0]!.ready);

describe("Lifecycle", () => {
  it("creates droplets in 30 to 71 s, half of them within about 35 s, and asks for their health for 15 s more", () => {
    const model = makeModel({ ...SECOND_TICKS, tiers: [{ maxReplicas: 64 }] });
    const times: number[] = [];
    for (let seed = 0; seed < 40; seed++) {
      const simulator = start(model, makeState(model, 1), 0, seed);
      simulator.desire(0, makeState(model, 64));
      let before = 1;
      for (let second = 0; second < 100; second++) {
        simulator.advance(0, 1, 1);
        simulator.collect(0, 1);
        for (; before < ready(simulator); before++) times.push(second - 15);
      }
    }
    times.sort((a, b) => a - b);
    expect(times).toHaveLength(40 * 63);
    expect(times[0]).toBeGreaterThanOrEqual(30);
    expect(times.at(-1)).toBeLessThanOrEqual(72);
    expect(times.at(-1)).toBeGreaterThan(68);
    expect(Math.abs(times[times.length >> 1]! - 35.6)).toBeLessThan(1.2);
  });

  it("multiplies boot times by the model's scale", () => {
    const model = makeModel({ ...SECOND_TICKS, lifecycle: { bootScale: 3 } });
    const simulator = start(model, makeState(model, 1));
    simulator.desire(0, makeState(model, 2));
    expect(secondsUntil(simulator, () => ready(simulator) === 2)).toBeGreaterThanOrEqual(3 * 30 + 15);
  });

  it("takes a removed droplet out at once, and destroys it after it has drained", () => {
    const model = makeModel(SECOND_TICKS);
    const simulator = start(model, makeState(model, 3));
    const { active, draining } = simulator.rows.tiers[0]!;
    simulator.desire(0, makeState(model, 1));
    simulator.advance(0, 1, 1);
    simulator.collect(0, 1);
    expect([ready(simulator), readRow(simulator, draining), readRow(simulator, active)]).toEqual([1, 2, 3]);
    expect(simulator.pendingOf(0, 0)).toBe(2);
    expect(secondsUntil(simulator, () => readRow(simulator, active) === 1)).toBe(9);
    expect(simulator.isApplying(0)).toBe(false);
  });

  it("removes the highest index", () => {
    const model = makeModel(SECOND_TICKS);
    const simulator = start(model, makeState(model, 3));
    simulator.desire(0, makeState(model, 2));
    simulator.advance(0, 1, 12);
    simulator.collect(0, 1);
    const up = (instance: string): number =>
      simulator.present[simulator.schema.indexOf("up", { instance, service: "tier0" })]!;
    expect([up("tier0-0"), up("tier0-1"), up("tier0-2")]).toEqual([1, 1, 0]);
  });

  it("powers droplets off to resize them, and gives back all their slots", () => {
    const model = makeModel(SECOND_TICKS);
    const simulator = start(model, makeState(model, 3));
    simulator.desire(0, makeState(model, 3, 1));
    simulator.advance(0, 1, 1);
    simulator.collect(0, 1);
    expect(ready(simulator)).toBe(0);
    expect(simulator.sizeOf(0, 0)).toBe("small");
    const seconds = secondsUntil(simulator, () => ready(simulator) === 3);
    expect(seconds).toBeGreaterThanOrEqual(30 + 15 - 1);
    expect(seconds).toBeLessThanOrEqual(75 + 15 + 1);
    expect(readRow(simulator, simulator.rows.tiers[0]!.slots)).toBe(12);
    expect(simulator.sizeOf(0, 0)).toBe("large");
  });

  it("resizes a database without an outage, in 180 to 420 s", () => {
    const model = makeModel({ ...SECOND_TICKS, tiers: [{ kind: "database", maxReplicas: 1 }] });
    const simulator = start(model, makeState(model, 1), 20);
    simulator.desire(0, makeState(model, 1, 1));
    const slots = simulator.rows.tiers[0]!.slots;
    const seconds = secondsUntil(simulator, () => readRow(simulator, slots) === 4);
    expect(seconds).toBeGreaterThanOrEqual(180);
    expect(seconds).toBeLessThanOrEqual(421);
    expect(outcomesOf(simulator).refused).toBe(0);
  });

  it("applies one change after another, and of those that wait only the newest", () => {
    const model = makeModel(SECOND_TICKS);
    const simulator = start(model, makeState(model, 1));
    const active = simulator.rows.tiers[0]!.active;
    simulator.desire(0, makeState(model, 2));
    simulator.advance(0, 1, 1);
    simulator.desire(0, makeState(model, 8));
    simulator.desire(0, makeState(model, 3));
    let most = 0;
    let whenThird = 0;
    for (let second = 1; second < 200; second++) {
      simulator.advance(0, 1, 1);
      simulator.collect(0, 1);
      most = Math.max(most, readRow(simulator, active));
      if (whenThird === 0 && readRow(simulator, active) === 3) whenThird = second;
    }
    expect(most).toBe(3);
    expect(whenThird).toBeGreaterThanOrEqual(29);
    expect([ready(simulator), simulator.isApplying(0)]).toEqual([3, false]);
  });

  it("does nothing for a state that was taken back before it started", () => {
    const model = makeModel(SECOND_TICKS);
    const first = makeState(model, 2);
    const simulator = start(model, first);
    simulator.desire(0, makeState(model, 5));
    simulator.desire(0, first);
    expect(simulator.isApplying(0)).toBe(false);
    simulator.advance(0, 1, 100);
    simulator.collect(0, 1);
    expect(readRow(simulator, simulator.rows.tiers[0]!.active)).toBe(2);
  });

  it("crashes droplets about as often as said, fails their share until it is noticed, and boots them again", () => {
    const model = makeModel({ ...SECOND_TICKS, lifecycle: { meanSecondsBetweenCrashes: 500 } });
    const simulator = start(model, makeState(model, 4), 100);
    simulator.advance(0, 1, 15_000);
    simulator.collect(0, 1);
    const crashes = readRow(simulator, simulator.rows.tiers[0]!.crashes);
    // Up for 500 s, then 15 s unnoticed, 45 s of reboot, 15 s of checks.
    const expected = (4 * 15_000) / 575;
    expect(Math.abs(crashes - expected)).toBeLessThan(4 * Math.sqrt(expected));
    const { offered, refused } = outcomesOf(simulator);
    // One of four fails for 15 s in about 144.
    expect(refused / offered).toBeGreaterThan(0.01);
    expect(refused / offered).toBeLessThan(0.05);
  });
});
