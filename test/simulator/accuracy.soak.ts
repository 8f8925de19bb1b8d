/** How far the two models are from theory and from each other; writes docs/results/simulator-accuracy.json. @module */
import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { meanWaitSeconds } from "../../src/simulator/erlang.js";
import { createSimulator, type SimulatorKind, type SimulatorModel } from "../../src/simulator/index.js";
import { errorOf, makeEpisode, makeModel, makeState, outcomesOf, readRow } from "./fixtures.js";

const SERVICE_RATE = 50;

/** Mean wait at a constant rate. Unit: seconds. */
function steadyWait(
  kind: SimulatorKind,
  model: SimulatorModel,
  replicas: number,
  rate: number,
  requests: number,
): number {
  const simulator = createSimulator(model, 1, kind);
  simulator.reset(
    0,
    makeEpisode(11, makeState(model, replicas), () => rate, 4),
  );
  simulator.advance(0, 1, 120);
  const { sum, busy, count } = simulator.rows.tiers[0]!;
  const read = (): number[] => [sum, busy, count].map((row) => readRow(simulator, row));
  const before = read();
  simulator.advance(0, 1, Math.max(20, Math.ceil(requests / (rate * 5))));
  const [seconds, work, answered] = read().map((value, k) => value - before[k]!);
  // The mean work of the fluid model's requests is known; its busy time lags behind by a rounding that a short wait does not bear.
  return kind === "fluid" ? seconds! / answered! - 1 / SERVICE_RATE : (seconds! - work!) / answered!;
}

/** Mean backlog over twelve minutes, and the share of failed requests. */
function transient(
  kind: SimulatorKind,
  model: SimulatorModel,
  replicas: number,
  rate: (knot: number) => number,
  episodes: number,
): { waiting: number; failed: number } {
  const simulator = createSimulator(model, 1, kind);
  const state = makeState(model, replicas);
  let [waiting, failed, offered] = [0, 0, 0];
  for (let seed = 0; seed < episodes; seed++) {
    simulator.reset(0, makeEpisode(seed, state, rate, 30));
    for (let tick = 0; tick < 144; tick++) {
      simulator.advance(0, 1, 1);
      simulator.collect(0, 1);
      waiting += readRow(simulator, simulator.rows.tiers[0]!.backlog) / (144 * episodes);
    }
    const outcome = outcomesOf(simulator);
    failed += outcome.refused + outcome.expired;
    offered += outcome.offered;
  }
  return { waiting, failed: failed / offered };
}

const shapes: Readonly<Record<string, (knot: number) => number>> = {
  "step 0.45 to 0.9": (k) => (k < 10 ? 0.45 : 0.9),
  "step 0.475 to 0.95": (k) => (k < 10 ? 0.475 : 0.95),
  "1.05 for a minute": (k) => (k < 6 ? 0.6 : k < 8 ? 1.05 : 0.6),
  "1.1 for a minute": (k) => (k < 6 ? 0.6 : k < 8 ? 1.1 : 0.6),
  "1.2 for a minute": (k) => (k < 6 ? 0.6 : k < 8 ? 1.2 : 0.6),
  "1.5 for a minute": (k) => (k < 6 ? 0.6 : k < 8 ? 1.5 : 0.5),
  "3 for half a minute": (k) => (k < 6 ? 0.6 : k < 7 ? 3 : 0.4),
  "1 all the time": () => 1,
  "1.3 all the time": () => 1.3,
};

const round = (value: number): number => Number(value.toPrecision(4));

describe("simulator accuracy", () => {
  it("is written down, and within 2 % of Erlang where the queue is one", () => {
    const steady = [];
    for (const [replicas, slots] of [
      [1, 1],
      [1, 2],
      [1, 8],
      [4, 2],
    ] as const) {
      for (const utilization of [0.3, 0.6, 0.8, 0.95]) {
        const servers = replicas * slots;
        const model = makeModel({ slots, clientTimeoutSeconds: 1000 });
        const rate = utilization * servers * SERVICE_RATE;
        const erlang = meanWaitSeconds(servers, rate, SERVICE_RATE);
        const fluid = steadyWait("fluid", model, replicas, rate, 0);
        const requests = steadyWait("requests", model, replicas, rate, utilization > 0.9 ? 24e6 : 4e6);
        steady.push({ replicas, slots, utilization, erlang, fluid, requests: round(requests) });
        expect(errorOf(fluid, erlang)).toBeLessThan(0.02);
        if (replicas === 1 && erlang > 1e-4) expect(errorOf(requests, erlang)).toBeLessThan(0.02);
      }
    }
    const transients = [];
    for (const [replicas, slots] of [
      [1, 2],
      [1, 8],
      [6, 2],
    ] as const) {
      for (const [load, utilization] of Object.entries(shapes)) {
        const model = makeModel({ slots });
        const rate = (k: number): number => utilization(k) * replicas * slots * SERVICE_RATE;
        const episodes = Math.ceil(360 / (replicas * slots));
        const fluid = transient("fluid", model, replicas, rate, episodes);
        const requests = transient("requests", model, replicas, rate, episodes);
        transients.push({
          load,
          replicas,
          slots,
          episodes,
          meanBacklog: { fluid: round(fluid.waiting), requests: round(requests.waiting) },
          failedShare: { fluid: round(fluid.failed), requests: round(requests.failed) },
        });
      }
    }
    mkdirSync("docs/results", { recursive: true });
    writeFileSync(
      "docs/results/simulator-accuracy.json",
      `${JSON.stringify({ meanWaitSeconds: steady, transients }, null, 2)}\n`,
    );
  });
});
