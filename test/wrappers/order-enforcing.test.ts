/** OrderEnforcing. @module */
import { describe, expect, it } from "vitest";
import { OrderEnforcing } from "../../src/wrappers/index.js";
import { CountingEnv } from "../fakes/counting-env.js";

const MESSAGE = "CountingEnv has no running episode. Call env.reset() before env.step().";

describe("OrderEnforcing", () => {
  it("rejects step and render before the first reset", async () => {
    const env = new OrderEnforcing(new CountingEnv());
    await expect(env.step(0)).rejects.toThrow(MESSAGE);
    await expect(env.render()).rejects.toThrow(MESSAGE);
    expect(env.hasReset).toBe(false);
  });

  it("passes them on afterwards", async () => {
    const env = new OrderEnforcing(new CountingEnv());
    await env.reset();
    expect(env.hasReset).toBe(true);
    expect((await env.step(0))[4]).toEqual({ count: 1 });
    expect(await env.render()).toBe("count 1");
  });

  it("takes from a snapshot whether there was a reset", async () => {
    const env = new OrderEnforcing(new CountingEnv());
    const fresh = env.snapshot();
    await env.reset();
    env.restore(fresh);
    await expect(env.step(0)).rejects.toThrow(MESSAGE);
  });
});
