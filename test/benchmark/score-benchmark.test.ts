import { describe, expect, it } from "vitest";
import { runBenchmark } from "../../src/benchmark/run-benchmark.js";
import { scoreBenchmark } from "../../src/benchmark/score-benchmark.js";
import "../../src/builtin-envs.js";

describe("scoreBenchmark", () => {
  it("places rules between the best static and the oracle, and the oracle at 1", async () => {
    const policies = ["random", "static:7", "threshold:0.62:stabilizationSeconds=0", "oracle"];
    const { results } = await runBenchmark({ env: "WebService-v0", policies, seeds: [0, 1], workloads: ["day"] });
    const { references, policies: scored } = await scoreBenchmark(results);
    const [random, fixed, threshold, oracle] = scored.map(({ score }) => score.value) as [
      number,
      number,
      number,
      number,
    ];
    expect(references[0]!.workload).toBe("day");
    expect(oracle).toBe(1);
    expect(random).toBeLessThan(fixed);
    expect(fixed).toBeLessThanOrEqual(0.05);
    expect(threshold).toBeGreaterThan(0.5);
    expect(threshold).toBeLessThan(0.9);
  });
});
