/** Ten seeds of PPO and of DQN in CartPole. @module */
import { describe, expect, it } from "vitest";
import { DQN, PPO } from "../../../src/agents/index.js";
import { dqn, ppo, trainedReturn } from "./cart-pole.js";
import { mean } from "./short-run.js";

const seeds = Array.from({ length: 10 }, (_, seed) => seed);

describe("PPO", () => {
  it.each(seeds)("reaches a mean return of 475 in CartPole with seed %d", async (seed) => {
    expect(await trainedReturn((env) => new PPO(env, { ...ppo.options, seed }), ppo)).toBeGreaterThanOrEqual(475);
  });
});

describe("DQN", () => {
  it("reaches a mean return of 350 in CartPole over ten seeds", async () => {
    const returns: number[] = [];
    for (const seed of seeds) returns.push(await trainedReturn((env) => new DQN(env, { ...dqn.options, seed }), dqn));
    expect(mean(returns)).toBeGreaterThanOrEqual(350);
  });
});
