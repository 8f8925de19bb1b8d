/** A short training in WebService-v0: improves on random, along a stored curve to the byte. @module */
import { describe, expect, it } from "vitest";
import { createPolicy, PPO } from "../../../src/agents/index.js";
import { evaluateBatch } from "../../../src/benchmark/evaluate-batch.js";
import { InfraVectorEnv, webServiceDefinition } from "../../../src/envs/index.js";
import { day } from "../../../src/loadgen/index.js";
import { endOf, mean, shortRun } from "./short-run.js";

const definition = webServiceDefinition();
const days = { workload: day(), episode: "window" } as const;

/** What a random policy earns in windows of days. Unit: USD. */
async function randomReturn(): Promise<number> {
  const rows = Array.from({ length: 32 }, (_, seed) => ({ policy: createPolicy("random"), seed }));
  return mean((await evaluateBatch(definition, rows, days)).map((measures) => measures.return));
}

describe("PPO in WebService-v0", () => {
  it("improves on random within seconds, along the stored curve to the byte", async () => {
    const env = new InfraVectorEnv(definition, { ...days, numEnvs: 16, autoresetMode: "SameStep" });
    const options = { numSteps: 64, gamma: 0.95, gaeLambda: 0.9, learningRate: 1.5e-3, clipVloss: false } as const;
    const result = await shortRun(new PPO(env, { ...options, seed: 1 }), 40_960);
    await env.close();
    expect(endOf(result, 8)).toBeGreaterThan(0.5 * (await randomReturn()));
    await expect(`${JSON.stringify(result, null, 1)}\n`).toMatchFileSnapshot(
      "../../fixtures/curves/ppo-in-webservice-v0.json",
    );
  });
});
