import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erlangC, meanWaitSeconds, responseQuantile } from "../../src/simulator/erlang.js";
import { createSimulator } from "../../src/simulator/index.js";
import { leastConnectionsWaiting, waitStretch } from "../../src/simulator/least-connections.js";
import { errorOf, makeEpisode, makeModel, makeState, readRow } from "./fixtures.js";

/** Replicas, slots, utilization, and the mean wait in service times of a Markov chain of 20 million events: within 0.2 %. */
const CHAINS: readonly (readonly [number, number, number, number])[] = [
  [2, 1, 0.3, 0.144],
  [2, 1, 0.95, 9.487],
  [3, 2, 0.6, 0.1108],
  [4, 1, 0.8, 0.9528],
  [4, 2, 0.3, 0.001489],
  [4, 2, 0.6, 0.0663],
  [4, 2, 0.8, 0.3497],
  [4, 2, 0.95, 2.222],
  [5, 7, 0.85, 0.05697],
  [6, 2, 0.45, 0.003893],
  [6, 2, 0.9, 0.6229],
  [6, 2, 0.95, 1.461],
  [8, 4, 0.8, 0.03465],
  [12, 1, 0.9, 0.7649],
  [12, 8, 0.95, 0.1168],
];

/** Of such chains: replicas, slots, utilization, and the 95th percentile of the response time in service times. */
const PERCENTILES: readonly (readonly [number, number, number, number])[] = [
  [2, 1, 0.95, 30.98],
  [3, 4, 0.95, 6.267],
  [4, 1, 0.8, 5.599],
  [4, 2, 0.8, 3.754],
  [4, 2, 0.95, 8.807],
  [6, 2, 0.9, 4.373],
  [6, 2, 0.95, 6.568],
  [12, 1, 0.9, 4.957],
];

function meanWait(replicas: number, slots: number, utilization: number, serviceRate: number): number {
  const servers = replicas * slots;
  const probability = leastConnectionsWaiting(replicas, servers, utilization);
  return (probability * waitStretch(replicas, utilization)) / (servers * serviceRate * (1 - utilization));
}

describe("leastConnectionsWaiting", () => {
  it.each(CHAINS)(
    "has the mean wait of %i replicas of %i slots at %d within 2 %%",
    (replicas, slots, utilization, wait) => {
      expect(errorOf(meanWait(replicas, slots, utilization, 1), wait)).toBeLessThan(0.02);
    },
  );

  it.each([
    [4, 2, 0.8],
    [3, 1, 0.6],
    [6, 2, 0.6],
  ])(
    "has the mean wait of the request-level model with %i replicas of %i slots at %d",
    (replicas, slots, utilization) => {
      const model = makeModel({ slots, clientTimeoutSeconds: 1000 });
      const simulator = createSimulator(model, 1, "requests");
      const rate = utilization * replicas * slots * 50;
      const episode = makeEpisode(11, makeState(model, replicas), () => rate, 4);
      simulator.reset(0, episode);
      simulator.advance(0, 1, Math.ceil(1e6 / (5 * rate)));
      const { sum, busy, count } = simulator.rows.tiers[0]!;
      const measured = (readRow(simulator, sum) - readRow(simulator, busy)) / readRow(simulator, count);
      expect(errorOf(meanWait(replicas, slots, utilization, 50), measured)).toBeLessThan(0.04);
    },
  );

  it.each(PERCENTILES)(
    "has the p95 of the response time of %i replicas of %i slots at %d within 2 %%, the wait of those who wait taken as exponential",
    (replicas, slots, utilization, p95) => {
      const servers = replicas * slots;
      const waiting = leastConnectionsWaiting(replicas, servers, utilization);
      const drainRate = (servers * (1 - utilization)) / waitStretch(replicas, utilization);
      expect(errorOf(responseQuantile(0.95, waiting, 1, drainRate), p95)).toBeLessThan(0.02);
    },
  );

  it("is Erlang's with one replica", () => {
    expect(leastConnectionsWaiting(1, 8, 0.8)).toBe(erlangC(8, 0.8));
  });

  it("makes requests wait less often than in one queue, and longer on the whole", () => {
    const arbitrary = [
      fc.integer({ min: 2, max: 64 }),
      fc.integer({ min: 1, max: 32 }),
      fc.double({ min: 0.2, max: 0.99, noNaN: true }),
    ] as const;
    fc.assert(
      fc.property(...arbitrary, (replicas, slots, utilization) => {
        const servers = replicas * slots;
        const pooled = erlangC(servers, utilization);
        const probability = leastConnectionsWaiting(replicas, servers, utilization);
        expect(probability).toBeLessThanOrEqual(pooled);
        if (pooled > 0.01)
          expect(meanWait(replicas, slots, utilization, 1)).toBeGreaterThan(
            meanWaitSeconds(servers, utilization * servers, 1),
          );
      }),
    );
  });
});

describe("waitStretch", () => {
  it("is the number of replicas where there is no load, and 1 at full load", () => {
    expect(waitStretch(6, 0)).toBe(6);
    expect(waitStretch(6, 1)).toBe(1);
    expect(waitStretch(6, 1 - 1e-9)).toBeCloseTo(1, 6);
    expect(waitStretch(1, 0.5)).toBe(1);
  });
});
