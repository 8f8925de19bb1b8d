/** What a step is judged by: no request is lost, none counted twice, and what waits at the end has failed. @module */
import { describe, expect, it } from "vitest";
import { InfraEnv, type InfraInfo, webServiceDefinition } from "../../src/envs/index.js";
import { steady } from "../../src/loadgen/index.js";
import { play } from "../envs/play.js";
import { smallDefinition, smallOptions } from "../envs/small-definition.js";

const sumOf = (infos: readonly InfraInfo[], of: "arrivals" | "answered" | "failed"): number =>
  infos.reduce((sum, { slo }) => sum + slo[of], 0);

describe("PlaneMeasurement", () => {
  // Those that are there when the episode begins are judged in it too: in the fluid model, those that wait.
  it.each([
    ["fluid", "infra_gym_backlog_requests"],
    ["requests", "http_requests_in_flight"],
  ] as const)("judges every request once over an episode, in overload too: %s", async (model, metric) => {
    const there = { name: "there", promql: `${metric}{service="web"}`, low: 0, high: 1e6, unit: "requests" };
    const simulation = { model };
    const definition = smallDefinition({
      simulation,
      features: [...smallOptions().features, there],
      episodeSeconds: 1800,
    });
    const env = new InfraEnv<number>(definition, { workload: steady({ level: 0.9 }) });
    const { observations, infos } = await play(env, { seed: 3 }, (_, step) => (step < 10 ? 4 : 3));
    const before = observations[0]!.at(-1)!;
    expect(before).toBeGreaterThan(0);
    expect(sumOf(infos, "failed")).toBeGreaterThan(1000);
    expect(sumOf(infos, "answered") + sumOf(infos, "failed")).toBeCloseTo(sumOf(infos, "arrivals") + before, 3);
  });

  it("counts what still waits as failed where the episode ends, and nowhere else", async () => {
    const env = new InfraEnv<number>(smallDefinition({ episodeSeconds: 300 }), { workload: steady({ level: 0.9 }) });
    await env.reset({ seed: 1, options: { controls: { replicas: 1 } } });
    let info: InfraInfo | undefined;
    for (let step = 0; step < 4; step++) [, , , , info] = await env.step(4);
    const backlog = env.snapshot();
    const failedBefore = info!.slo.failed;
    [, , , , info] = await env.step(4);
    expect(info.slo.failed - failedBefore).toBeGreaterThan(100);
    env.restore(backlog);
    expect((await env.step(4))[4].slo).toEqual(info.slo);
  });

  it("bills what the episode cost in all, step by step", async () => {
    const env = new InfraEnv<Int32Array>(webServiceDefinition());
    const { infos } = await play(env, { seed: 2 }, (_, step) => Int32Array.of(step % 3 === 0 ? 8 : 1, 1), 300);
    const total = infos.reduce((sum, { costUsd }) => sum + costUsd, 0);
    expect(total).toBeCloseTo(env.backend.totalCostUsd, 9);
    for (const { costUsd } of infos) expect(costUsd).toBeGreaterThanOrEqual(0);
  });
});
