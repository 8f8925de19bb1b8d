/** The registry of wrappers. @module */
import { describe, expect, it } from "vitest";
import { type EnvSpec, make, spec } from "../src/registration.js";
import { RewardWrapper } from "../src/wrapper.js";
import { registerWrapper, type WrapperRegistration } from "../src/wrapper-registration.js";
import { ClipReward, TimeLimit } from "../src/wrappers/index.js";
import { type DriftEnv, registerDrift } from "./fakes/drift-env.js";
import { thrownMessage } from "./thrown-message.js";

type AnyEnv = ConstructorParameters<typeof Scaled>[0];

class Scaled extends RewardWrapper<unknown, unknown, object> {
  constructor(
    env: RewardWrapper<unknown, unknown, object>["env"],
    readonly options: { readonly factor: number },
  ) {
    super(env, { ...options });
  }

  reward(reward: number): number {
    return reward * this.options.factor;
  }
}

function specWith(additionalWrappers: unknown): EnvSpec {
  registerDrift();
  return { ...spec("Drift-v0"), additionalWrappers } as EnvSpec;
}

describe("registerWrapper", () => {
  it("lets make find a wrapper of one's own, and keeps the order of all", async () => {
    registerDrift();
    registerWrapper({
      name: "Scaled",
      wrap: (env, options) => new Scaled(env, options as { factor: number }),
      force: true,
    });
    const inner = new TimeLimit((await make("Drift-v0")) as AnyEnv, { maxEpisodeSteps: 5 });
    const env = new TimeLimit(new Scaled(new ClipReward(inner, { maxReward: 0 }), { factor: 2 }), {
      maxEpisodeSteps: 3,
    });
    const saved = JSON.parse(JSON.stringify(env.spec));
    expect(saved).toMatchObject({
      maxEpisodeSteps: 5,
      additionalWrappers: [
        { name: "ClipReward", options: { minReward: null, maxReward: 0 } },
        { name: "Scaled", options: { factor: 2 } },
        { name: "TimeLimit", options: { maxEpisodeSteps: 3 } },
      ],
    });
    expect(String(await make(saved))).toBe("<TimeLimit<Scaled<ClipReward<TimeLimit<Drift-v0>>>>>");
  });

  it("refuses a name that is taken, and what does not wrap", () => {
    registerWrapper({ name: "Taken", wrap: (env) => env, force: true });
    expect(thrownMessage(() => registerWrapper({ name: "Taken", wrap: (env) => env }))).toBe(
      'Expected name to be one that is not taken (or pass { force: true }), got "Taken" (string).',
    );
    expect(thrownMessage(() => registerWrapper({ name: "Odd", wrap: 1 as never }))).toBe(
      "Expected wrap to be a function that wraps an environment, got 1 (number).",
    );
    expect(thrownMessage(() => registerWrapper({ name: "", wrap: (env) => env }))).toBe(
      'Expected name to be the name of a wrapper, got "" (string).',
    );
  });
});

describe("make of a spec with wrappers", () => {
  it.each([
    [[{ name: "ClipRewards", options: {} }], 'No wrapper is registered as "ClipRewards". Did you mean "ClipReward"?'],
    [[{ name: "node:fs", options: {} }], /^No wrapper is registered as "node:fs"\. /],
    [[{ options: {} }], "Expected additionalWrappers[0].name to be the name of a wrapper, got undefined."],
    [[{ name: "ClipReward", options: 3 }], "Expected additionalWrappers[0].options to be an object, got 3 (number)."],
    ["ClipReward", 'Expected additionalWrappers to be a list of { name, options }, got "ClipReward" (string).'],
  ])("refuses %o", async (additionalWrappers, message) => {
    await expect(make(specWith(additionalWrappers))).rejects.toThrow(message);
  });

  it("closes the environment where a wrapper fails", async () => {
    const made: DriftEnv[] = [];
    const keep: WrapperRegistration["wrap"] = (env) => {
      made.push(env.unwrapped as DriftEnv);
      return env;
    };
    registerWrapper({ name: "Kept", wrap: keep, force: true });
    const wrappers = [
      { name: "Kept", options: {} },
      { name: "DelayObservation", options: { delay: -1 } },
    ];
    await expect(make(specWith(wrappers))).rejects.toThrow(
      "Expected delay to be an integer of at least 0, got -1 (number).",
    );
    expect(made.map(({ closeCount }) => closeCount)).toEqual([1]);
  });
});
