/** Autoreset. @module */
import { describe, expect, it } from "vitest";
import { Autoreset, TimeLimit } from "../../src/wrappers/index.js";
import { CountingEnv } from "../fakes/counting-env.js";

describe("Autoreset", () => {
  it("resets in the step after the one that ended the episode, ignoring its action", async () => {
    const env = new Autoreset(new CountingEnv());
    await env.reset({ seed: 3 });
    await env.step(0);
    await env.step(0);
    expect((await env.step(0)).slice(1)).toEqual([1, true, false, { count: 3 }]);
    expect((await env.step(2)).slice(1)).toEqual([0, false, false, { count: 0 }]);
    expect((await env.step(2)).slice(1)).toEqual([3, false, false, { count: 1 }]);
  });

  it("resets after a truncated episode too", async () => {
    const env = new Autoreset(new TimeLimit(new CountingEnv(), { maxEpisodeSteps: 1 }));
    await env.reset();
    expect((await env.step(0)).slice(2, 4)).toEqual([false, true]);
    expect((await env.step(0))[4]).toEqual({ count: 0 });
  });

  it("does not reset twice where the caller did it", async () => {
    const env = new Autoreset(new TimeLimit(new CountingEnv(), { maxEpisodeSteps: 1 }));
    await env.reset();
    await env.step(0);
    await env.reset();
    expect((await env.step(0))[4]).toEqual({ count: 1 });
  });

  it("remembers in a snapshot that an episode has ended", async () => {
    const env = new Autoreset(new TimeLimit(new CountingEnv(), { maxEpisodeSteps: 1 }));
    await env.reset();
    await env.step(0);
    const saved = env.snapshot();
    await env.step(0);
    env.restore(saved);
    expect((await env.step(0))[4]).toEqual({ count: 0 });
  });
});
