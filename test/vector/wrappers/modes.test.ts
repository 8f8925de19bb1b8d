/** The vector wrappers in every autoreset mode. @module */
import { describe, expect, it } from "vitest";
import { Box } from "../../../src/spaces/index.js";
import {
  type AutoresetMode,
  SyncVectorEnv,
  VectorClipReward,
  VectorDtypeObservation,
  VectorFlattenObservation,
  VectorNormalizeObservation,
  VectorNormalizeReward,
  VectorRecordEpisodeStatistics,
  VectorRescaleAction,
  VectorTransformAction,
  VectorTransformObservation,
  VectorTransformReward,
} from "../../../src/vector/index.js";
import { TimeLimit } from "../../../src/wrappers/index.js";
import { CountingEnv } from "../../fakes/counting-env.js";
import { ReplayEnv } from "../../fakes/replay-env.js";
import { thrownMessage } from "../../thrown-message.js";

/** Two environments, one with episodes of two steps, one of three; observation [steps, random], reward 1 + action. */
function twoEnvs(autoresetMode: AutoresetMode): SyncVectorEnv<Float32Array, Int32Array> {
  const envs = [new TimeLimit(new CountingEnv(), { maxEpisodeSteps: 2 }), new CountingEnv()];
  return new SyncVectorEnv(envs, { autoresetMode });
}

const none = Int32Array.of(0, 0);

describe("VectorRecordEpisodeStatistics", () => {
  it.each([
    // Step 3 resets the first environment in mode NextStep, and is its first step of a new episode in mode SameStep.
    ["NextStep", [2, 3, 2]],
    ["SameStep", [2, 3, 2]],
  ] as const)("counts episodes in mode %s, and no step twice", async (mode, lengths) => {
    const env = new VectorRecordEpisodeStatistics(twoEnvs(mode));
    await env.reset({ seed: 1 });
    const steps = mode === "NextStep" ? 5 : 4;
    for (let i = 0; i < steps; i++) await env.step(none);
    expect(env.recentEpisodes.map(({ l }) => l)).toEqual(lengths);
    expect(env.recentEpisodes.map(({ r }) => r)).toEqual(lengths);
    expect(env.episodeCount).toBe(3);
  });

  it("lays its info out as batches of infos are", async () => {
    const env = new VectorRecordEpisodeStatistics(twoEnvs("NextStep"));
    await env.reset();
    await env.step(none);
    const [, , , , infos] = await env.step(Int32Array.of(1, 1));
    expect(infos).toMatchObject({
      episode: { r: Float64Array.of(3, 0), _r: Uint8Array.of(1, 0), l: Float64Array.of(2, 0), _l: Uint8Array.of(1, 0) },
      _episode: Uint8Array.of(1, 0),
    });
  });

  it("keeps the statistics of environments that a mask leaves alone", async () => {
    const env = new VectorRecordEpisodeStatistics(twoEnvs("Disabled"));
    await env.reset();
    await env.step(none);
    await env.step(none);
    await env.reset({ options: { resetMask: [1, 0] } });
    await env.step(Int32Array.of(2, 0));
    expect(env.recentEpisodes).toEqual([
      { r: 2, l: 2 },
      { r: 3, l: 3 },
    ]);
  });

  it("goes on from a snapshot of one environment", async () => {
    const env = new VectorRecordEpisodeStatistics(twoEnvs("NextStep"));
    await env.reset();
    await env.step(Int32Array.of(0, 2));
    const saved = structuredClone(await env.snapshot(1));
    await env.step(none);
    await env.restore(1, saved);
    await env.step(none);
    await env.step(none);
    expect(env.recentEpisodes.at(-1)).toEqual({ r: 5, l: 3 });
  });
});

describe("VectorNormalizeObservation", () => {
  it("counts after a reset of some environments their observations alone", async () => {
    const env = new VectorNormalizeObservation(twoEnvs("Disabled"));
    await env.reset();
    expect(env.statistics.count).toBeCloseTo(2.0001, 9);
    await env.reset({ options: { resetMask: [true, false] } });
    expect(env.statistics.count).toBeCloseTo(3.0001, 9);
  });

  it("normalizes last observations in mode SameStep", async () => {
    const env = new VectorNormalizeObservation(twoEnvs("SameStep"));
    await env.reset({ seed: 1 });
    await env.step(none);
    const [observations, , , , infos] = await env.step(none);
    const [last, other] = (infos as unknown as { finalObs: (Float32Array | null)[] }).finalObs;
    const { mean, variance } = env.statistics;
    expect(last![0]).toBeCloseTo((2 - mean[0]!) / Math.sqrt(variance[0]!), 5);
    expect(observations[0]).toBeCloseTo((0 - mean[0]!) / Math.sqrt(variance[0]!), 5);
    expect(other).toBeNull();
  });

  it("takes over statistics, and leaves them alone where it is told to", async () => {
    const env = new VectorNormalizeObservation(twoEnvs("NextStep"));
    await env.reset({ seed: 1 });
    const other = new VectorNormalizeObservation(twoEnvs("NextStep"));
    other.statistics = env.statistics;
    other.updateRunningMean = false;
    await other.reset({ seed: 3 });
    expect(other.statistics).toEqual(env.statistics);
  });
});

describe("VectorNormalizeReward", () => {
  it.each(["NextStep", "SameStep"] as const)("lets no episode run into the next in mode %s", async (mode) => {
    const env = new VectorNormalizeReward(twoEnvs(mode), { gamma: 1 });
    await env.reset();
    for (let i = 0; i < (mode === "NextStep" ? 3 : 2); i++) await env.step(none);
    const before = env.statistics;
    await env.step(none);
    // The first environment is in the first step of an episode: its sum is 1, while the second's is 3 or, reset, none.
    const sums = mode === "NextStep" ? [1] : [1, 3];
    const total = before.mean[0]! * before.count + sums.reduce((sum, value) => sum + value, 0);
    // In mode SameStep the second one's episode ends by termination, which leaves the last reward alone.
    const ended = mode === "SameStep" ? 2 : 0;
    expect(env.statistics.mean[0]! * env.statistics.count).toBeCloseTo(total - ended, 5);
  });

  it("keeps the sums of environments that a mask leaves alone", async () => {
    const env = new VectorNormalizeReward(twoEnvs("Disabled"), { gamma: 1 });
    await env.reset();
    await env.step(none);
    await env.reset({ options: { resetMask: [1, 0] } });
    const before = env.statistics;
    await env.step(none);
    expect(env.statistics.mean[0]! * env.statistics.count).toBeCloseTo(before.mean[0]! * before.count + 1 + 2, 5);
  });
});

describe("the stateless vector wrappers", () => {
  it("change observations, and last ones too", async () => {
    const env = new VectorTransformObservation(twoEnvs("SameStep"), {
      func: (observations: Float32Array) => observations.map((value) => -value),
      singleFunc: (observation) => (observation as Float32Array).map((value) => -value),
    });
    await env.reset();
    await env.step(none);
    const [observations, , , , infos] = await env.step(none);
    expect(observations[2]).toBe(-2);
    expect((infos as unknown as { finalObs: Float32Array[] }).finalObs[0]![0]).toBe(-2);
  });

  it("ask for a function of last observations where there are some", () => {
    const func = (observations: Float32Array) => observations;
    expect(thrownMessage(() => new VectorTransformObservation(twoEnvs("SameStep"), { func }))).toBe(
      "Mode SameStep without singleFunc is not supported. Pass what changes the last observation of an episode.",
    );
  });

  it("convert and flatten observations", async () => {
    const flat = new VectorFlattenObservation(twoEnvs("NextStep"));
    const typed = new VectorDtypeObservation(flat, { dtype: "float64" });
    const [observations] = await typed.reset({ seed: 1 });
    expect(observations).toBeInstanceOf(Float64Array);
    expect(typed.observationSpace.contains(observations)).toBe(true);
    expect(String(typed.singleObservationSpace)).toBe("Box(0.0, inf, (2,), float64)");
  });

  it("change rewards and clip them", async () => {
    const doubled = new VectorTransformReward(twoEnvs("NextStep"), { func: (rewards) => rewards.map((r) => 2 * r) });
    const env = new VectorClipReward(doubled, { maxReward: 5 });
    await env.reset();
    expect((await env.step(Int32Array.of(0, 2)))[1]).toEqual(Float64Array.of(2, 5));
  });

  it("change actions and stretch them", async () => {
    const actionSpace = new Box(-2, 2);
    const envs = [0, 1].map(() => {
      const observationSpace = new Box(0, 1);
      return new ReplayEnv<Float32Array, Float32Array>({
        observations: [Float32Array.of(0)],
        observationSpace,
        actionSpace,
      });
    });
    const scaled = new VectorRescaleAction(new SyncVectorEnv<unknown, Float32Array>(envs), {
      minAction: 0,
      maxAction: 1,
    });
    const env = new VectorTransformAction(scaled, { func: (actions: Float32Array) => actions.map((a) => a / 10) });
    await env.reset();
    await env.step(Float32Array.of(0, 10));
    expect(envs.map(({ taken }) => taken[0])).toEqual([Float32Array.of(-2), Float32Array.of(2)]);
    expect(String(scaled.actionSpace)).toBe("Box(0.0, 1.0, (2, 1), float32)");
  });

  it("print themselves, and refuse a snapshot of others", async () => {
    const env = new VectorClipReward(twoEnvs("NextStep"), { minReward: 0 });
    await env.reset();
    expect(String(env)).toBe("<VectorClipReward<SyncVectorEnv × 2>>");
    const other = new VectorNormalizeReward(twoEnvs("NextStep"));
    await other.reset();
    const saved = await other.snapshot(0);
    expect(thrownMessage(() => env.restore(0, saved))).toBe(
      "Expected a snapshot of <VectorClipReward<SyncVectorEnv × 2>>, got one of <VectorNormalizeReward<SyncVectorEnv × 2>>.",
    );
  });
});
