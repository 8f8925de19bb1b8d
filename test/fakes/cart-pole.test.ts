/** The cart-pole test environment against Gymnasium's; see test/fixtures/gymnasium/wrappers.py. @module */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { make } from "../../src/registration.js";
import { checkEnv } from "../../src/testing/index.js";
import { registerCartPole } from "./cart-pole.js";

interface Episode {
  readonly seed: number;
  readonly actions: string;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly observations: readonly (readonly number[])[];
}

const file = new URL("../fixtures/gymnasium/cart-pole.json", import.meta.url);
const episodes = JSON.parse(readFileSync(file, "utf8")) as readonly Episode[];

describe("CartPole", () => {
  it.each(episodes)("plays Gymnasium's episode of seed $seed, bit for bit", async (episode) => {
    registerCartPole();
    await using env = await make("CartPole-v1");
    const played = [(await env.reset({ seed: episode.seed }))[0]];
    let ended = [false, false];
    for (const action of episode.actions) {
      expect(ended).toEqual([false, false]);
      const [observation, reward, terminated, truncated] = await env.step(Number(action));
      expect(reward).toBe(1);
      played.push(observation);
      ended = [terminated, truncated];
    }
    expect(ended).toEqual([episode.terminated, episode.truncated]);
    for (const [i, ...observation] of episode.observations) {
      expect(Array.from(played[i!] as Float32Array)).toEqual(observation);
    }
  });

  it("is closed once and for all, and passes the checks of environments", async () => {
    registerCartPole();
    const env = await make("CartPole-v1");
    await env.reset({ seed: 1 });
    await env.close();
    await env.close();
    const closed = "CartPole is closed. Make a new one.";
    await expect(env.reset()).rejects.toThrow(closed);
    await expect(env.step(0)).rejects.toThrow(closed);
    await expect(checkEnv(await make("CartPole-v1"))).resolves.toBeUndefined();
  });
});
