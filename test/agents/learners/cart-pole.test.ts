/** PPO masters CartPole; ten seeds of it and of DQN are in cart-pole.soak.ts. @module */
import { describe, expect, it } from "vitest";
import { PPO } from "../../../src/agents/index.js";
import { ppo, trainedReturn } from "./cart-pole.js";

describe("PPO", () => {
  it.each([0, 1])("reaches a mean return of 475 in CartPole with seed %d", async (seed) => {
    expect(await trainedReturn((env) => new PPO(env, { ...ppo.options, seed }), ppo)).toBeGreaterThanOrEqual(475);
  });
});
