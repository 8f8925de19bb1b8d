import { describe, expect, it } from "vitest";
import { InvalidDefinitionError } from "../../src/errors.js";
import { workFactor } from "../../src/simulator/daily-swing.js";
import { createSimulator, modelOfGraph } from "../../src/simulator/index.js";
import { webService } from "../../src/stacks/index.js";
import { makeEpisode, makeModel, makeState, START } from "./fixtures.js";

describe("workFactor", () => {
  it("is greatest at the peak hour, least twelve hours later, and 1 in between", () => {
    const swing = { amplitude: 0.3, peakHour: 11 };
    expect(workFactor(swing, START + 11 * 3600)).toBeCloseTo(1.3, 12);
    expect(workFactor(swing, START + 23 * 3600)).toBeCloseTo(0.7, 12);
    expect(workFactor(swing, START + 5 * 3600)).toBeCloseTo(1, 12);
    expect(workFactor(swing, START + 86_400 + 17 * 3600)).toBeCloseTo(1, 12);
  });
});

describe.each(["fluid", "requests"] as const)("createSimulator, %s, with a daily swing", (kind) => {
  it("works on a request as much longer as the hour says", () => {
    const dailySwing = { amplitude: 0.5, peakHour: 0 };
    const simulator = createSimulator(makeModel({ tiers: [{ dailySwing }], slots: 4 }), 1, kind);
    simulator.reset(
      0,
      makeEpisode(1, makeState(simulator.model, 2), () => 50, 2_882),
    );
    const { current, rows } = simulator;
    const workSeconds = (ticks: number): number => {
      const [busy, answered] = [current[rows.tiers[0]!.busy]!, current[rows.tiers[0]!.code200]!];
      for (let k = 0; k < ticks; k += 12) simulator.advance(0, 1, 12);
      simulator.collect(0, 1);
      return (current[rows.tiers[0]!.busy]! - busy) / (current[rows.tiers[0]!.code200]! - answered);
    };
    // From 0:00 to 0:10, from 5:55 to 6:05, from 11:55 to 12:05.
    expect(workSeconds(120) / 0.03).toBeCloseTo(1, 1);
    workSeconds(3_600 + 540);
    expect(workSeconds(120) / 0.02).toBeCloseTo(1, 1);
    workSeconds(3_600 + 600);
    expect(workSeconds(120) / 0.01).toBeCloseTo(1, 1);
  });
});

describe("modelOfGraph", () => {
  it("refuses a swing that would leave no work, or peaks at no hour of the day", () => {
    const { graph, services, loadBalancer } = webService();
    for (const dailySwing of [
      { amplitude: 1, peakHour: 0 },
      { amplitude: 0.2, peakHour: 24 },
    ]) {
      const swinging = services.map((service) => ({ ...service, dailySwing }));
      expect(() => modelOfGraph({ graph, services: swinging, loadBalancer })).toThrow(
        new InvalidDefinitionError(
          "services[0].dailySwing",
          "expected an amplitude in [0, 1) and a peakHour in [0, 24).",
        ),
      );
    }
  });
});
