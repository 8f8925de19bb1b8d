/** What the learners are given where the environment is one of infrastructure. @module */
import { describe, expect, it } from "vitest";
import { createLearner } from "../../src/agents/index.js";
import { trainingPreset } from "../../src/cli/training-preset.js";
import { makeVec } from "../../src/vector/index.js";
import { makeEnvs } from "../agents/learners/short-run.js";
import { thrownMessage } from "../thrown-message.js";

function make(options: Readonly<Record<string, unknown>> = {}): ReturnType<typeof makeEnvs> {
  return makeVec("WebService-v0", { numEnvs: 2, episode: "window", autoresetMode: "SameStep", ...options });
}

describe("trainingPreset", () => {
  it("is empty for an environment that is none of infrastructure", async () => {
    expect(trainingPreset("PPO", await makeEnvs("CartPole-v1", 2))).toEqual({});
  });

  it.each([
    ["delta", [0, 0, 0, 0, 3, 0, 0, 0, 0], [0, 9, 0]],
    ["residual", [0, 0, 3, 0, 0, 0, 0, 0, 0], [0, 9, 0]],
    ["target", [0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0], [0, 9, 0]],
    ["continuous", [], []],
  ])("begins with a policy that holds still, sizes above all, in mode %s", async (control, replicas, size) => {
    expect(trainingPreset("PPO", await make({ control }))).toMatchObject({ initialLogits: [...replicas, ...size] });
  });

  it("asks for less randomness where there are several tiers", async () => {
    const tiers = await makeVec("ThreeTier-v0", { numEnvs: 2, episode: "window", autoresetMode: "SameStep" });
    expect(trainingPreset("PPO", await make())).toMatchObject({ entCoef: 0.01 });
    expect(trainingPreset("PPO", tiers)).toMatchObject({ entCoef: 0.002 });
  });

  it("gives algorithms that learn from single steps a scale alone", async () => {
    const preset = trainingPreset("DQN", await make());
    expect(preset).toHaveProperty("rewardScale");
    expect(preset).not.toHaveProperty("initialLogits");
  });

  it.each(["PPO", "PPO-Lagrangian", "A2C", "DQN", "CEM"] as const)("fits %s", async (algorithm) => {
    const env = await make();
    expect(createLearner(algorithm, env, trainingPreset(algorithm, env)).algorithm).toBe(algorithm);
  });
});

describe("PPO", () => {
  it("refuses first logits that do not fit the actions, and a clip of 0", async () => {
    const env = await makeEnvs("CartPole-v1", 2);
    expect(thrownMessage(() => createLearner("PPO", env, { initialLogits: [1] }))).toBe(
      "Expected initialLogits to be 2 numbers, one for each output, or none, got 1 (number).",
    );
    expect(thrownMessage(() => createLearner("PPO", env, { initialLogits: ["1"] }))).toBe(
      "Expected initialLogits to be a list of finite numbers, got [1] (array).",
    );
    expect(thrownMessage(() => createLearner("PPO", env, { rewardClip: 0 }))).toBe(
      "Expected rewardClip to be null, or a number above 0, got 0 (number).",
    );
  });
});
