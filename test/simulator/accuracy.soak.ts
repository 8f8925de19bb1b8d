/** How far the two models are from theory and from each other; writes docs/results/simulator-accuracy.json. @module */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LATENCY_BUCKETS } from "../../src/metrics/latency-buckets.js";
import { meanWaitSeconds, responseQuantile } from "../../src/simulator/erlang.js";
import { createSimulator, type SimulatorKind, type SimulatorModel } from "../../src/simulator/index.js";
import { leastConnectionsWaiting, waitStretch } from "../../src/simulator/least-connections.js";
import { errorOf, makeEpisode, makeModel, makeState, outcomesOf, readRow } from "./fixtures.js";

const SERVICE_RATE = 50;

/** What a constant rate leads to. */
interface Steady {
  /** Mean wait. Unit: seconds. */
  readonly wait: number;
  /** The share of responses within each bucket's bound. */
  readonly within: number[];
}

function steady(kind: SimulatorKind, model: SimulatorModel, replicas: number, rate: number, requests: number): Steady {
  const simulator = createSimulator(model, 1, kind);
  simulator.reset(
    0,
    makeEpisode(11, makeState(model, replicas), () => rate, 4),
  );
  simulator.advance(0, 1, 120);
  const { sum, busy, count, bucket } = simulator.rows.tiers[0]!;
  const rows = [sum, busy, count, ...LATENCY_BUCKETS.map((_, b) => bucket + b)];
  const read = (): number[] => rows.map((row) => readRow(simulator, row));
  const before = read();
  simulator.advance(0, 1, Math.max(20, Math.ceil(requests / (rate * 5))));
  const [seconds, work, answered, ...buckets] = read().map((value, k) => value - before[k]!);
  // The mean work of the fluid model's requests is known; its busy time lags behind by a rounding that a short wait does not bear.
  const wait = kind === "fluid" ? seconds! / answered! - 1 / SERVICE_RATE : (seconds! - work!) / answered!;
  return { wait, within: buckets.map((inside) => inside / answered!) };
}

/**
 * Relative error of the fluid model's p95. The first bound above it is another quantile of what was measured; the fluid model's distribution
 * is known by its formula, so that its value of that quantile can be compared with the bound.
 */
function p95Error(replicas: number, slots: number, utilization: number, measured: readonly number[]): number {
  const servers = replicas * slots;
  const waiting = leastConnectionsWaiting(replicas, servers, utilization);
  const drainRate = (servers * SERVICE_RATE * (1 - utilization)) / waitStretch(replicas, utilization);
  const p95 = responseQuantile(0.95, waiting, SERVICE_RATE, drainRate);
  const b = LATENCY_BUCKETS.findIndex((bound) => bound >= p95);
  return responseQuantile(measured[b]!, waiting, SERVICE_RATE, drainRate) / LATENCY_BUCKETS[b]! - 1;
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

/** Replicas and slots of each. */
const steadyCases: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 2],
  [1, 8],
  [4, 1],
  [4, 2],
  [6, 2],
  [3, 4],
];
const transientCases = [
  [1, 2],
  [1, 8],
  [4, 1],
  [6, 2],
] as const;

describe("simulator accuracy", () => {
  it("is within 2 % of the request-level model, and of Erlang where the queue is one, at constant rates", () => {
    const meanWaits = [];
    for (const [replicas, slots] of steadyCases) {
      for (const utilization of [0.3, 0.6, 0.8, 0.95]) {
        const servers = replicas * slots;
        const model = makeModel({ slots, clientTimeoutSeconds: 1000 });
        const rate = utilization * servers * SERVICE_RATE;
        const erlang = meanWaitSeconds(servers, rate, SERVICE_RATE);
        const fluid = steady("fluid", model, replicas, rate, 0);
        // The fuller, the more requests a mean wait takes: with 4 million at 0.8 the mean of eight slots varies by 1.4 %.
        const requests = steady("requests", model, replicas, rate, utilization > 0.7 ? 24e6 : 4e6);
        const p95 = round(p95Error(replicas, slots, utilization, requests.within));
        const waits = { erlang, fluid: fluid.wait, requests: round(requests.wait) };
        meanWaits.push({ replicas, slots, utilization, ...waits, p95Error: p95 });
        // With one replica the formula is exact: what is left is chance in the requests.
        const bound = replicas === 1 ? 0.03 : 0.02;
        expect.soft(Math.abs(p95), `p95 of ${replicas} × ${slots} at ${utilization}`).toBeLessThan(bound);
        if (replicas === 1) expect.soft(errorOf(fluid.wait, erlang)).toBeLessThan(0.02);
        if (replicas === 1 && erlang > 1e-4) expect.soft(errorOf(requests.wait, erlang)).toBeLessThan(0.02);
        // Shorter waits are too rare to be measured that well.
        if (requests.wait > 1e-4)
          expect
            .soft(errorOf(fluid.wait, requests.wait), `${replicas} × ${slots} at ${utilization}`)
            .toBeLessThan(0.025);
      }
    }
    store({ meanWaitSeconds: meanWaits });
  });

  it("is within 5 % of the request-level model's mean backlog where the rate changes", () => {
    const transients = [];
    for (const [replicas, slots] of transientCases) {
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
        // At a utilization of exactly 1 there is no balance to come to, and the backlog is all chance.
        const bound = load === "1 all the time" ? 0.1 : 0.05;
        expect.soft(errorOf(fluid.waiting, requests.waiting), `${load}, ${replicas} × ${slots}`).toBeLessThan(bound);
        expect.soft(Math.abs(fluid.failed - requests.failed), `${load}, ${replicas} × ${slots}`).toBeLessThan(0.015);
      }
    }
    store({ transients });
  });
});

const FILE = "docs/results/simulator-accuracy.json";

/** Writes a part of the results; the other stays as it was. */
function store(part: object): void {
  const known: unknown = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : {};
  mkdirSync("docs/results", { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(Object.assign(known as object, part), null, 2)}\n`);
}
