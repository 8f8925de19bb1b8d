/** What every wrapper of a single environment keeps. @module */
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Env } from "../../src/env.js";
import { make } from "../../src/registration.js";
import { registerCartPole } from "../fakes/cart-pole.js";
import { registerDrift } from "../fakes/drift-env.js";
import { thrownMessage } from "../thrown-message.js";

/** Any environment. */
export type AnyEnv = Env<unknown, unknown, object>;

/** One wrapper under test. */
export interface WrapperContract {
  /** The name of its class. */
  readonly name: string;
  /** The environment it is put around, and that one's options. @defaultValue Drift-v0 */
  readonly id?: "Drift-v0" | "CartPole-v1";
  readonly options?: Readonly<Record<string, unknown>>;
  /** Puts it around an environment. */
  wrap(env: AnyEnv): AnyEnv;
  /** Whether a spec holds it. @defaultValue true */
  readonly isInSpec?: boolean;
}

/** Runs the suite. */
export function describeWrapper(contract: WrapperContract): void {
  const { name, id = "Drift-v0", options = {}, wrap, isInSpec = true } = contract;
  const opened: AnyEnv[] = [];

  async function open(): Promise<AnyEnv> {
    const env = wrap((await make(id, options)) as AnyEnv);
    opened.push(env);
    return env;
  }

  beforeAll(() => {
    registerCartPole();
    registerDrift();
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((env) => env.close()));
  });

  describe(`${name}, as a wrapper`, () => {
    it("passes on what it does not change", async () => {
      const env = await open();
      const { unwrapped } = env;
      expect(unwrapped.constructor.name).toBe(id === "Drift-v0" ? "DriftEnv" : "CartPole");
      expect([env.metadata, env.renderMode]).toEqual([unwrapped.metadata, unwrapped.renderMode]);
      await env.reset({ seed: 1 });
      expect(env.rng).toBe(unwrapped.rng);
    });

    it("gives what its spaces say, and the same again from the same seed", async () => {
      const [first, second] = [await open(), await open()];
      expect(await playEpisode(first)).toEqual(await playEpisode(second));
    });

    it("goes on from a snapshot as if nothing had been in between", async () => {
      const env = await open();
      env.actionSpace.seed(2);
      await env.reset({ seed: 1 });
      const actions = [env.actionSpace.sample(), env.actionSpace.sample(), env.actionSpace.sample()];
      await env.step(actions[0]);
      const saved = structuredClone(env.snapshot());
      const after = structuredClone(await env.step(actions[1]));
      await env.reset({ seed: 9 });
      await env.step(actions[2]);
      for (let i = 0; i < 2; i++) {
        env.restore(saved);
        expect(await env.step(actions[1])).toEqual(after);
      }
    });

    it("refuses a snapshot of another stack", async () => {
      const env = await open();
      expect(thrownMessage(() => env.restore({ of: "elsewhere", state: null }))).toBe(
        `Expected a snapshot of ${env}, got one of elsewhere.`,
      );
    });

    it("prints itself around what is in it", async () => {
      const env = await open();
      const inner = id === "Drift-v0" ? `<${id}>` : `<TimeLimit<${id}>>`;
      expect(String(env)).toBe(`<${name}${inner}>`);
    });

    it("closes what is in it, twice too", async () => {
      const env = await open();
      await env.reset();
      await env.close();
      await env.close();
      const { closeCount } = env.unwrapped as { readonly closeCount?: number };
      expect(closeCount ?? 2).toBe(2);
    });

    if (isInSpec) {
      it("is made again from its spec, by way of JSON", async () => {
        const env = await open();
        const spec = JSON.parse(JSON.stringify(env.spec));
        const again = (await make(spec)) as AnyEnv;
        opened.push(again);
        expect(String(again)).toBe(String(env));
        expect(again.spec).toEqual(spec);
        expect(String(again.observationSpace)).toBe(String(env.observationSpace));
        expect(await playEpisode(again)).toEqual(await playEpisode(env));
      });
    } else {
      it("says that no spec holds it", async () => {
        const env = await open();
        expect(env.spec?.additionalWrappers).toEqual([{ name, options: null }]);
        await expect(make(env.spec!)).rejects.toThrow(
          `Making ${name} from a spec without options is not supported. It was made with something JSON cannot hold: ` +
            "wrap by hand, or write a wrapper and pass it to registerWrapper().",
        );
      });
    }
  });
}

/** All results of up to six steps; each observation lies in its space and belongs to the caller. */
async function playEpisode(env: AnyEnv): Promise<unknown[]> {
  env.actionSpace.seed(4);
  const results: unknown[][] = [await env.reset({ seed: 3 })];
  for (let i = 0; i < 6; i++) {
    const result = await env.step(env.actionSpace.sample());
    results.push(result);
    if (result[2] || result[3]) break;
  }
  const observations = results.map(([observation]) => observation);
  for (const observation of observations) expect(env.observationSpace.contains(observation)).toBe(true);
  const buffers = observations.filter(ArrayBuffer.isView).map(({ buffer }) => buffer);
  expect(new Set(buffers).size).toBe(buffers.length);
  return results;
}
