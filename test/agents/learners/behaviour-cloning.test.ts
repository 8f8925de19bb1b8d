/** Behaviour cloning: data sets, clones that do what their teachers did, and warm starts. @module */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  A2C,
  BehaviourCloning,
  CEM,
  createPolicy,
  type Demonstrations,
  type Policy,
  PPO,
  readCheckpoint,
  readDemonstrations,
  recordDemonstrations,
  resumeLearner,
  TrainedPolicy,
  train,
  warmStart,
} from "../../../src/agents/index.js";
import { evaluate, makeJudgedEnv, policySpecOf } from "../../../src/benchmark/index.js";
import type { Clock } from "../../../src/clock.js";
import { make } from "../../../src/registration.js";
import { makeVec } from "../../../src/vector/index.js";
import { infraGym } from "../../cli/command-line.js";
import { thrownMessage } from "../../thrown-message.js";
import { hashOf, makeEnvs, mean } from "./short-run.js";
import "../../../src/builtin-envs.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-cloning-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const clock: Clock = { now: () => 0, sleep: async () => {} };

function teacher(act: (observation: Float32Array) => unknown): Policy {
  return {
    name: "teacher",
    kind: "rule",
    bind() {},
    reset() {},
    act: (observation) => act(observation as Float32Array),
  };
}
/** Pushes the cart the way the pole falls, and now and then back to the middle. */
const balance = teacher(([x, v, angle, turn]) => (0.05 * x! + 0.1 * v! + angle! + 0.5 * turn! > 0 ? 1 : 0));
/** Aims at what it sees. */
const aim = teacher(([x, y]) => Float32Array.of(x! / 2, y! / 2));

async function demonstrationsOf(id: "CartPole-v1" | "Aim-v0", policy: Policy, seeds: number): Promise<Demonstrations> {
  await makeEnvs(id, 1);
  const env = await make(id);
  return recordDemonstrations(env, policy, { seeds: Array.from({ length: seeds }, (_, seed) => seed), maxSteps: 200 });
}

async function cloneOf(
  id: "CartPole-v1" | "Aim-v0",
  policy: Policy,
  seeds: number,
  epochs: number,
): Promise<BehaviourCloning> {
  const demonstrations = await demonstrationsOf(id, policy, seeds);
  const clone = new BehaviourCloning(await makeEnvs(id, 1), {
    demonstrations,
    seed: 1,
    learningRate: 3e-3,
    minibatchSize: 64,
  });
  for (let epoch = 0; epoch < epochs; epoch++) await clone.update(epoch / epochs);
  return clone;
}

async function returnsIn(id: string, policy: Policy): Promise<number> {
  const env = await make(id);
  const { observationSpace, actionSpace } = env;
  policy.bind({ id, observationSpace, actionSpace, controls: [], stepSeconds: 1, encode: () => null });
  const sums: number[] = [];
  for (let seed = 100; seed < 110; seed++) {
    let [observation] = await env.reset({ seed });
    let [sum, hasEnded] = [0, false];
    while (!hasEnded) {
      const action = policy.act(observation, { signals: {}, controls: {}, actionMask: null, timeSeconds: 0 });
      const [next, reward, terminated, truncated] = await env.step(action);
      observation = next;
      sum += reward;
      hasEnded = terminated || truncated;
    }
    sums.push(sum);
  }
  return mean(sums);
}

describe("recordDemonstrations", () => {
  it("takes down what was seen, done and earned, and where episodes were cut", async () => {
    const { source, rows, observations, actions, masks, rewards, ends } = await demonstrationsOf("Aim-v0", aim, 2);
    expect(source).toMatchObject({ env: "Aim-v0", policy: "teacher", actionSpace: "Box(-0.5, 0.5, (2,), float32)" });
    expect([rows, observations.length, actions.length, masks.length]).toEqual([20, 40, 40, 0]);
    expect(rewards.every((reward) => Math.abs(reward) < 1e-12)).toBe(true);
    expect([...ends].map((end, row) => (end === 0 ? -1 : row)).filter((row) => row >= 0)).toEqual([9, 19]);
    observations.forEach((value, i) => {
      expect(actions[i]).toBeCloseTo(value / 2, 6);
    });
  });

  it("holds what the teacher would do where a learner acts", async () => {
    await makeEnvs("Aim-v0", 1);
    const still = teacher(() => Float32Array.of(0, 0));
    const { actions, rewards } = await recordDemonstrations(await make("Aim-v0"), aim, { seeds: [0], learner: still });
    expect(actions.every((value) => value !== 0)).toBe(true);
    expect(Math.min(...rewards)).toBeLessThan(-0.01);
  });
});

describe("BehaviourCloning", () => {
  it("does what its teacher did, in discrete actions", async () => {
    const clone = await cloneOf("CartPole-v1", balance, 10, 10);
    expect(await returnsIn("CartPole-v1", balance)).toBeGreaterThan(475);
    expect(await returnsIn("CartPole-v1", new TrainedPolicy({ weights: clone.policy() }))).toBeGreaterThan(450);
  });

  it("does what its teacher did, in continuous actions, and keeps their deviations wide", async () => {
    const clone = await cloneOf("Aim-v0", aim, 60, 60);
    expect(await returnsIn("Aim-v0", new TrainedPolicy({ weights: clone.policy() }))).toBeGreaterThan(-0.02);
    const { metrics } = await clone.update(1);
    const narrowest = 2 * (Math.log(0.1) + 0.5 + 0.5 * Math.log(2 * Math.PI));
    expect(metrics["losses/entropy"]).toBeGreaterThan(narrowest - 0.5);
  });

  it("nears a rule in an environment with masks, far from random", async () => {
    const env = await makeJudgedEnv("WebService-v0", { episode: "window" });
    const rule = createPolicy("threshold:0.6");
    rule.bind(policySpecOf(env));
    const demonstrations = await recordDemonstrations(env, rule, { seeds: [0, 1, 2, 3, 4, 5, 6, 7] });
    const vec = await makeVec("WebService-v0", { numEnvs: 1 });
    const clone = new BehaviourCloning(vec, { demonstrations, gamma: 0.9, minibatchSize: 128, learningRate: 2e-3 });
    for (let epoch = 0; epoch < 12; epoch++) await clone.update(epoch / 12);
    const judge = async (policy: Policy): Promise<number> => {
      policy.bind(policySpecOf(env));
      const { episodes } = await evaluate(env, policy, { seeds: [20, 21] });
      return mean(episodes.map((episode) => episode.return));
    };
    const [taught, cloned, random] = [
      await judge(rule),
      await judge(new TrainedPolicy({ weights: clone.policy() })),
      await judge(createPolicy("random")),
    ];
    expect((cloned - random) / (taught - random)).toBeGreaterThan(0.95);
  });

  it("is saved, and goes on to the bytes of a run without a stop", async () => {
    const demonstrations = await demonstrationsOf("Aim-v0", aim, 10);
    const run = async (name: string, stops: readonly number[]): Promise<string> => {
      const out = join(folder, name);
      const env = await makeEnvs("Aim-v0", 1);
      let learner: BehaviourCloning | Awaited<ReturnType<typeof resumeLearner>>["learner"] = new BehaviourCloning(env, {
        ...{ demonstrations, annealLr: false },
      });
      for (const steps of stops) {
        await train(learner, env, { budget: { steps }, folder: out, clock });
        ({ learner } = await resumeLearner(out, env, { demonstrations }));
      }
      return hashOf(learner);
    };
    expect(await run("halves", [180, 360])).toBe(await run("whole", [360]));
  });

  it("stops at a loss that is no number and leaves the last good checkpoint", async () => {
    const demonstrations = await demonstrationsOf("Aim-v0", aim, 2);
    demonstrations.rewards[3] = Number.NaN;
    const out = join(folder, "diverged");
    const env = await makeEnvs("Aim-v0", 1);
    const clone = new BehaviourCloning(env, { demonstrations });
    const message = await train(clone, env, { budget: { steps: 90 }, folder: out, clock }).then(String, String);
    expect(message).toContain("behaviour-cloning diverged at step 0: policyLoss ");
    const { policy } = readCheckpoint(out);
    expect(policy.weights.every((tensor) => tensor.every(Number.isFinite))).toBe(true);
  });

  it("refuses demonstrations of another environment, and none", async () => {
    const demonstrations = await demonstrationsOf("Aim-v0", aim, 1);
    const pole = await makeEnvs("CartPole-v1", 1);
    expect(thrownMessage(() => new BehaviourCloning(pole, { demonstrations }))).toMatch(
      /^Policy behaviour-cloning needs demonstrations in CartPole-v1 with actions Discrete\(2\) and .*, got demonstrations in Aim-v0 with /,
    );
    expect(thrownMessage(() => new BehaviourCloning(pole, {}))).toBe(
      "Expected demonstrations to be the steps of a teacher, got undefined.",
    );
  });
});

describe("warmStart", () => {
  it("begins with the clone's policy and value estimates, and refuses other networks and algorithms", async () => {
    const out = join(folder, "clone");
    const env = await makeEnvs("Aim-v0", 2);
    const demonstrations = await demonstrationsOf("Aim-v0", aim, 4);
    await train(new BehaviourCloning(env, { demonstrations }), env, { budget: { steps: 72 }, folder: out, clock });
    const ppo = new PPO(env, { numSteps: 8 });
    warmStart(ppo, env, out);
    const { learner } = await resumeLearner(out, env, { demonstrations });
    expect(hashOf(ppo)).toBe(hashOf(learner));
    expect(ppo.policy().moments).toEqual(learner.policy().moments);
    await ppo.update(0);
    expect(thrownMessage(() => warmStart(new A2C(env, { hiddenSizes: [8] }), env, out))).toContain(
      "networks of 2×64×64×4 units and normalized observations, expected one of networks of 2×8×4 units",
    );
    expect(thrownMessage(() => warmStart(new CEM(env), env, out))).toBe(
      `Policy CEM needs a start of its own. A warm start is for PPO, PPO-Lagrangian, A2C, got ${out}.`,
    );
    const pole = await makeEnvs("CartPole-v1", 2);
    expect(thrownMessage(() => warmStart(new PPO(pole), pole, out))).toContain(
      "is a checkpoint of Aim-v0 with actions",
    );
  });
});

describe("readDemonstrations", () => {
  it("reads what infra-gym record writes: the same steps as recorded in memory", async () => {
    const file = join(folder, "steps.jsonl");
    const args = ["--episodes", "2", "--steps", "5", "--seed", "3", "--out", file];
    expect(await infraGym("record", "threshold:0.6", "WebService-v0", ...args)).toMatchObject({ code: 0 });
    const env = await makeJudgedEnv("WebService-v0", { split: "train" });
    const rule = createPolicy("threshold:0.6");
    rule.bind(policySpecOf(env));
    const recorded = await recordDemonstrations(env, rule, { seeds: [3, 4], maxSteps: 5 });
    expect(readDemonstrations(file)).toEqual(recorded);

    const text = readFileSync(file, "utf8");
    const [header, first] = text.split("\n") as [string, string];
    const spoil = (content: string): string => {
      writeFileSync(file, content);
      return thrownMessage(() => readDemonstrations(file)).replace(file, "FILE");
    };
    const again = "Record it again: infra-gym record.";
    expect(spoil(text.slice(0, header.length + 50))).toBe(
      `FILE, byte ${Buffer.byteLength(header) + 1}: The line from here on is not JSON. ${again}`,
    );
    expect(spoil(`${header}\n`)).toBe(`FILE, byte 0: It holds no steps. ${again}`);
    expect(spoil("")).toBe(`FILE, byte 0: It is empty. ${again}`);
    expect(spoil(first)).toBe(`FILE, byte 0: It does not begin with the header of a data set. ${again}`);
    expect(spoil(text.replace('"schema":1', '"schema":2'))).toBe(
      `FILE, byte 0: It is of schema 2, expected 1. ${again}`,
    );
    const bent = `${header}\n${first}\n${first.replace(/"observation":\[[^,]*,/, '"observation":[')}\n`;
    expect(spoil(bent)).toBe(
      `FILE, byte ${Buffer.byteLength(`${header}\n${first}\n`)}: The step from here on has no observation, mask or action of the others' form. ${again}`,
    );
    rmSync(file);
    expect(thrownMessage(() => readDemonstrations(file))).toBe(`${file}, byte 0: It cannot be read. ${again}`);
  });
});
