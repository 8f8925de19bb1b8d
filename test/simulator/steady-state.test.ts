import { describe, expect, it } from "vitest";
import { LATENCY_BUCKETS } from "../../src/metrics/latency-buckets.js";
import { erlangC, meanWaitSeconds, responseQuantile, responseWithin } from "../../src/simulator/erlang.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { leastConnectionsWaiting, waitStretch } from "../../src/simulator/least-connections.js";
import { errorOf, makeEpisode, makeModel, makeState, readRow } from "./fixtures.js";

const SERVICE_RATE = 50;
const CASES = [1, 2, 8].flatMap((slots) => [0.3, 0.6, 0.8, 0.95].map((utilization) => ({ slots, utilization })));

/** What a simulator shows of some replicas at a constant rate, after some minutes. */
function measure(
  kind: "fluid" | "requests",
  slots: number,
  utilization: number,
  requests: number,
  replicas = 1,
): { response: number; wait: number; utilization: number; within: number[] } {
  const model = makeModel({ slots, clientTimeoutSeconds: 1000 });
  const simulator = createSimulator(model, 1, kind);
  const rate = utilization * replicas * slots * SERVICE_RATE;
  simulator.reset(
    0,
    makeEpisode(11, makeState(model, replicas), () => rate, 4),
  );
  simulator.advance(0, 1, 120);
  const before = columnOf(simulator);
  const ticks = Math.max(20, Math.ceil(requests / (rate * 5)));
  simulator.advance(0, 1, ticks);
  const change = columnOf(simulator).map((value, row) => value - before[row]!);
  const { count, sum, busy, bucket } = simulator.rows.tiers[0]!;
  return {
    response: change[sum]! / change[count]!,
    wait: (change[sum]! - change[busy]!) / change[count]!,
    utilization: change[busy]! / (ticks * 5 * replicas * slots),
    within: LATENCY_BUCKETS.map((_, b) => change[bucket + b]! / change[count]!),
  };
}

function columnOf(simulator: Simulator): number[] {
  return Array.from({ length: simulator.schema.size }, (_, row) => readRow(simulator, row));
}

/** Relative error of the p95 that a distribution known at the buckets' bounds has against the exact one. */
function p95Error(within: number[], slots: number, utilization: number): number {
  const waiting = erlangC(slots, utilization);
  const drainRate = slots * SERVICE_RATE * (1 - utilization);
  const exact = responseQuantile(0.95, waiting, SERVICE_RATE, drainRate);
  const b = LATENCY_BUCKETS.findIndex((bound) => bound >= exact);
  const bound = LATENCY_BUCKETS[b]!;
  // The bound is some quantile of what was measured, and of the exact distribution: their ratio is the error there.
  return bound / responseQuantile(within[b]!, waiting, SERVICE_RATE, drainRate) - 1;
}

describe("Kernel", () => {
  it.each(CASES)(
    "meets Erlang's mean wait and p95 within 2 % with $slots slots at $utilization",
    ({ slots, utilization }) => {
      const rate = utilization * slots * SERVICE_RATE;
      const measured = measure("fluid", slots, utilization, 0);
      const waiting = erlangC(slots, utilization);
      const drainRate = slots * SERVICE_RATE * (1 - utilization);
      expect(errorOf(measured.response - 1 / SERVICE_RATE, meanWaitSeconds(slots, rate, SERVICE_RATE))).toBeLessThan(
        0.02,
      );
      expect(errorOf(measured.utilization, utilization)).toBeLessThan(0.001);
      expect(p95Error(measured.within, slots, utilization)).toBeCloseTo(0, 2);
      LATENCY_BUCKETS.forEach((bound, b) => {
        const exact = responseWithin(bound, waiting, SERVICE_RATE, drainRate);
        expect(Math.abs(measured.within[b]! - exact)).toBeLessThan(0.001);
      });
    },
  );

  it.each([
    { replicas: 2, slots: 1, utilization: 0.95 },
    { replicas: 4, slots: 2, utilization: 0.6 },
    { replicas: 4, slots: 2, utilization: 0.95 },
    { replicas: 6, slots: 2, utilization: 0.9 },
    { replicas: 8, slots: 1, utilization: 0.9 },
  ])(
    "has the waits and responses of $replicas replicas of $slots slots behind least connections at $utilization",
    ({ replicas, slots, utilization }) => {
      const measured = measure("fluid", slots, utilization, 0, replicas);
      const servers = replicas * slots;
      const waiting = leastConnectionsWaiting(replicas, servers, utilization);
      const drainRate = (servers * SERVICE_RATE * (1 - utilization)) / waitStretch(replicas, utilization);
      expect(errorOf(measured.response - 1 / SERVICE_RATE, waiting / drainRate)).toBeLessThan(0.002);
      LATENCY_BUCKETS.forEach((bound, b) => {
        const exact = responseWithin(bound, waiting, SERVICE_RATE, drainRate);
        expect(Math.abs(measured.within[b]! - exact)).toBeLessThan(0.001);
      });
    },
  );
});

describe("RequestSimulator", () => {
  // At a utilization of 0.95 the mean of seconds of simulation is too noisy: steady-state.soak.ts has it.
  it.each(CASES.filter(({ utilization }) => utilization < 0.9))(
    "meets Erlang's mean response within 2 % with $slots slots at $utilization",
    ({ slots, utilization }) => {
      const rate = utilization * slots * SERVICE_RATE;
      const measured = measure("requests", slots, utilization, 1_000_000);
      const wait = meanWaitSeconds(slots, rate, SERVICE_RATE);
      expect(errorOf(measured.response, 1 / SERVICE_RATE + wait)).toBeLessThan(0.02);
      expect(Math.abs(p95Error(measured.within, slots, utilization))).toBeLessThan(0.02);
      if (wait > 1e-4) expect(errorOf(measured.wait, wait)).toBeLessThan(0.04);
    },
  );
});
