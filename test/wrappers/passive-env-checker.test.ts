/** PassiveEnvChecker. @module */
import { describe, expect, it } from "vitest";
import { Box, Dict } from "../../src/spaces/index.js";
import { PassiveEnvChecker } from "../../src/wrappers/index.js";
import { CountingEnv } from "../fakes/counting-env.js";
import { ReplayEnv } from "../fakes/replay-env.js";
import { thrownMessage } from "../thrown-message.js";

function watched(changes: object): { env: PassiveEnvChecker<Float32Array, number, object>; warnings: string[] } {
  const warnings: string[] = [];
  const inner = Object.assign(new CountingEnv(), changes) as CountingEnv;
  return { env: new PassiveEnvChecker(inner, { onWarning: (warning) => warnings.push(warning) }), warnings };
}

describe("PassiveEnvChecker", () => {
  it("has nothing to say of an environment in order", async () => {
    const { env, warnings } = watched({});
    await env.reset();
    await env.step(0);
    await env.render();
    expect(warnings).toEqual([]);
  });

  it("warns once of what looks wrong", async () => {
    const { env, warnings } = watched({
      step: async () => [Float32Array.of(-1, 0), Number.NaN, 1, null, {}],
      render: async () => null,
    });
    await env.reset();
    for (let i = 0; i < 2; i++) {
      await env.step(0);
      await env.render();
    }
    expect(warnings).toEqual([
      "CountingEnv: step's observation should lie in observationSpace. Expected observation[0] to be a number from 0 to Infinity.",
      "CountingEnv: step's reward should be a finite number, got NaN.",
      "CountingEnv: step's terminated should be a boolean, got 1 (number).",
      "CountingEnv: step's truncated should be a boolean, got null.",
      "CountingEnv: render should resolve to a string, got null.",
    ]);
  });

  it.each([
    [{ reset: async () => Float32Array.of(0, 0) }, "reset", "reset must resolve to [observation, info]."],
    [{ reset: async () => [Float32Array.of(0, 0), null] }, "reset", "reset's info must be an object, got null."],
    [
      { step: async () => [Float32Array.of(0, 0), 0, false, {}] },
      "step",
      "step must resolve to [observation, reward, terminated, truncated, info].",
    ],
  ] as const)("rejects what is no result: %o", async (changes, method, issue) => {
    const { env } = watched(changes);
    const result = method === "reset" ? env.reset() : env.reset().then(() => env.step(0));
    await expect(result).rejects.toThrow(
      `CountingEnv does not keep the contract of environments in 1 point. Correct:\n- ${issue}`,
    );
  });

  it("looks at the spaces at once", () => {
    const warnings: string[] = [];
    const flat = new ReplayEnv({ observations: [Float32Array.of(1)], observationSpace: new Box(1, 1) });
    new PassiveEnvChecker(flat, { onWarning: (warning) => warnings.push(warning) });
    expect(warnings).toEqual([
      "ReplayEnv: observationSpace should be able to differ: a lower bound of Box(1.0, 1.0, (1,), float32) equals the upper one.",
    ]);
    const empty = new ReplayEnv({ observations: [{}], observationSpace: new Dict({}) });
    expect(thrownMessage(() => new PassiveEnvChecker(empty))).toBe(
      "ReplayEnv does not keep the contract of environments in 1 point. Correct:\n- observationSpace must have at least one part.",
    );
  });
});
