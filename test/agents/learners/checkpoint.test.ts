/** Checkpoints: what is saved, what is refused, and that nothing in them is run. @module */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import {
  createLearner,
  createPolicy,
  loadTrainedPolicy,
  type PolicyInfo,
  PPO,
  readCheckpoint,
  resumeLearner,
  train,
} from "../../../src/agents/index.js";
import { pack } from "../../../src/agents/learning/packed-value.js";
import { makeJudgedEnv, policySpecOf } from "../../../src/benchmark/index.js";
import type { Clock } from "../../../src/clock.js";
import { TrainingDivergedError } from "../../../src/errors.js";
import { loadLayersModel } from "../../../src/networks/index.js";
import { createRng } from "../../../src/rng.js";
import { makeVec } from "../../../src/vector/index.js";
import { thrownMessage } from "../../thrown-message.js";
import { hashOf, makeEnvs } from "./short-run.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-checkpoint-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** Stands still: a run by steps must not look at it. */
const clock: Clock = { now: () => 0, sleep: async () => {} };

async function trained(name: string, steps: number): Promise<string> {
  const out = join(folder, name);
  const env = await makeEnvs("CartPole-v1", 4);
  await train(new PPO(env, { seed: 1, numSteps: 32 }), env, { budget: { steps }, folder: out, clock });
  return out;
}

function filesOf(out: string): Record<string, string> {
  return Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), "latin1")]));
}

async function rejection(run: () => Promise<unknown>): Promise<string> {
  return run().then(
    () => "nothing thrown",
    (error: Error) => error.message,
  );
}

describe("train", () => {
  it("writes the same bytes when it is run again", async () => {
    const [one, two] = [await trained("one", 512), await trained("two", 512)];
    expect(filesOf(one)).toEqual(filesOf(two));
    const names = ["checkpoint-512.bin", "checkpoint.json", "metrics.jsonl", "model.json", "weights.bin"];
    expect(Object.keys(filesOf(one)).sort()).toEqual(names);
    expect(loadLayersModel(one).weights).toEqual(readCheckpoint(one).policy.weights);
  });

  it("goes on from a checkpoint to the bytes of a run without a stop", async () => {
    const whole = await trained("whole", 1024);
    const out = join(folder, "halves");
    const controller = new AbortController();
    const env = await makeEnvs("CartPole-v1", 4);
    const onUpdate = ({ globalStep }: { globalStep: number }): void => {
      if (globalStep === 512) controller.abort();
    };
    const options = { budget: { steps: 1024 }, folder: out, clock };
    const first = await train(new PPO(env, { seed: 1, numSteps: 32 }), env, {
      ...options,
      onUpdate,
      signal: controller.signal,
    });
    expect(first).toMatchObject({ globalStep: 512, isDone: false });
    const again = await makeEnvs("CartPole-v1", 4);
    const { learner, checkpoint } = await resumeLearner(out, again);
    const result = await train(learner, again, { ...options, resume: checkpoint.training as never });
    expect(result.isDone).toBe(true);
    expect(filesOf(out)).toEqual(filesOf(whole));
  });

  it("stops at a loss that is no number and leaves the last good checkpoint", async () => {
    const out = join(folder, "diverged");
    const env = await makeEnvs("CartPole-v1", 4);
    const learner = new PPO(env, { seed: 1, numSteps: 32, normalizeRewards: false, rewardScale: 1e300 });
    const before = hashOf(learner);
    await expect(train(learner, env, { budget: { steps: 512 }, folder: out, clock })).rejects.toThrow(
      TrainingDivergedError,
    );
    const { globalStep, policy } = readCheckpoint(out);
    expect(globalStep).toBe(0);
    expect(policy.weights.every((tensor) => tensor.every(Number.isFinite))).toBe(true);
    expect(hashOf(learner)).toBe(before);
  });
});

describe("readCheckpoint", () => {
  it("names path and offset of a file that was cut off, changed, or is no checkpoint", async () => {
    const out = await trained("damaged", 128);
    const json = join(out, "checkpoint.json");
    const bin = join(out, "checkpoint-128.bin");
    const [text, bytes] = [readFileSync(json, "utf8"), readFileSync(bin)];
    writeFileSync(json, text.slice(0, 500));
    expect(thrownMessage(() => readCheckpoint(out))).toBe(
      `${json}, byte 500: It is not JSON here. Take another checkpoint.`,
    );
    writeFileSync(json, "{}");
    expect(thrownMessage(() => readCheckpoint(out))).toBe(
      `${json}, byte 0: It is not a checkpoint. Take another checkpoint.`,
    );
    writeFileSync(json, text);
    const changed = Buffer.from(bytes);
    changed[3]! ^= 1;
    writeFileSync(bin, changed);
    expect(thrownMessage(() => readCheckpoint(out))).toMatch(
      /checkpoint-128\.bin, byte 0: The \d+ numbers from here on are damaged\. Take another checkpoint\.$/,
    );
    writeFileSync(bin, bytes.subarray(0, 100));
    expect(thrownMessage(() => readCheckpoint(out))).toBe(
      `${bin}, byte 100: The file ends inside an array. Take another checkpoint.`,
    );
  });

  it("notices a changed byte of either file, and names the file", async () => {
    const out = await trained("fuzzed", 128);
    const whole = readCheckpoint(out);
    const rng = createRng(1);
    for (const name of ["checkpoint.json", "checkpoint-128.bin"]) {
      const file = join(out, name);
      const bytes = readFileSync(file);
      for (let change = 0; change < 60; change++) {
        const changed = Buffer.from(bytes);
        changed[rng.integers(bytes.length)]! ^= 1 << rng.integers(8);
        writeFileSync(file, changed);
        const message = thrownMessage(() => readCheckpoint(out));
        // Between arrays are some bytes that mean nothing.
        if (message === "nothing thrown") expect(readCheckpoint(out)).toMatchObject(whole);
        if (message === "nothing thrown") continue;
        expect(message).toContain(out);
        expect(message).toMatch(/byte \d+|expected one of version 1 of the format/);
      }
      writeFileSync(file, bytes);
    }
    expect(readCheckpoint(out).globalStep).toBe(128);
  });

  it("refuses another version of the format, naming both", async () => {
    const out = await trained("version", 128);
    const json = join(out, "checkpoint.json");
    writeFileSync(json, readFileSync(json, "utf8").replace('"version":1', '"version":2'));
    expect(thrownMessage(() => readCheckpoint(out))).toBe(
      `${json} is a checkpoint of version 2, expected one of version 1 of the format. Use it where it was made, or train anew.`,
    );
  });

  it("takes an object's __proto__ as data", async () => {
    const out = await trained("proto", 128);
    const json = join(out, "checkpoint.json");
    const text = readFileSync(json, "utf8").replace('"training":{', '"training":{"__proto__":{"polluted":true},');
    const { format: _, version: __, check, ...content } = JSON.parse(text);
    writeFileSync(json, text.replace(`"check":${check}`, `"check":${crc32(JSON.stringify(content))}`));
    const { training } = readCheckpoint(out);
    expect((training as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("pack", () => {
  it("refuses what is no plain data", () => {
    expect(thrownMessage(() => pack({ run: () => 1 }))).toBe(
      "Saving () => 1 is not supported. Only plain data can be saved.",
    );
  });
});

describe("resumeLearner", () => {
  it("refuses another environment, naming both", async () => {
    const out = await trained("other", 128);
    const message = await rejection(async () => resumeLearner(out, await makeEnvs("Aim-v0", 4)));
    expect(message).toBe(
      `${join(out, "checkpoint.json")} is a checkpoint of CartPole-v1, expected one of Aim-v0. Use it where it was made, or train anew.`,
    );
    expect(await rejection(async () => resumeLearner(out, await makeEnvs("CartPole-v1", 8)))).toContain(
      "4 × CartPole-v1",
    );
  });
});

describe("a trained agent", () => {
  it("is a policy wherever one is named, and refuses another environment or control mode", async () => {
    const out = join(folder, "web");
    const envs = await makeVec("WebService-v0", { numEnvs: 4, autoresetMode: "SameStep", episode: "window" });
    await train(createLearner("PPO", envs, { numSteps: 16 }), envs, { budget: { steps: 64 }, folder: out, clock });
    const policy = createPolicy(out);
    expect(policy).toMatchObject({ name: out, kind: "trained" });
    const env = await makeJudgedEnv("WebService-v0");
    policy.bind(policySpecOf(env));
    const [observation, info] = await env.reset({ seed: 1 });
    expect(env.actionSpace.contains(policy.act(observation, info))).toBe(true);
    expect(policy.act(observation, info)).toEqual(loadAct(out, policySpecOf(env), observation, info));
    const other = policySpecOf(await makeJudgedEnv("WebService-v0", { control: "target" }));
    expect(thrownMessage(() => policy.bind(other))).toContain(
      "expected one of WebService-v0 with actions MultiDiscrete([12  3])",
    );
    const tiers = policySpecOf(await makeJudgedEnv("ThreeTier-v0"));
    expect(thrownMessage(() => policy.bind(tiers))).toBe(
      `${join(out, "checkpoint.json")} is a checkpoint of WebService-v0, expected one of ThreeTier-v0. Use it where it was made, or train anew.`,
    );
  });
});

function loadAct(out: string, spec: ReturnType<typeof policySpecOf>, observation: unknown, info: PolicyInfo): unknown {
  const policy = loadTrainedPolicy(out);
  policy.bind(spec);
  return policy.act(observation, info);
}

describe("createLearner", () => {
  it("names the algorithms that fit an action space", async () => {
    const aim = await makeEnvs("Aim-v0", 2);
    expect(thrownMessage(() => createLearner("DQN", aim))).toBe(
      "Policy DQN needs a Discrete or MultiDiscrete as action space, got Box(-0.5, 0.5, (2,), float32). PPO, PPO-Lagrangian, A2C, SAC and CEM fit it.",
    );
    const pole = await makeEnvs("CartPole-v1", 2);
    expect(thrownMessage(() => createLearner("SAC", pole))).toBe(
      "Policy SAC needs a Box of floats as action space, got Discrete(2). PPO, PPO-Lagrangian, A2C, DQN and CEM fit it.",
    );
  });

  it("answers a misspelt algorithm or option with the nearest one", async () => {
    const pole = await makeEnvs("CartPole-v1", 2);
    expect(thrownMessage(() => createLearner("POP", pole))).toBe(
      'Expected algorithm to be an algorithm. Did you mean "PPO"?, got "POP" (string).',
    );
    expect(thrownMessage(() => createLearner("PPO", pole, { gama: 0.9 }))).toBe(
      'Expected gama to be an option. Did you mean "gamma"?, got 0.9 (number).',
    );
  });
});
