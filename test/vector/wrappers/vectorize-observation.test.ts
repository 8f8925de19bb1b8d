/** VectorizeObservation: what remembers observations, for each environment of a batch. @module */
import { describe, expect, it } from "vitest";
import { type AutoresetMode, SyncVectorEnv, VectorizeObservation } from "../../../src/vector/index.js";
import { DelayObservation, FrameStackObservation, TimeLimit } from "../../../src/wrappers/index.js";
import { CountingEnv } from "../../fakes/counting-env.js";

/** Two environments, one with episodes of two steps, one of three; observation [steps, random]. */
function stacked(autoresetMode: AutoresetMode): VectorizeObservation<Int32Array> {
  const envs = [new TimeLimit(new CountingEnv(), { maxEpisodeSteps: 2 }), new CountingEnv()];
  const inner = new SyncVectorEnv<unknown, Int32Array>(envs, { autoresetMode });
  return new VectorizeObservation(inner, { wrap: (env) => new FrameStackObservation(env, { stackSize: 2 }) });
}

/** The counts of steps in both frames of both environments. */
function counts(observations: unknown): number[] {
  return Array.from(observations as Float32Array).filter((_, i) => i % 2 === 0);
}

const none = Int32Array.of(0, 0);

describe("VectorizeObservation", () => {
  it("starts each environment's memory with its episode in mode NextStep", async () => {
    const env = stacked("NextStep");
    expect(counts((await env.reset())[0])).toEqual([0, 0, 0, 0]);
    expect(counts((await env.step(none))[0])).toEqual([0, 1, 0, 1]);
    expect(counts((await env.step(none))[0])).toEqual([1, 2, 1, 2]);
    const [observations] = await env.step(none);
    expect(counts(observations)).toEqual([0, 0, 2, 3]);
    expect(env.observationSpace.contains(observations)).toBe(true);
  });

  it("gives the last observations of an episode their memory in mode SameStep", async () => {
    const env = stacked("SameStep");
    await env.reset();
    await env.step(none);
    const [observations, , , , infos] = await env.step(none);
    expect(counts(observations)).toEqual([0, 0, 1, 2]);
    const [last, other] = (infos as unknown as { finalObs: unknown[] }).finalObs;
    expect(counts(last)).toEqual([1, 2]);
    expect(other).toBeNull();
  });

  it("leaves alone the memory of environments that a mask leaves alone", async () => {
    const env = stacked("Disabled");
    await env.reset();
    await env.step(none);
    await env.step(none);
    expect(counts((await env.reset({ options: { resetMask: [1, 0] } }))[0])).toEqual([0, 0, 1, 2]);
  });

  it("goes on from a snapshot of one environment", async () => {
    const env = stacked("NextStep");
    await env.reset();
    await env.step(none);
    const saved = structuredClone(await env.snapshot(1));
    await env.step(none);
    await env.restore(1, saved);
    expect(counts((await env.step(none))[0]).slice(2)).toEqual([1, 2]);
  });

  it("delays observations too", async () => {
    const inner = new SyncVectorEnv<unknown, Int32Array>([new CountingEnv(), new CountingEnv()]);
    const env = new VectorizeObservation(inner, { wrap: (single) => new DelayObservation(single, { delay: 1 }) });
    await env.reset();
    await env.step(none);
    expect(counts((await env.step(none))[0])).toEqual([1, 1]);
  });
});
