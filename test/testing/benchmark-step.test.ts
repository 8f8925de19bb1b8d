/** `benchmarkStep` and `benchmarkVectorStep` against a clock of our own. @module */
import { describe, expect, it } from "vitest";
import { benchmarkStep, benchmarkVectorStep } from "../../src/testing/index.js";
import { AUTORESET_MODES, SyncVectorEnv } from "../../src/vector/index.js";
import { CartPole } from "../fakes/cart-pole.js";

/** A clock that moves on by 1 ms at each look. */
function ticking(): () => number {
  let time = 0;
  return () => time++;
}

describe("benchmarkStep", () => {
  it("gives steps per second, over the ends of episodes", async () => {
    expect(await benchmarkStep(new CartPole(), { durationSeconds: 0.5, now: ticking() })).toBe(1000);
  });

  it("refuses a duration that is none", async () => {
    await expect(benchmarkStep(new CartPole(), { durationSeconds: 0 })).rejects.toThrow(
      "Expected durationSeconds to be a finite number above 0 (seconds), got 0 (number).",
    );
  });
});

describe("benchmarkVectorStep", () => {
  it.each(AUTORESET_MODES)("gives environment steps per second in mode %s", async (autoresetMode) => {
    const envs = new SyncVectorEnv([new CartPole(), new CartPole()], { autoresetMode });
    expect(await benchmarkVectorStep(envs, { durationSeconds: 0.2, now: ticking() })).toBe(2000);
  });
});
