/** `SyncVectorEnv`: the contract, and what it refuses. @module */
import { describe, expect, it } from "vitest";
import type { ResetResult, StepResult } from "../../src/env.js";
import { SyncVectorEnv } from "../../src/vector/index.js";
import { testVectorEnv } from "../contract/vector-env.js";
import { CountingEnv } from "../fakes/counting-env.js";
import { TraceEnv } from "../fakes/trace-env.js";
import { thrownMessage } from "../thrown-message.js";

const makeTraceEnvs = (): TraceEnv[] => Array.from({ length: 3 }, () => new TraceEnv({ lengths: [2, 3, 50] }));

testVectorEnv("SyncVectorEnv", async (autoresetMode) => new SyncVectorEnv(makeTraceEnvs(), { autoresetMode }));

describe("SyncVectorEnv", () => {
  it("has the spaces of one and of all, and prints itself", () => {
    const envs = new SyncVectorEnv(makeTraceEnvs());
    expect(String(envs.singleActionSpace)).toBe("Discrete(10)");
    expect(String(envs.actionSpace)).toBe("MultiDiscrete([10 10 10])");
    expect(String(envs.observationSpace)).toBe("Box(0.0, inf, (3, 1), float32)");
    expect(String(envs)).toBe("<SyncVectorEnv<TraceEnv> × 3>");
  });

  it("gives finalObs of its own even where an environment reuses its buffer", async () => {
    class Reusing extends CountingEnv {
      readonly buffer = new Float32Array(2);
      override async reset(): Promise<ResetResult<Float32Array, { count: number }>> {
        const [observation, info] = await super.reset();
        this.buffer.set(observation);
        return [this.buffer, info];
      }
      override async step(action: number): Promise<StepResult<Float32Array, { count: number }>> {
        const [observation, ...rest] = await super.step(action);
        this.buffer.set(observation);
        return [this.buffer, ...rest];
      }
    }
    const envs = new SyncVectorEnv<Float32Array, Int32Array>([new Reusing()], { autoresetMode: "SameStep" });
    await envs.reset({ seed: 0 });
    for (let step = 0; step < 2; step++) await envs.step(Int32Array.of(0));
    const [observations, , , , { finalObs }] = await envs.step(Int32Array.of(0));
    expect((finalObs as [Float32Array])[0][0]).toBe(3);
    expect(observations[0]).toBe(0);
  });

  it("passes an environment's own error on", async () => {
    const envs = new SyncVectorEnv<Float32Array, Int32Array>(makeTraceEnvs());
    await envs.reset({ seed: 0 });
    await expect(envs.step(Int32Array.of(1, 9, 9))).rejects.toThrow(new RangeError("nine is too many"));
  });

  it("lets environments that wait do so at the same time", async () => {
    let waiting = 0;
    class Waiting extends CountingEnv {
      override async step(action: number): Promise<StepResult<Float32Array, { count: number }>> {
        waiting++;
        await new Promise((resolve) => setImmediate(resolve));
        return super.step(action + (waiting === 2 ? 0 : 100));
      }
    }
    const envs = new SyncVectorEnv<Float32Array, Int32Array>([new Waiting(), new Waiting()]);
    await envs.reset();
    expect([...(await envs.step(Int32Array.of(0, 1)))[1]]).toEqual([1, 2]);
  });

  it("closes its environments", async () => {
    const inner = [new CountingEnv(), new CountingEnv()];
    await new SyncVectorEnv(inner).close();
    expect(inner.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  });

  it("refuses lists that are none, one environment twice, spaces that differ, and modes that are none", () => {
    const env = new CountingEnv();
    expect(thrownMessage(() => new SyncVectorEnv([]))).toBe(
      "Expected envs to be a list of at least one environment, got [] (array).",
    );
    expect(thrownMessage(() => new SyncVectorEnv([env, env]))).toBe(
      "Expected envs[1] to be another environment than those before it, got an object of CountingEnv.",
    );
    expect(thrownMessage(() => new SyncVectorEnv([env, new TraceEnv({ lengths: [2] })]))).toBe(
      "Expected envs[1].observationSpace to be Box(0.0, inf, (2,), float32), as that of envs[0], got an object of Box.",
    );
    expect(thrownMessage(() => new SyncVectorEnv([env], { autoresetMode: "Never" as never }))).toBe(
      'Expected autoresetMode to be one of NextStep, SameStep, Disabled, got "Never" (string).',
    );
  });
});
