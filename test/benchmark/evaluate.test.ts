import { describe, expect, it } from "vitest";
import { createPolicy } from "../../src/agents/create-policy.js";
import { evaluate } from "../../src/benchmark/evaluate.js";
import { runEpisode } from "../../src/benchmark/run-episode.js";
import { QueueEnv } from "../fakes/queue-env.js";

describe("evaluate", () => {
  it("adds up what the steps report", async () => {
    const env = new QueueEnv();
    const { episodes } = await evaluate(env, createPolicy("static:4"), { seeds: [7] });
    const totals = { return: 0, costUsd: 0, arrivals: 0, failed: 0, changes: 0 };
    const policy = createPolicy("static:4");
    policy.bind(env.policySpec);
    await runEpisode(env, policy, {
      seed: 7,
      onStep({ reward, info }) {
        totals.return += reward;
        totals.costUsd += info.costUsd;
        totals.arrivals += info.slo.arrivals;
        totals.failed += info.slo.failed;
        totals.changes += info.plan.isEmpty ? 0 : 1;
      },
    });
    expect(totals.changes).toBe(1);
    expect(episodes).toEqual([
      {
        seed: 7,
        return: totals.return,
        costUsd: totals.costUsd,
        slaViolation: totals.failed / totals.arrivals,
        p95Seconds: expect.closeTo(0.2, 0),
        changes: 1,
      },
    ]);
  });

  it("gives every policy the same arrivals", async () => {
    const env = new QueueEnv();
    const load = async (name: string) => (await evaluate(env, createPolicy(name), { seeds: [1] })).series.load;
    expect(await load("static:9")).toEqual(await load("threshold"));
  });

  it("thins the curves of a long episode to at most 400 points", async () => {
    const { series } = await evaluate(new QueueEnv({ steps: 1_440 }), createPolicy("static"), { seeds: [0] });
    expect(series.hours.length).toBe(360);
    expect(series.replicas.every((count) => count === 3)).toBe(true);
    expect(series.hours[0]).toBeCloseTo(2 / 60, 10);
    expect(series.hours.at(-1)).toBeCloseTo(24 - 2 / 60, 10);
  });

  it("stops after maxSteps", async () => {
    const { series } = await evaluate(new QueueEnv(), createPolicy("static"), { seeds: [0], maxSteps: 5 });
    expect(series.load.length).toBe(5);
  });

  it("refuses an empty list of seeds and a negative one", async () => {
    const policy = createPolicy("static");
    await expect(evaluate(new QueueEnv(), policy, { seeds: [] })).rejects.toThrow(
      "Expected seeds to be at least one seed, got [] (array).",
    );
    await expect(evaluate(new QueueEnv(), policy, { seeds: [1, -1] })).rejects.toThrow(
      "Expected seed to be a non-negative integer, got -1 (number).",
    );
  });
});
