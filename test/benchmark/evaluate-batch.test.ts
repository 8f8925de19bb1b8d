import { describe, expect, it } from "vitest";
import { createPolicy } from "../../src/agents/create-policy.js";
import { evaluate } from "../../src/benchmark/evaluate.js";
import { evaluateBatch } from "../../src/benchmark/evaluate-batch.js";
import { InfraEnv } from "../../src/envs/infra-env.js";
import { threeTierDefinition } from "../../src/envs/three-tier/definition.js";
import { webServiceDefinition } from "../../src/envs/web-service/definition.js";

const days = { split: "test", episode: "window", workload: "flash-crowd" } as const;

describe("evaluateBatch", () => {
  it.each([
    ["WebService-v0, delta", webServiceDefinition()],
    ["WebService-v0, residual", webServiceDefinition({ control: "residual" })],
    ["WebService-v0, continuous", webServiceDefinition({ control: "continuous" })],
    ["ThreeTier-v0, target", threeTierDefinition({ control: "target" })],
  ])("gives the numbers that single environments give: %s", async (_name, definition) => {
    const names = ["static:4", "threshold:0.6", "expert:0.8", "random"];
    const seeds = [3, 4];
    const env = new InfraEnv(definition, days);
    const single = [];
    for (const name of names)
      single.push(...(await evaluate(env, createPolicy(name), { seeds, maxSteps: 90 })).episodes);
    const rows = names.flatMap((name) => seeds.map((seed) => ({ policy: createPolicy(name), seed })));
    const batch = await evaluateBatch(definition, rows, { ...days, width: 3, maxSteps: 90 });
    expect(batch).toEqual(single.map(({ seed: _seed, ...measures }) => measures));
  });

  it("stops when its signal is aborted", async () => {
    const rows = [{ policy: createPolicy("static"), seed: 0 }];
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(evaluateBatch(webServiceDefinition(), rows, { ...days, signal })).rejects.toThrow("enough");
  });
});
