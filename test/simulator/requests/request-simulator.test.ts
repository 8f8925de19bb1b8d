import { describe, expect, it } from "vitest";
import type { ServiceTimeDistribution } from "../../../src/infra/service.js";
import { LATENCY_BUCKETS } from "../../../src/metrics/latency-buckets.js";
import { meanWaitSeconds } from "../../../src/simulator/erlang.js";
import { type Balancing, RequestSimulator, type SimulatorModel } from "../../../src/simulator/index.js";
import { variationOf } from "../../../src/simulator/model.js";
import { serviceTimeQuantile } from "../../../src/simulator/requests/service-times.js";
import { errorOf, makeEpisode, makeModel, makeState, outcomesOf, readRow } from "../fixtures.js";

function withDistribution(serviceTimeDistribution: ServiceTimeDistribution, slots = 1): SimulatorModel {
  const service = {
    name: "tier0",
    resource: "digitalocean_droplet.tier0",
    serviceTimeSeconds: 0.02,
    serviceTimeDistribution,
  };
  return makeModel({
    slots,
    clientTimeoutSeconds: 1000,
    tiers: [{ service, serviceTimeVariation: variationOf(service) }],
  });
}

/** Mean wait of a million requests or so. Unit: seconds. */
function meanWait(model: SimulatorModel, replicas: number, rate: number): number {
  const simulator = new RequestSimulator(model, 1);
  simulator.reset(
    0,
    makeEpisode(2, makeState(model, replicas), () => rate),
  );
  simulator.advance(0, 1, Math.ceil(800_000 / (rate * 5)));
  const { sum, busy, count } = simulator.rows.tiers[0]!;
  return (readRow(simulator, sum) - readRow(simulator, busy)) / readRow(simulator, count);
}

const distributions: readonly ServiceTimeDistribution[] = [
  "exponential",
  "deterministic",
  { kind: "lognormal", coefficientOfVariation: 1.5 },
  { kind: "gamma", coefficientOfVariation: 0.5 },
  { kind: "gamma", coefficientOfVariation: 2 },
  { kind: "hyperexponential", coefficientOfVariation: 2 },
];

describe("RequestSimulator", () => {
  it.each(distributions)(
    "meets Pollaczek and Khinchine's mean wait with one slot and service times %j",
    (distribution) => {
      const model = withDistribution(distribution);
      const variation = model.tiers[0]!.serviceTimeVariation;
      const exact = (meanWaitSeconds(1, 30, 50) * (1 + variation * variation)) / 2;
      expect(errorOf(meanWait(model, 1, 30), exact)).toBeLessThan(0.05);
    },
  );

  it("lets least connections wait a little more than one pooled queue, and round robin and random more still", () => {
    const wait = (balancing: Balancing): number => meanWait(makeModel({ balancing }), 4, 320);
    const pooled = meanWaitSeconds(8, 320, 50);
    const [least, turns, random] = [wait("least_connections"), wait("round_robin"), wait("random")];
    expect(least).toBeGreaterThan(pooled);
    expect(least).toBeLessThan(1.5 * pooled);
    expect(turns).toBeGreaterThan(least);
    expect(random).toBeGreaterThan(turns);
    // At random each replica is an M/M/2 queue of its own.
    expect(errorOf(random, meanWaitSeconds(2, 80, 50))).toBeLessThan(0.05);
  });

  it("answers in whole requests, and counts each in one bucket", () => {
    const model = makeModel();
    const simulator = new RequestSimulator(model, 1);
    simulator.reset(
      0,
      makeEpisode(2, makeState(model, 1), () => 80),
    );
    simulator.advance(0, 1, 50);
    const { code200, bucket, count } = simulator.rows.tiers[0]!;
    const answered = readRow(simulator, code200);
    expect(Number.isInteger(answered)).toBe(true);
    expect([readRow(simulator, count), readRow(simulator, bucket + LATENCY_BUCKETS.length)]).toEqual([
      answered,
      answered,
    ]);
  });

  it("refuses what finds no place, and never holds more", () => {
    const model = makeModel({ connections: 5, balancing: "random" });
    const simulator = new RequestSimulator(model, 1);
    simulator.reset(
      0,
      makeEpisode(2, makeState(model, 2), () => 500),
    );
    for (let tick = 0; tick < 50; tick++) {
      simulator.advance(0, 1, 1);
      simulator.collect(0, 1);
      expect(readRow(simulator, simulator.rows.tiers[0]!.inFlight)).toBeLessThanOrEqual(10);
    }
    expect(outcomesOf(simulator).refused).toBeGreaterThan(50 * 5 * 280);
  });

  it("answers nobody later than the client waits", () => {
    const model = makeModel({ clientTimeoutSeconds: 5 });
    const simulator = new RequestSimulator(model, 1);
    simulator.reset(
      0,
      makeEpisode(2, makeState(model, 1), () => 130),
    );
    simulator.advance(0, 1, 50);
    const { bucket, count } = simulator.rows.tiers[0]!;
    expect(readRow(simulator, bucket + LATENCY_BUCKETS.indexOf(5))).toBe(readRow(simulator, count));
    expect(outcomesOf(simulator).expired).toBeGreaterThan(5000);
  });

  it("loses what a crashed replica had and what is sent there until it is noticed", () => {
    const model = makeModel({ lifecycle: { meanSecondsBetweenCrashes: 300 } });
    const simulator = new RequestSimulator(model, 1);
    simulator.reset(
      0,
      makeEpisode(2, makeState(model, 4), () => 100),
    );
    simulator.advance(0, 1, 2000);
    const crashes = readRow(simulator, simulator.rows.tiers[0]!.crashes);
    const { refused } = outcomesOf(simulator);
    expect(crashes).toBeGreaterThan(60);
    // 15 s of a quarter of 100 requests per second, and more where fewer are up.
    expect(refused / crashes).toBeGreaterThan(300);
    expect(refused / crashes).toBeLessThan(700);
  });
});

describe("serviceTimeQuantile", () => {
  it.each(distributions)("has the mean and the variation of %j", (distribution) => {
    const tier = withDistribution(distribution).tiers[0]!;
    const quantile = serviceTimeQuantile(tier);
    const count = 400_000;
    let [sum, squares] = [0, 0];
    for (let k = 0; k < count; k++) {
      const seconds = quantile((k + 0.5) / count);
      sum += seconds / count;
      squares += (seconds * seconds) / count;
    }
    expect(errorOf(sum, 0.02)).toBeLessThan(0.002);
    expect(Math.abs(Math.sqrt(Math.max(0, squares - sum * sum)) / sum - tier.serviceTimeVariation)).toBeLessThan(0.02);
  });
});
