/** The contracts as cases, on environments that keep them and on ones that break them. @module */
import { describe, expect, it } from "vitest";
import { InfraEnv } from "../../src/envs/index.js";
import { EnvCheckError } from "../../src/errors.js";
import { envContract, vectorEnvContract } from "../../src/testing/index.js";
import { SyncVectorEnv, type VectorStepResult } from "../../src/vector/index.js";
import { smallDefinition } from "../envs/small-definition.js";
import { CartPole } from "../fakes/cart-pole.js";
import { CountingEnv } from "../fakes/counting-env.js";

describe("envContract", () => {
  for (const { name, run } of envContract(async () => new InfraEnv(smallDefinition()))) it(`${name}: InfraEnv`, run);

  it("rejects the cases that are not kept, and those alone", async () => {
    const failed: string[] = [];
    for (const { name, run } of envContract(async () => new CountingEnv())) {
      await run().catch((error: unknown) => {
        expect(error).toBeInstanceOf(EnvCheckError);
        failed.push(name);
      });
    }
    expect(failed).toEqual([
      "refuses a step before reset",
      "refuses seeds and actions that are none",
      "is closed once and for all",
    ]);
  });
});

describe("vectorEnvContract", () => {
  const makeEnvs = (): CartPole[] => [new CartPole(), new CartPole(), new CartPole()];
  for (const { name, run } of vectorEnvContract(async () => new SyncVectorEnv(makeEnvs())))
    it(`${name}: CartPole`, run);

  it("finds arrays that are written to again, and lists of another kind", async () => {
    class Reusing extends SyncVectorEnv<Float32Array, Int32Array> {
      readonly rewards = new Float64Array(3);
      #observations: Float32Array | undefined;
      override async step(actions: Int32Array): Promise<VectorStepResult<Float32Array, never>> {
        const [observations, rewards, terminations, , infos] = await super.step(actions);
        this.rewards.set(rewards);
        this.#observations ??= new Float32Array(observations.length);
        this.#observations.set(observations);
        return [this.#observations, this.rewards, terminations, [0, 0, 0] as never, infos as never];
      }
    }
    const found: string[] = [];
    for (const { run } of vectorEnvContract(async () => new Reusing(makeEnvs()))) {
      await run().catch((error: EnvCheckError) => found.push(...error.issues));
    }
    expect(found).toContain("step's truncations must be a Uint8Array of 0 and 1 of length numEnvs.");
    expect(found).toContain("step must give new arrays: those it gave before have changed.");
  });
});
