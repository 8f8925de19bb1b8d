import { describe, expect, it } from "vitest";
import { type BenchmarkOptions, type BenchmarkProgress, runBenchmark } from "../../src/benchmark/run-benchmark.js";
import { createWorkload } from "../../src/loadgen/create-workload.js";
import { QueueEnv } from "../fakes/queue-env.js";

const calm = createWorkload("steady", { level: 0.3 });

const options: BenchmarkOptions = {
  env: "Queue-v0",
  makeEnv: async () => new QueueEnv(),
  policies: ["static", "threshold:0.7"],
  seeds: [0, 5n, 2],
  workloads: ["day", calm],
};

describe("runBenchmark", () => {
  it("runs every policy on every workload with every seed, in that order", async () => {
    const { results } = await runBenchmark(options);
    expect(results.episodes.map(({ workload, policy, seed }) => `${workload} ${policy} ${seed}`)).toEqual([
      ...["day static 0", "day static 5", "day static 2"],
      ...["day threshold:0.7 0", "day threshold:0.7 5", "day threshold:0.7 2"],
      ...["steady static 0", "steady static 5", "steady static 2"],
      ...["steady threshold:0.7 0", "steady threshold:0.7 5", "steady threshold:0.7 2"],
    ]);
    expect(results).toMatchObject({ schema: 1, env: "Queue-v0", split: "test", workloads: ["day", "steady"] });
  });

  it("sums up each policy over all its episodes", async () => {
    const { results } = await runBenchmark(options);
    const own = results.episodes.filter(({ policy }) => policy === "threshold:0.7");
    const mean = own.reduce((sum, episode) => sum + episode.costUsd, 0) / own.length;
    expect(results.policies[1]).toMatchObject({ name: "threshold:0.7", kind: "rule", costUsd: { mean } });
  });

  it("gives the same result when run again", async () => {
    expect(await runBenchmark(options)).toEqual(await runBenchmark(options));
  });

  it("hands workload, split and further options to the environment, and closes it", async () => {
    const asked: unknown[] = [];
    const made: QueueEnv[] = [];
    const makeEnv = async (given: unknown) => {
      asked.push(given);
      made.push(new QueueEnv());
      return made.at(-1)!;
    };
    await runBenchmark({ ...options, makeEnv, split: "train", envOptions: { hard: true } });
    expect(asked).toEqual([
      { hard: true, workload: "day", split: "train", episode: "day" },
      { hard: true, workload: calm, split: "train", episode: "day" },
    ]);
    expect(made.map(({ closed }) => closed)).toEqual([1, 1]);
  });

  it("reports its progress after each episode", async () => {
    const seen: BenchmarkProgress[] = [];
    await runBenchmark({ ...options, onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(seen.at(-1)).toEqual({ done: 12, total: 12, policy: "threshold:0.7", workload: "steady", seed: 2 });
  });

  it("closes the environment when a policy does not fit", async () => {
    const env = new QueueEnv();
    const run = runBenchmark({ ...options, makeEnv: async () => env, policies: ["static:99"], workloads: ["day"] });
    await expect(run).rejects.toThrow(
      "Expected the value of policy static:99 to be an integer from 1 to 10 for control web of Queue-v0, got 99 (number).",
    );
    expect(env.closed).toBe(1);
  });

  it.each([
    [{ policies: [] }, "Expected policies to be at least one, got [] (array)."],
    [{ policies: ["static", "static"] }, "Expected policies to be all different, got [static, static] (array)."],
    [{ seeds: [] }, "Expected seeds to be at least one, got [] (array)."],
    [{ seeds: [1, 1n] }, "Expected seeds to be all different, got [1, 1] (array)."],
    [{ workloads: [] }, "Expected workloads to be at least one, got [] (array)."],
    [{ policies: ["statik"] }, 'No policy is called "statik". Did you mean "static"?'],
  ])("refuses %o", async (wrong, message) => {
    await expect(runBenchmark({ ...options, ...wrong })).rejects.toThrow(message);
  });
});
