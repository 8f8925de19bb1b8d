/** Ten seeds of PPO and of DQN in CartPole; writes docs/results/cart-pole.json. @module */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { afterAll, describe, expect, it } from "vitest";
import { DQN, PPO } from "../../../src/agents/index.js";
import { dqn, ppo, trainedReturn } from "./cart-pole.js";
import { mean } from "./short-run.js";

const seeds = Array.from({ length: 10 }, (_, seed) => seed);

/** What one seed came to. */
interface Run {
  readonly seed: number;
  /** Mean of 20 episodes without randomness; 500 is the most there is. */
  readonly return: number;
  /** Time of the processor for training and judging: other work on the machine is not in it. Unit: seconds. */
  readonly cpuSeconds: number;
}

const found: Record<string, { readonly steps: number; readonly runs: Run[] }> = {
  PPO: { steps: ppo.steps, runs: [] },
  DQN: { steps: dqn.steps, runs: [] },
};

async function run(algorithm: "PPO" | "DQN", seed: number): Promise<Run> {
  const before = process.cpuUsage();
  const sum = await (algorithm === "PPO"
    ? trainedReturn((env) => new PPO(env, { ...ppo.options, seed }), ppo)
    : trainedReturn((env) => new DQN(env, { ...dqn.options, seed }), dqn));
  const { user, system } = process.cpuUsage(before);
  const result = { seed, return: sum, cpuSeconds: Number(((user + system) / 1e6).toFixed(2)) };
  found[algorithm]!.runs.push(result);
  return result;
}

afterAll(() => {
  mkdirSync("docs/results", { recursive: true });
  const text = JSON.stringify({ cpu: cpus()[0]?.model ?? "unknown", node: process.version, ...found }, null, 2);
  writeFileSync("docs/results/cart-pole.json", `${text}\n`);
});

describe("PPO", () => {
  it.each(seeds)("reaches a mean return of 475 in CartPole in under 5 seconds of a core, seed %d", async (seed) => {
    const { return: sum, cpuSeconds } = await run("PPO", seed);
    expect(sum).toBeGreaterThanOrEqual(475);
    expect(cpuSeconds).toBeLessThan(5);
  });
});

describe("DQN", () => {
  it.each(seeds)("reaches a mean return of 450 in CartPole in under 15 seconds of a core, seed %d", async (seed) => {
    const { return: sum, cpuSeconds } = await run("DQN", seed);
    expect(sum).toBeGreaterThanOrEqual(450);
    expect(cpuSeconds).toBeLessThan(15);
  });

  it("reaches a mean return of 475 over the ten seeds", () => {
    expect(mean(found.DQN!.runs.map((result) => result.return))).toBeGreaterThanOrEqual(475);
  });
});
