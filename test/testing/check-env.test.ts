/** `checkEnv` on environments that keep the contract, and on ones that break it on purpose. @module */
import { describe, expect, it } from "vitest";
import type { ResetOptions, ResetResult, StepResult } from "../../src/env.js";
import { EnvCheckError, ResetNeededError } from "../../src/errors.js";
import { make } from "../../src/registration.js";
import { checkSeed, createRng } from "../../src/rng.js";
import type { Discrete } from "../../src/spaces/index.js";
import { checkEnv } from "../../src/testing/index.js";
import { OrderEnforcing, TimeLimit } from "../../src/wrappers/index.js";
import { CountingEnv, type CountingInfo } from "../fakes/counting-env.js";
import { DriftEnv } from "../fakes/drift-env.js";
import { StrictEnv } from "../fakes/strict-env.js";

async function issuesOf(env: CountingEnv): Promise<readonly string[]> {
  const error = await checkEnv(env).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EnvCheckError);
  return (error as EnvCheckError).issues;
}

describe("checkEnv", () => {
  it("finds nothing in an environment that keeps the contract, and closes it", async () => {
    const env = new StrictEnv();
    await checkEnv(env);
    expect(env.isClosed).toBe(true);
  });

  it("finds nothing behind wrappers", async () => {
    await checkEnv(new OrderEnforcing(new TimeLimit(new StrictEnv(), { maxEpisodeSteps: 2 })));
  });

  it.each(["delta", "target", "continuous", "residual"] as const)(
    "finds nothing in the library's environments in mode %s",
    async (control) => {
      for (const id of ["WebService-v0", "ThreeTier-v0"] as const) {
        await checkEnv(await make(id, { control }), { seed: 7, steps: 60 });
        await checkEnv(await make(id, { control, invalidAction: "error", episode: "window" }), { seed: 8, steps: 60 });
      }
    },
  );

  it("lists every issue in one error", async () => {
    class LooseEnv extends CountingEnv {}
    await expect(checkEnv(new LooseEnv())).rejects.toThrow(
      [
        "LooseEnv does not keep the contract of environments in 4 points. Correct:",
        "- step before reset must be refused with ResetNeededError, got no error.",
        "- step(undefined) must be refused with InvalidActionError, got no error.",
        "- reset after close must be refused with ClosedError, got no error.",
        "- step after close must be refused with ClosedError, got no error.",
      ].join("\n"),
    );
  });

  it("finds an observation outside its space", async () => {
    class Negative extends StrictEnv {
      override async step(action: number): Promise<StepResult<Float32Array, CountingInfo>> {
        const [, ...rest] = await super.step(action);
        return [Float32Array.of(-1, 0), ...rest];
      }
    }
    expect(await issuesOf(new Negative())).toEqual([
      "step's observation must lie in observationSpace. Expected observation[0] to be a number from 0 to Infinity.",
    ]);
  });

  it("finds rewards that are not finite and ends that are not booleans", async () => {
    class Strange extends StrictEnv {
      override async step(action: number): Promise<StepResult<Float32Array, CountingInfo>> {
        const [observation, , terminated, , info] = await super.step(action);
        return [observation, Number.NaN, terminated, 0 as never, info];
      }
    }
    expect(await issuesOf(new Strange())).toEqual([
      "step's reward must be a finite number, got NaN.",
      "step's truncated must be a boolean, got 0.",
    ]);
  });

  it("finds one buffer under all observations", async () => {
    class Shared extends StrictEnv {
      readonly buffer = new Float32Array(2);
      override async step(action: number): Promise<StepResult<Float32Array, CountingInfo>> {
        const [observation, ...rest] = await super.step(action);
        this.buffer.set(observation);
        return [this.buffer, ...rest];
      }
    }
    expect(await issuesOf(new Shared())).toContain(
      "every observation must have memory of its own: the caller owns it.",
    );
  });

  it("lets observations be views of one buffer that do not overlap", async () => {
    class Neighbours extends StrictEnv {
      readonly buffer = new ArrayBuffer(2 ** 16);
      next = 0;
      override async step(action: number): Promise<StepResult<Float32Array, CountingInfo>> {
        const [observation, ...rest] = await super.step(action);
        const view = new Float32Array(this.buffer, this.next, observation.length);
        this.next += view.byteLength;
        view.set(observation);
        return [view, ...rest];
      }
    }
    await expect(checkEnv(new Neighbours())).resolves.toBeUndefined();
  });

  it("finds one buffer under a part of all observations", async () => {
    const buffer = Float32Array.of(0.5, 0.5);
    class Shared extends DriftEnv {
      override async step(action: Float32Array): Promise<StepResult<unknown>> {
        const [observation, ...rest] = await super.step(action);
        return [{ ...(observation as object), position: buffer }, ...rest];
      }
    }
    await expect(checkEnv(new Shared({ observation: "dict" }))).rejects.toThrow(
      "- every observation must have memory of its own: the caller owns it.",
    );
  });

  it("finds randomness that the seed does not rule", async () => {
    let calls = 0;
    class Restless extends StrictEnv {
      override async step(action: number): Promise<StepResult<Float32Array, CountingInfo>> {
        const [observation, reward, ...rest] = await super.step(action);
        return [observation, reward + ++calls, ...rest];
      }
    }
    expect(await issuesOf(new Restless())).toEqual([
      "the same seed and actions must give the same episode, byte for byte; step 1 came out otherwise.",
      "a restored state must go on byte for byte; step 1 after restore came out otherwise.",
    ]);
  });

  it("finds an end that is refused with another error", async () => {
    class Unsure extends StrictEnv {
      override async step(action: number): Promise<StepResult<Float32Array, CountingInfo>> {
        if (this.phase === "ended") throw new ResetNeededError("Unsure");
        return super.step(action);
      }
    }
    expect(await issuesOf(new Unsure())).toEqual([
      "step after the end of the episode must be refused with EpisodeEndedError, got " +
        "ResetNeededError: Unsure has no running episode. Call env.reset() before env.step().",
    ]);
  });

  it("finds a snapshot that lacks a part", async () => {
    class Forgetful extends StrictEnv {
      override restore(): void {
        this.phase = "running";
      }
    }
    expect(await issuesOf(new Forgetful())).toEqual([
      "a restored state must go on byte for byte; step 1 after restore came out otherwise.",
    ]);
  });

  it("finds a mask that does not fit the action space", async () => {
    class Masked extends StrictEnv {
      override async step(action: number): Promise<StepResult<Float32Array, CountingInfo>> {
        const [observation, reward, terminated, truncated, info] = await super.step(action);
        return [observation, reward, terminated, truncated, { ...info, actionMask: Uint8Array.of(1, 0) } as never];
      }
    }
    expect(await issuesOf(new Masked())).toEqual([
      "actionSpace.sample({ mask: info.actionMask }) must not fail, but threw " +
        "InvalidOptionError: Expected mask to be a list of 3 values, got Uint8Array [1, 0].",
    ]);
  });

  it("finds what is no space, and goes no further", async () => {
    class Spaceless extends StrictEnv {
      override readonly actionSpace: Discrete = { n: 3 } as Discrete;
    }
    const issues = await issuesOf(new Spaceless());
    expect(issues[0]).toBe(
      "actionSpace must be a space; it has no seed, sample, contains, toJsonable, fromJsonable, equals.",
    );
  });

  it("finds members that are missing or wrong", async () => {
    class Bare extends StrictEnv {
      override readonly metadata = { renderModes: ["human"] } as never;
      override get unwrapped(): this {
        return null as never;
      }
    }
    expect(await issuesOf(new Bare())).toEqual([
      "metadata.renderModes must be a list of ansi, svg, html.",
      "unwrapped must be the innermost environment: the environment itself where it is not wrapped.",
    ]);
    class Moded extends StrictEnv {
      override readonly metadata = { renderModes: [] };
    }
    expect(await issuesOf(new Moded())).toEqual(["renderMode must be null or one of metadata.renderModes, got ansi."]);
  });

  it("finds a render that gives something else than text", async () => {
    class Blind extends StrictEnv {
      override async render(): Promise<string> {
        return undefined as never;
      }
    }
    expect(await issuesOf(new Blind())).toEqual(["render must resolve to a string in renderMode ansi, got undefined."]);
  });

  it("finds a generator that the seed does not restart, or that no seed changes", async () => {
    class Deaf extends StrictEnv {
      override async reset(options: ResetOptions = {}): Promise<ResetResult<Float32Array, CountingInfo>> {
        const result = await super.reset(options);
        this.rng = createRng(7);
        return result;
      }
    }
    expect(await issuesOf(new Deaf())).toEqual(["reset with another seed must restart rng otherwise."]);
    class Drifting extends StrictEnv {
      override async reset({
        seed: _,
        ...options
      }: ResetOptions = {}): Promise<ResetResult<Float32Array, CountingInfo>> {
        if (_ !== undefined) checkSeed(_);
        return super.reset(options);
      }
    }
    expect(await issuesOf(new Drifting())).toContain("reset with the same seed must restart rng alike.");
  });

  it("finds masks of other values than 0 and 1, and ones that allow nothing", async () => {
    const masked = (mask: Uint8Array): StrictEnv => {
      class Masked extends StrictEnv {
        override async reset(options: ResetOptions = {}): Promise<ResetResult<Float32Array, CountingInfo>> {
          const [observation, info] = await super.reset(options);
          return [observation, { ...info, actionMask: mask } as never];
        }
      }
      return new Masked();
    };
    expect(await issuesOf(masked(Uint8Array.of(0, 0, 0)))).toEqual([
      "reset's info.actionMask must allow at least one value of every component.",
    ]);
    expect((await issuesOf(masked(Uint8Array.of(1, 2, 0))))[0]).toBe(
      "reset's info.actionMask must consist of 0 and 1.",
    );
  });

  it("finds results of another shape", async () => {
    class Short extends StrictEnv {
      override async reset(options: ResetOptions = {}): Promise<ResetResult<Float32Array, CountingInfo>> {
        return (await super.reset(options))[0] as never;
      }
    }
    expect((await issuesOf(new Short()))[0]).toBe("reset must resolve to [observation, info].");
    class Old extends StrictEnv {
      override async step(action: number): Promise<StepResult<Float32Array, CountingInfo>> {
        const [observation, reward, terminated, , info] = await super.step(action);
        return [observation, reward, terminated, info] as never;
      }
    }
    expect((await issuesOf(new Old()))[0]).toBe(
      "step must resolve to [observation, reward, terminated, truncated, info].",
    );
  });

  it("finds what differs late in an episode", async () => {
    let episodes = 0;
    class Late extends StrictEnv {
      override async reset(options: ResetOptions = {}): Promise<ResetResult<Float32Array, CountingInfo>> {
        episodes++;
        return super.reset(options);
      }
      override async step(action: number): Promise<StepResult<Float32Array, CountingInfo>> {
        const [observation, reward, terminated, truncated, info] = await super.step(action);
        return [observation, this.count === 3 ? episodes : reward, terminated, truncated, info];
      }
    }
    expect(await issuesOf(new Late())).toEqual([
      "the same seed and actions must give the same episode, byte for byte; step 3 came out otherwise.",
    ]);
  });

  it("refuses a number of steps that is none", async () => {
    await expect(checkEnv(new StrictEnv(), { steps: 0 })).rejects.toThrow(
      "Expected steps to be an integer from 1, got 0 (number).",
    );
  });
});
