import { describe, expect, it } from "vitest";
import { createSimulator, type SimulatorKind, type SimulatorModel } from "../../src/simulator/index.js";
import { errorOf, makeEpisode, makeModel, makeState, outcomesOf, readRow } from "./fixtures.js";

/** Mean of the waiting requests at the end of each tick, over some minutes and seeds; the same seeds give both models the same arrivals. */
function meanWaiting(
  kind: SimulatorKind,
  model: SimulatorModel,
  rate: (knot: number) => number,
  episodes: number,
  replicas = 1,
): { waiting: number; failed: number } {
  const ticks = 144;
  const simulator = createSimulator(model, 1, kind);
  const state = makeState(model, replicas);
  let [waiting, failed, offered] = [0, 0, 0];
  for (let seed = 0; seed < episodes; seed++) {
    simulator.reset(0, makeEpisode(seed, state, rate, 30));
    for (let tick = 0; tick < ticks; tick++) {
      simulator.advance(0, 1, 1);
      simulator.collect(0, 1);
      waiting += readRow(simulator, simulator.rows.tiers[0]!.backlog) / (ticks * episodes);
    }
    const outcome = outcomesOf(simulator);
    failed += outcome.refused + outcome.expired;
    offered += outcome.offered;
  }
  return { waiting, failed: failed / offered };
}

interface Case {
  readonly name: string;
  readonly replicas?: number;
  readonly slots: number;
  /** Utilization offered, by half-minute. */
  readonly load: (knot: number) => number;
  readonly episodes: number;
}

const steps: readonly Case[] = [
  { name: "0.4 to 0.8, 2 slots", slots: 2, load: (k) => (k < 10 ? 0.4 : 0.8), episodes: 40 },
  { name: "0.45 to 0.9, 2 slots", slots: 2, load: (k) => (k < 10 ? 0.45 : 0.9), episodes: 60 },
  { name: "0.45 to 0.9, 8 slots", slots: 8, load: (k) => (k < 10 ? 0.45 : 0.9), episodes: 20 },
  { name: "0.45 to 0.9, 6 replicas", replicas: 6, slots: 2, load: (k) => (k < 10 ? 0.45 : 0.9), episodes: 15 },
];

const overloads: readonly Case[] = [
  { name: "1.2 for a minute, 2 slots", slots: 2, load: (k) => (k < 10 ? 0.6 : k < 12 ? 1.2 : 0.6), episodes: 60 },
  { name: "1.5 for a minute, 2 slots", slots: 2, load: (k) => (k < 6 ? 0.6 : k < 8 ? 1.5 : 0.5), episodes: 30 },
  {
    name: "1.1 for a minute, 4 replicas",
    replicas: 4,
    slots: 1,
    load: (k) => (k < 6 ? 0.6 : k < 8 ? 1.1 : 0.6),
    episodes: 30,
  },
  { name: "1.5 for a minute, 8 slots", slots: 8, load: (k) => (k < 6 ? 0.6 : k < 8 ? 1.5 : 0.5), episodes: 10 },
  { name: "3 for half a minute, 2 slots", slots: 2, load: (k) => (k < 6 ? 0.6 : k < 7 ? 3 : 0.4), episodes: 30 },
];

describe("Kernel, beside the request-level model", () => {
  it.each([...steps, ...overloads])(
    "has the same mean backlog within 5 %: $name",
    ({ replicas = 1, slots, load, episodes }) => {
      const model = makeModel({ slots, clientTimeoutSeconds: 60 });
      const rate = (knot: number): number => load(knot) * replicas * slots * 50;
      const fluid = meanWaiting("fluid", model, rate, episodes, replicas);
      const requests = meanWaiting("requests", model, rate, episodes, replicas);
      expect(errorOf(fluid.waiting, requests.waiting)).toBeLessThan(0.05);
    },
  );

  it.each(overloads)(
    "has the same backlog and failures where clients give up after 10 s: $name",
    ({ replicas = 1, slots, load, episodes }) => {
      const model = makeModel({ slots });
      const rate = (knot: number): number => load(knot) * replicas * slots * 50;
      const fluid = meanWaiting("fluid", model, rate, episodes, replicas);
      const requests = meanWaiting("requests", model, rate, episodes, replicas);
      expect(errorOf(fluid.waiting, requests.waiting)).toBeLessThan(0.05);
      expect(Math.abs(fluid.failed - requests.failed)).toBeLessThan(0.005);
    },
  );

  it("loses the same share in lasting overload, where most work is for clients who are about to leave", () => {
    const model = makeModel({ slots: 2 });
    for (const replicas of [1, 4]) {
      const rate = replicas * 130;
      const fluid = meanWaiting("fluid", model, () => rate, 5, replicas);
      const requests = meanWaiting("requests", model, () => rate, 5, replicas);
      expect(requests.failed).toBeGreaterThan(0.45);
      expect(Math.abs(fluid.failed - requests.failed)).toBeLessThan(0.02);
    }
  });
});
