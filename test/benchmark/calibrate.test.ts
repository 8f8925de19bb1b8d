import { describe, expect, it } from "vitest";
import { createRule } from "../../src/agents/create-policy.js";
import { type CalibrateOptions, calibrate } from "../../src/benchmark/calibrate.js";
import { evaluate } from "../../src/benchmark/evaluate.js";
import { makeJudgedEnv } from "../../src/benchmark/make-judged-env.js";
import { QueueEnv } from "../fakes/queue-env.js";
import "../../src/builtin-envs.js";

const options: CalibrateOptions = {
  rule: "threshold",
  envs: [new QueueEnv()],
  workloads: ["swing"],
  days: 3,
  draws: 9,
};

describe("calibrate", () => {
  it("finds options at which no single step to the side is better", async () => {
    const found = await calibrate(options);
    const meanOf = async (utilization: number) => {
      const policy = createRule("threshold", "threshold", { ...found.options, utilization });
      const { episodes } = await evaluate(new QueueEnv(), policy, { seeds: [0, 1, 2] });
      return episodes.reduce((sum, episode) => sum + episode.return, 0) / 3;
    };
    const { utilization } = found.options as { utilization: number };
    expect(await meanOf(utilization)).toBeCloseTo(found.calibration.return, 10);
    expect(await meanOf(Math.max(0.4, utilization - 0.02))).toBeLessThanOrEqual(found.calibration.return + 1e-12);
    expect(await meanOf(Math.min(0.98, utilization + 0.02))).toBeLessThanOrEqual(found.calibration.return + 1e-12);
  });

  it("gives the same rule when run again, and says what it was searched on", async () => {
    const found = await calibrate(options);
    expect(await calibrate(options)).toEqual(found);
    expect(found).toMatchObject({
      rule: "threshold",
      calibration: { env: "Queue-v0", workloads: ["swing"], seeds: [0, 1, 2] },
    });
  });

  it("learns a schedule for the rules that use one", async () => {
    const env = await makeJudgedEnv("WebService-v0", { split: "train" });
    const { schedule } = await calibrate({ ...options, rule: "expert", envs: [env], draws: 1, days: 1, maxSteps: 30 });
    expect([schedule?.periodSeconds, schedule?.usual.length]).toEqual([60, 1440]);
    const jobs = schedule!.usual;
    // A job starts at 02:00 every night: within five minutes there is far more load than before.
    expect(jobs[125]).toBeGreaterThan(1.5 * jobs[115]!);
    await env.close();
  });

  it("refuses a rule without options to search", async () => {
    await expect(calibrate({ ...options, rule: "static" })).rejects.toThrow(
      'Expected rule to be one of threshold, target-tracking, trend, feed-forward, expert, predictive, forecast, got "static" (string).',
    );
  });
});
