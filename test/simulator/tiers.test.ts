import { describe, expect, it } from "vitest";
import { createSimulator, type Simulator, type SimulatorKind, type SimulatorModel } from "../../src/simulator/index.js";
import { errorOf, makeEpisode, makeModel, makeState, outcomesOf, readRow } from "./fixtures.js";

function run(
  kind: SimulatorKind,
  model: SimulatorModel,
  replicas: readonly number[],
  rate: number,
  ticks = 400,
): Simulator {
  const simulator = createSimulator(model, 1, kind);
  simulator.reset(
    0,
    makeEpisode(4, makeState(model, replicas), () => rate),
  );
  simulator.advance(0, 1, ticks);
  simulator.collect(0, 1);
  return simulator;
}

function meanResponse(simulator: Simulator, tier = 0): number {
  const { sum, count } = simulator.rows.tiers[tier]!;
  return readRow(simulator, sum) / readRow(simulator, count);
}

const chains = [
  { name: "two tiers", model: makeModel({ tiers: [{}, {}] }), replicas: [2, 3], rate: 140 },
  { name: "three tiers", model: makeModel({ tiers: [{}, {}, {}] }), replicas: [3, 4, 3], rate: 180 },
  {
    name: "three tiers, two calls each to a database",
    model: makeModel({
      tiers: [
        {},
        { calls: [{ tier: 2, perRequest: 2 }] },
        { kind: "database", maxReplicas: 1, serviceTimeSeconds: 0.004 },
      ],
    }),
    replicas: [3, 3, 1],
    rate: 170,
  },
  {
    name: "a call that not every request makes",
    model: makeModel({ tiers: [{ calls: [{ tier: 1, perRequest: 0.3 }] }, {}] }),
    replicas: [2, 1],
    rate: 130,
  },
];

describe("Kernel, beside the request-level model", () => {
  it.each(chains)(
    "has the same mean response within 7 %, and the same throughput: $name",
    ({ model, replicas, rate }) => {
      const fluid = run("fluid", model, replicas, rate);
      const requests = run("requests", model, replicas, rate);
      expect(errorOf(meanResponse(fluid), meanResponse(requests))).toBeLessThan(0.07);
      for (let t = 0; t < model.tiers.length; t++) {
        const { code200, busy } = fluid.rows.tiers[t]!;
        expect(errorOf(readRow(fluid, code200), readRow(requests, code200))).toBeLessThan(0.01);
        expect(errorOf(readRow(fluid, busy), readRow(requests, busy))).toBeLessThan(0.015);
      }
    },
  );
});

describe.each<SimulatorKind>(["fluid", "requests"])("tiers, %s", (kind) => {
  it("hide the demand behind a bottleneck, which moves when it is widened", () => {
    const model = makeModel({ tiers: [{}, {}] });
    const utilization = (simulator: Simulator, tier: number, slots: number): number =>
      readRow(simulator, simulator.rows.tiers[tier]!.busy) / (400 * 5 * slots);
    // 300 requests per second; one replica can do 100.
    const narrow = run(kind, model, [1, 2], 300);
    expect(utilization(narrow, 0, 2)).toBeGreaterThan(0.97);
    expect(utilization(narrow, 1, 4)).toBeLessThan(0.55);
    const widened = run(kind, model, [4, 2], 300);
    expect(utilization(widened, 0, 8)).toBeLessThan(0.8);
    expect(utilization(widened, 1, 4)).toBeGreaterThan(0.97);
    expect(outcomesOf(widened).expired).toBeGreaterThan(10_000);
  });

  it("refuse what a database has no connection for", () => {
    const model = makeModel({ connections: 20, tiers: [{}, { kind: "database", maxReplicas: 1 }] });
    const simulator = run(kind, model, [8, 1], 150);
    const { connections, maxConnections, code503 } = simulator.rows.tiers[1]!;
    expect(readRow(simulator, maxConnections)).toBe(20);
    expect(readRow(simulator, connections)).toBeLessThanOrEqual(20);
    // 100 of 150 requests per second can be served.
    expect(errorOf(readRow(simulator, code503), outcomesOf(simulator).offered / 3)).toBeLessThan(0.04);
    expect(outcomesOf(simulator).expired).toBe(0);
  });

  it("are slowed down by too little memory", () => {
    const model = makeModel({ tiers: [{ memoryPerRequestBytes: 100 * 1024 ** 2 }], clientTimeoutSeconds: 60 });
    const simulator = run(kind, model, [2], 240, 60);
    const { code200 } = simulator.rows.tiers[0]!;
    // Without paging 200 requests per second could be served; tenfold slower it is 20.
    expect(readRow(simulator, code200) / 300).toBeLessThan(60);
  });
});
