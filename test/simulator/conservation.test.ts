import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulator, type Simulator, type SimulatorKind } from "../../src/simulator/index.js";
import { makeEpisode, makeModel, makeState, outcomesOf } from "./fixtures.js";

const KINDS: readonly SimulatorKind[] = ["fluid", "requests"];

/** A tree of services: the entry calls both others, the second one less than once per request, and so does the middle one. */
const model = makeModel({
  connections: 60,
  clientTimeoutSeconds: 12,
  lifecycle: { meanSecondsBetweenCrashes: 600 },
  tiers: [
    {
      calls: [
        { tier: 1, perRequest: 1.5 },
        { tier: 2, perRequest: 0.4 },
      ],
    },
    { calls: [{ tier: 2, perRequest: 0.2 }], memoryPerRequestBytes: 30 * 1024 ** 2 },
    { kind: "database", maxReplicas: 1 },
  ],
});

const change = fc.record({
  replicas: fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1 })),
  size: fc.integer({ min: 0, max: 1 }),
  nodes: fc.integer({ min: 0, max: 2 }),
  ticks: fc.integer({ min: 1, max: 20 }),
});

const scenario = fc.record({
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  rates: fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 4, maxLength: 8 }),
  changes: fc.array(change, { minLength: 1, maxLength: 12 }),
});

/** Counters of the services; those of a machine begin anew with each machine. */
function counterRows(simulator: Simulator): number[] {
  return simulator.schema.series.flatMap(({ name }, row) =>
    /^(?!node_).*_(total|bucket|sum|seconds_count)$/.test(name) ? [row] : [],
  );
}

describe.each(KINDS)("createSimulator, %s", (kind) => {
  it("loses no request, whatever is changed, and its counters only grow", () => {
    fc.assert(
      fc.property(scenario, ({ seed, rates, changes }) => {
        const simulator = createSimulator(model, 1, kind);
        simulator.reset(
          0,
          makeEpisode(seed, makeState(model, [2, 3, 1]), (k) => rates[k % rates.length]!, 80),
        );
        const counters = counterRows(simulator);
        let before = simulator.current.slice();
        for (const { replicas, size, nodes, ticks } of changes) {
          simulator.desire(0, makeState(model, replicas, size, nodes));
          simulator.advance(0, 1, ticks);
          simulator.collect(0, 1);
          const { offered, answered, refused, expired, backlog } = outcomesOf(simulator);
          const accounted = answered + refused + expired + backlog;
          if (kind === "requests") expect(accounted).toBe(offered);
          else expect(Math.abs(accounted - offered)).toBeLessThanOrEqual(1e-6 * Math.max(1, offered));
          expect(simulator.schema.series.filter((_, row) => !Number.isFinite(simulator.current[row]))).toEqual([]);
          for (const row of counters)
            expect(simulator.current[row]!, simulator.schema.series[row]!.name).toBeGreaterThanOrEqual(
              before[row]! - 1e-9,
            );
          before = simulator.current.slice();
        }
      }),
      { numRuns: 60 },
    );
  });

  it("goes on with the same bytes after a snapshot at any tick is restored, in another simulator too", () => {
    fc.assert(
      fc.property(scenario, fc.integer({ min: 1, max: 40 }), ({ seed, rates, changes }, ticks) => {
        const episode = makeEpisode(seed, makeState(model, [2, 3, 1]), (k) => rates[k % rates.length]!, 80);
        const first = createSimulator(model, 2, kind);
        const second = createSimulator(model, 3, kind);
        const { replicas, size, nodes } = changes[0]!;
        first.reset(1, episode);
        first.advance(1, 2, 3);
        first.collect(1, 2);
        first.desire(1, makeState(model, replicas, size, nodes));
        first.advance(1, 2, ticks);
        const state = first.snapshot(1);
        second.restore(0, state);
        first.advance(1, 2, 30);
        first.collect(1, 2);
        second.advance(0, 1, 30);
        second.collect(0, 1);
        const column = (simulator: Simulator, env: number): number[] =>
          Array.from({ length: simulator.schema.size }, (_, row) => simulator.current[row * simulator.stride + env]!);
        expect(column(second, 0)).toEqual(column(first, 1));
        expect(second.snapshot(0)).toEqual(first.snapshot(1));
      }),
      { numRuns: 30 },
    );
  });

  it("gives one environment the same bytes alone and among others", () => {
    const episode = makeEpisode(5, makeState(model, [2, 3, 1]), () => 150);
    const alone = createSimulator(model, 1, kind);
    const among = createSimulator(model, 4, kind);
    alone.reset(0, episode);
    for (let env = 0; env < 4; env++) among.reset(env, { ...episode, seed: BigInt(env + 3) });
    alone.advance(0, 1, 60);
    among.advance(0, 4, 60);
    for (let row = 0; row < alone.schema.size; row++)
      expect(among.current[row * among.stride + 2]).toBe(alone.current[row]);
  });

  it("stands still where it is told to skip", () => {
    const simulator = createSimulator(model, 2, kind);
    const episode = makeEpisode(5, makeState(model, [2, 3, 1]), () => 150);
    simulator.reset(0, episode);
    simulator.reset(1, episode);
    const before = outcomesOf(simulator, 0).offered;
    simulator.advance(0, 2, 5, Uint8Array.of(1, 0));
    expect([outcomesOf(simulator, 0).offered, outcomesOf(simulator, 1).offered > before]).toEqual([before, true]);
  });

  it("fails everything without a replica", () => {
    const simulator = createSimulator(model, 1, kind);
    simulator.reset(
      0,
      makeEpisode(1, makeState(model, 0), () => 100),
    );
    simulator.advance(0, 1, 50);
    const { offered, refused } = outcomesOf(simulator);
    expect([offered > 4000, refused]).toEqual([true, offered]);
  });

  it("fails everything without a load balancer", () => {
    const simulator = createSimulator(model, 1, kind);
    simulator.reset(
      0,
      makeEpisode(1, makeState(model, [2, 3, 1], 0, 0), () => 100),
    );
    simulator.advance(0, 1, 50);
    const { offered, refused } = outcomesOf(simulator);
    expect([offered > 4000, refused]).toEqual([true, offered]);
  });

  it("charges a backlog as failed when its replicas are removed", () => {
    const single = makeModel({ clientTimeoutSeconds: 120 });
    const simulator = createSimulator(single, 1, kind);
    simulator.reset(
      0,
      makeEpisode(1, makeState(single, 1), () => 300),
    );
    simulator.advance(0, 1, 10);
    const before = outcomesOf(simulator);
    expect(before.backlog).toBeGreaterThan(5000);
    simulator.desire(0, makeState(single, 0));
    simulator.advance(0, 1, 4);
    const after = outcomesOf(simulator);
    expect(after.backlog).toBe(0);
    // While they drain, two replicas' worth of requests may still be answered.
    expect(after.refused - before.refused).toBeGreaterThan(before.backlog - 1100);
  });

  it("lets a load balancer node forward no more than it can", () => {
    const narrow = { ...makeModel({ slots: 8 }), loadBalancerCapacity: 50 };
    const simulator = createSimulator(narrow, 1, kind);
    simulator.reset(
      0,
      makeEpisode(1, makeState(narrow, 2), () => 200),
    );
    simulator.advance(0, 1, 100);
    const { offered, refused } = outcomesOf(simulator);
    expect(refused / offered).toBeCloseTo(0.75, 2);
  });

  it("refuses a snapshot of another model, and one where nothing runs", () => {
    const simulator = createSimulator(model, 1, kind);
    expect(() => simulator.snapshot(0)).toThrow("Expected a snapshot of a running episode, got one of none.");
    const other = createSimulator(makeModel(), 1, kind);
    other.reset(
      0,
      makeEpisode(1, makeState(makeModel(), 1), () => 1),
    );
    expect(() => simulator.restore(0, other.snapshot(0))).toThrow(
      /^Expected a snapshot of \d+ integers and \d+ floats/,
    );
  });
});

describe("createSimulator", () => {
  it("refuses a snapshot of the other model", () => {
    const fluid = createSimulator(model, 1, "fluid");
    fluid.reset(
      0,
      makeEpisode(1, makeState(model, 1), () => 1),
    );
    expect(() => createSimulator(model, 1, "requests").restore(0, fluid.snapshot(0))).toThrow(
      "Expected a snapshot of the same kind of simulator, got one of another kind.",
    );
  });

  it("rejects a model that is none, and half an environment", () => {
    expect(() => createSimulator(model, 1, "exact" as SimulatorKind)).toThrow(
      'Expected model to be "fluid" or "requests", got "exact" (string).',
    );
    expect(() => createSimulator(model, 0.5)).toThrow("Expected numEnvs to be an integer from 1, got 0.5 (number).");
  });
});
