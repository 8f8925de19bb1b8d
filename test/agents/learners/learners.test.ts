/** All learners: short runs improve on what they started with, match stored curves to the byte, and go on exactly. @module */
import { describe, expect, it } from "vitest";
import { createLearner, type Learner } from "../../../src/agents/index.js";
import { pack, unpack } from "../../../src/agents/learning/packed-value.js";
import { endOf, hashOf, makeEnvs, shortRun } from "./short-run.js";

interface Run {
  readonly algorithm: string;
  readonly env: "CartPole-v1" | "Aim-v0";
  readonly numEnvs: number;
  readonly steps: number;
  readonly options: Readonly<Record<string, unknown>>;
  /** What the last episodes must return at least; a random policy gets about 22 in CartPole, -4.2 in Aim. */
  readonly atLeast: number;
}

const onPolicy = { learningRate: 3e-3, gaeLambda: 0.9, entCoef: 0, normalizeObservations: false };
const constraint = { costKey: "cost", perKey: null, costLimit: 0.25, lagrangianLr: 0.1 };
const runs: readonly Run[] = [
  {
    algorithm: "PPO",
    env: "CartPole-v1",
    numEnvs: 16,
    steps: 16_384,
    options: { ...onPolicy, numSteps: 64, updateEpochs: 10, clipVloss: false },
    atLeast: 120,
  },
  {
    algorithm: "PPO",
    env: "Aim-v0",
    numEnvs: 8,
    steps: 16_384,
    options: { ...onPolicy, gamma: 0, numSteps: 64 },
    atLeast: -1.5,
  },
  {
    algorithm: "A2C",
    env: "CartPole-v1",
    numEnvs: 16,
    steps: 24_576,
    options: { ...onPolicy, numSteps: 16 },
    atLeast: 60,
  },
  {
    algorithm: "PPO-Lagrangian",
    env: "Aim-v0",
    numEnvs: 8,
    steps: 16_384,
    options: { ...onPolicy, ...constraint, gamma: 0, numSteps: 64 },
    atLeast: -2.5,
  },
  {
    algorithm: "DQN",
    env: "CartPole-v1",
    numEnvs: 8,
    steps: 16_384,
    options: {
      ...{ learningRate: 2e-3, nSteps: 3, explorationFraction: 0.3, endE: 0.02, rewardScale: 0.05 },
      ...{ batchSize: 64, normalizeObservations: false },
    },
    atLeast: 60,
  },
  {
    algorithm: "SAC",
    env: "Aim-v0",
    numEnvs: 8,
    steps: 6_144,
    options: { gamma: 0, policyLr: 1e-3, learningStarts: 512, batchSize: 64, rewardScale: 10 },
    atLeast: -2,
  },
  {
    algorithm: "CEM",
    env: "CartPole-v1",
    numEnvs: 16,
    steps: 60_000,
    options: { numSteps: 200, episodes: 1 },
    atLeast: 100,
  },
];
const cases = runs.map((run) => [`${run.algorithm} in ${run.env}`, run] as const);

async function make({ algorithm, env, numEnvs, options }: Run): Promise<Learner> {
  return createLearner(algorithm, await makeEnvs(env, numEnvs), { ...options, seed: 1 });
}

describe.each(cases)("%s", (name, run) => {
  it("improves on random within seconds, along the stored curve to the byte", async () => {
    const result = await shortRun(await make(run), run.steps);
    expect(endOf(result, 8)).toBeGreaterThan(run.atLeast);
    const file = `../../fixtures/curves/${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.json`;
    await expect(`${JSON.stringify(result, null, 1)}\n`).toMatchFileSnapshot(file);
  });

  it("goes on from a saved state to the byte", async () => {
    const step = async (learner: Learner, updates: number): Promise<void> => {
      for (let k = 0; k < updates; k++) await learner.update(0);
    };
    const whole = await make(run);
    await step(whole, 3);
    const { json, bytes } = pack(await whole.state());
    await step(whole, 2);
    const other = await make(run);
    const text = JSON.parse(JSON.stringify(json));
    await other.restore(
      unpack({ json: text, bytes }, (detail) => {
        throw new Error(detail);
      }),
    );
    await step(other, 2);
    expect(hashOf(other)).toBe(hashOf(whole));
    expect(pack(await other.state())).toEqual(pack(await whole.state()));
  });
});
