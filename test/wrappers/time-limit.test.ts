/** TimeLimit. @module */
import { describe, expect, it } from "vitest";
import { TimeLimit } from "../../src/wrappers/index.js";
import { CountingEnv } from "../fakes/counting-env.js";
import { thrownMessage } from "../thrown-message.js";

describe("TimeLimit", () => {
  it("sets truncated on the last allowed step and leaves terminated alone", async () => {
    const env = new TimeLimit(new CountingEnv(), { maxEpisodeSteps: 2 });
    await env.reset();
    expect((await env.step(0)).slice(2, 4)).toEqual([false, false]);
    expect((await env.step(0)).slice(2, 4)).toEqual([false, true]);
    expect((await env.step(0)).slice(2, 4)).toEqual([true, true]);
  });

  it("starts counting again after reset", async () => {
    const env = new TimeLimit(new CountingEnv(), { maxEpisodeSteps: 2 });
    await env.reset();
    await env.step(0);
    await env.reset();
    expect((await env.step(0))[3]).toBe(false);
  });

  it("writes its limit into the spec", () => {
    const inner = new CountingEnv();
    const spec = { id: "A-v0", namespace: null, name: "A", version: 0, maxEpisodeSteps: null, options: {} };
    Object.assign(inner, { spec });
    const env = new TimeLimit(inner, { maxEpisodeSteps: 2 });
    expect(env.spec).toEqual({ ...spec, maxEpisodeSteps: 2 });
    expect(env.spec).toBe(env.spec);
    expect(String(env)).toBe("<TimeLimit<A-v0>>");
  });

  it.each([0, -1, 1.5, Number.NaN])("rejects maxEpisodeSteps %d, naming the option", (maxEpisodeSteps) => {
    expect(thrownMessage(() => new TimeLimit(new CountingEnv(), { maxEpisodeSteps }))).toMatch(
      /^Expected maxEpisodeSteps to be an integer of at least 1, got /,
    );
  });
});
