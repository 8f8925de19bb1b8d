/** Truncation, autoreset modes and advantages, against the definition written out. @module */
import { describe, expect, it } from "vitest";
import { ActionBatch } from "../../../src/agents/learning/action-batch.js";
import { ActorCritic } from "../../../src/agents/learning/actor-critic.js";
import { EnvStream } from "../../../src/agents/learning/env-stream.js";
import { makeActionHead } from "../../../src/agents/learning/make-action-head.js";
import { readMasks } from "../../../src/agents/learning/read-masks.js";
import { ReplayBuffer } from "../../../src/agents/learning/replay-buffer.js";
import { Rollout } from "../../../src/agents/learning/rollout.js";
import { TransitionRecorder } from "../../../src/agents/learning/transition-recorder.js";
import { denseEngine } from "../../../src/networks/index.js";
import { createRng } from "../../../src/rng.js";
import { makeEnvs } from "./short-run.js";

const gamma = 0.9;
const gaeLambda = 0.8;
const numSteps = 24;

async function collect(autoresetMode: "SameStep" | "NextStep") {
  const env = await makeEnvs("Aim-v0", 2, autoresetMode);
  const batch = new ActionBatch(env.singleActionSpace, "PPO");
  const stream = new EnvStream(env, batch);
  const head = makeActionHead(batch);
  const options = { observationSize: 2, head, hiddenSizes: [8], critics: 1, normalizeObservations: false };
  const model = new ActorCritic({ ...options, engine: denseEngine() }, createRng(1));
  const rollout = new Rollout(numSteps, stream, model);
  await stream.reset(5);
  const ends: { step: number; env: number; final: Float32Array }[] = [];
  const source = (of: EnvStream, into: Float64Array): void => {
    into.set(of.rewards);
    const step = steps++;
    for (let e = 0; e < 2; e++) {
      if (of.truncations[e] === 1 && of.ignored[e] === 0) {
        ends.push({ step, env: e, final: of.finals.slice(2 * e, 2 * e + 2) });
      }
    }
  };
  let steps = 0;
  await rollout.collect(stream, model, createRng(2), [source], gamma);
  rollout.estimate(stream, model, gamma, gaeLambda);
  return { rollout, stream, model, ends };
}

describe("Rollout", () => {
  it("bootstraps a truncated episode with its last observation, and carries nothing over its end", async () => {
    const { rollout, model, ends, stream } = await collect("SameStep");
    expect(ends.map(({ step }) => step)).toEqual([9, 9, 19, 19]);
    const { values, advantages, rewards } = rollout.channels[0]!;
    const critic = model.critics[0]!;
    for (const { step, env, final } of ends) {
      const row = 2 * step + env;
      // The reward has the discounted value of the last observation in it already.
      expect(advantages[row]).toBeCloseTo(rewards[row]! - values[row]!, 5);
      expect(rewards[row]).not.toBeCloseTo(gamma * critic.forward(final, 1)[0]!, 9);
      const before = row - 2;
      const delta = rewards[before]! + gamma * values[row]! - values[before]!;
      expect(advantages[before]).toBeCloseTo(delta + gamma * gaeLambda * advantages[row]!, 5);
    }
    const last = 2 * (numSteps - 1);
    const next = critic.forward(stream.observations, 2)[0]!;
    expect(advantages[last]).toBeCloseTo(rewards[last]! + gamma * next - values[last]!, 5);
  });

  it("leaves out the steps that only start an episode", async () => {
    const { rollout, ends } = await collect("NextStep");
    expect(ends.map(({ step }) => step)).toEqual([9, 9, 20, 20]);
    const left = new Set(rollout.rows);
    const missing = Array.from({ length: 2 * numSteps }, (_, row) => row).filter((row) => !left.has(row));
    expect(missing).toEqual([20, 21, 42, 43]);
    const { values, advantages, rewards } = rollout.channels[0]!;
    for (const row of [18, 19, 40, 41]) expect(advantages[row]).toBeCloseTo(rewards[row]! - values[row]!, 5);
  });
});

describe("EnvStream", () => {
  it("counts whole episodes, and knows their last observations", async () => {
    const { stream } = await collect("SameStep");
    expect(stream.takeFinished().map(({ length }) => length)).toEqual([10, 10, 10, 10]);
    expect(stream.takeFinished()).toEqual([]);
  });
});

describe("TransitionRecorder", () => {
  it("adds up n discounted rewards, fewer at an end, where the last observation's value counts on", async () => {
    const env = await makeEnvs("Aim-v0", 1);
    const batch = new ActionBatch(env.singleActionSpace, "SAC");
    const stream = new EnvStream(env, batch);
    const shape = { observationSize: 2, actionSize: 2, maskSize: 0 };
    const buffer = new ReplayBuffer(100, 4, shape);
    const recorder = new TransitionRecorder(stream, buffer, shape, 3, gamma);
    await stream.reset(5);
    const [rewards, seen]: [number[], Float32Array[]] = [[], []];
    for (let step = 0; step < 10; step++) {
      const { observations } = stream;
      seen.push(observations.slice());
      await stream.step(new Float32Array(2));
      rewards.push(stream.rewards[0]!);
      recorder.add(observations, new Float32Array(2), 1);
    }
    const { state } = buffer;
    expect(state.length).toBe(10);
    const sum = (from: number, count: number): number =>
      rewards.slice(from, from + count).reduce((total, reward, k) => total + gamma ** k * reward, 0);
    expect(state.rewards[0]).toBeCloseTo(sum(0, 3), 6);
    expect(state.nextObservations.subarray(0, 2)).toEqual(seen[3]);
    expect(state.rewards[9]).toBeCloseTo(rewards[9]!, 6);
    expect(Array.from(state.discounts.subarray(6, 10), (value) => value.toFixed(3))).toEqual([
      "0.729",
      "0.729",
      "0.810",
      "0.900",
    ]);
    expect(state.nextObservations.subarray(18, 20)).toEqual(stream.finals);
  });
});

describe("readMasks", () => {
  it("reads one flat array, arrays per environment, arrays per component, and nothing", () => {
    const flat = Uint8Array.of(1, 0, 1, 0, 1, 1);
    expect(readMasks({ actionMask: flat }, 2, 3)).toBe(flat);
    const lists = [[Uint8Array.of(1, 0), Uint8Array.of(1)], null];
    expect(readMasks({ actionMask: lists }, 2, 3)).toEqual(Uint8Array.of(1, 0, 1, 1, 1, 1));
    expect(readMasks({ actionMask: [Uint8Array.of(0, 1, 1), Uint8Array.of(1)] }, 2, 3)).toEqual(
      Uint8Array.of(0, 1, 1, 1, 1, 1),
    );
    expect(readMasks({}, 1, 2)).toEqual(Uint8Array.of(1, 1));
  });
});
