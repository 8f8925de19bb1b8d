/** What `checkEnv` finds when it makes an environment again from its spec. @module */
import { describe, expect, it } from "vitest";
import type { EnvCheckError } from "../../src/errors.js";
import { type EnvSpec, make, register, spec } from "../../src/registration.js";
import { checkEnv } from "../../src/testing/index.js";
import { TransformReward } from "../../src/wrappers/index.js";
import { CartPole } from "../fakes/cart-pole.js";
import { StrictEnv } from "../fakes/strict-env.js";

class Odd extends StrictEnv {
  override readonly spec: EnvSpec = spec("Test/Odd-v0");
  override readonly metadata = { renderModes: ["ansi", "svg"] } as const;
  override readonly renderMode = "ansi" as const;
}

async function issuesOf(env: StrictEnv): Promise<readonly string[]> {
  return checkEnv(env).then(
    () => [],
    ({ issues }: EnvCheckError) => issues,
  );
}

describe("checkEnv of an environment with a spec", () => {
  it("finds one that makes another environment, and render modes that are not there", async () => {
    register({ id: "Test/Odd-v0", entryPoint: () => new CartPole({ renderMode: "ansi" }), force: true });
    expect(await issuesOf(new Odd())).toEqual([
      expect.stringMatching(
        /^make\(env\.spec\) must give the same observationSpace, got Box\(.* in place of Box\(0\.0, inf, \(2,\), float32\)\.$/,
      ),
      "make(env.spec) must give the same actionSpace, got Discrete(2) in place of Discrete(3).",
      'make(env.spec, { renderMode: "svg" }) must have that renderMode, got ansi.',
    ]);
  });

  it("finds one that cannot be made again", async () => {
    register({ id: "Test/Odd-v0", entryPoint: () => Promise.reject(new RangeError("never")), force: true });
    expect((await issuesOf(new Odd()))[0]).toBe("make(env.spec) must not fail, but threw RangeError: never.");
  });

  it("leaves alone what JSON cannot hold, and what is not registered", async () => {
    register({ id: "Test/Strict-v0", entryPoint: () => new StrictEnv(), force: true });
    await checkEnv(new TransformReward(await make("Test/Strict-v0"), { func: (reward) => reward }));
    class Unregistered extends StrictEnv {
      override readonly spec: EnvSpec = { ...spec("Test/Strict-v0"), id: "Test/Elsewhere-v0", name: "Elsewhere" };
    }
    await checkEnv(new Unregistered());
  });
});
