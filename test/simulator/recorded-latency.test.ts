/** Plumbing and time scale, in both models. @module */
import { describe, expect, it } from "vitest";
import { LATENCY_BUCKETS } from "../../src/metrics/latency-buckets.js";
import { createSimulator, type SimulatorKind, type SimulatorModel } from "../../src/simulator/index.js";
import { errorOf, makeEpisode, makeModel, makeState, outcomesOf, readRow } from "./fixtures.js";

interface Responses {
  readonly count: number;
  readonly sum: number;
  readonly offered: number;
  within(bound: number): number;
}

/** Half an hour of 160 requests/s on two replicas of two slots: utilization 0.8 at 20 ms. */
function responsesOf(model: SimulatorModel, kind: SimulatorKind, ticks = 360): Responses {
  const simulator = createSimulator(model, 1, kind);
  simulator.reset(
    0,
    makeEpisode(3, makeState(model, 2), () => 160),
  );
  simulator.advance(0, 1, ticks);
  const { sum, count, bucket } = simulator.rows.tiers[0]!;
  return {
    count: readRow(simulator, count),
    sum: readRow(simulator, sum),
    offered: outcomesOf(simulator).offered,
    within: (bound) => readRow(simulator, bucket + LATENCY_BUCKETS.indexOf(bound)),
  };
}

/** A model as `modelOfGraph` makes it for a time scale. */
function scaled(timeScale: number): SimulatorModel {
  const tiers = [{ serviceTimeSeconds: 0.02 * timeScale }];
  return { ...makeModel({ tiers, clientTimeoutSeconds: 10 * timeScale }), timeScale };
}

describe.each(["fluid", "requests"] as const)("the %s model", (kind) => {
  const ticks = kind === "fluid" ? 360 : 60;

  it("adds the plumbing to every response time", () => {
    const without = responsesOf(makeModel(), kind, ticks);
    const withIt = responsesOf({ ...makeModel(), plumbingSeconds: 0.01 }, kind, ticks);
    expect(withIt.count).toBe(without.count);
    expect(withIt.sum).toBeCloseTo(without.sum + 0.01 * without.count, 6);
    expect(withIt.within(0.06)).toBeCloseTo(without.within(0.05), 6);
    expect(withIt.within(0.01)).toBeLessThan(1e-3 * without.count);
  });

  it("shows the requests as they are where time passes faster for all else", () => {
    const plain = responsesOf(makeModel(), kind, 12 * ticks);
    const fast = responsesOf(scaled(12), kind, 12 * ticks);
    expect(errorOf(fast.offered, plain.offered)).toBeLessThan(0.02);
    expect(errorOf(fast.count, plain.count)).toBeLessThan(0.02);
    expect(errorOf(fast.sum / fast.count, plain.sum / plain.count)).toBeLessThan(0.1);
    expect(errorOf(fast.within(0.1) / fast.count, plain.within(0.1) / plain.count)).toBeLessThan(0.02);
  });
});

describe("the time scale", () => {
  it("lets less of a backlog grow while an overload lasts", () => {
    const failedOf = (timeScale: number): number => {
      const model = scaled(timeScale);
      const simulator = createSimulator(model, 1, "fluid");
      const overload = (knot: number): number => (knot < 2 ? 400 : 50);
      simulator.reset(0, makeEpisode(3, makeState(model, 2), overload));
      simulator.advance(0, 1, 60);
      const { refused, expired } = outcomesOf(simulator);
      return refused + expired;
    };
    expect(failedOf(1)).toBeGreaterThan(2000);
    expect(failedOf(12)).toBeLessThan(1);
  });
});
