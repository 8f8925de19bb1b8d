/** What every vector environment does, run for each implementation. @module */
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { AutoresetMode, VectorEnv, VectorInfos, VectorResetOptions } from "../../src/vector/index.js";

interface TraceRow {
  /** Which environments are reset; absent for a step. */
  readonly reset?: readonly number[];
  readonly observations: readonly number[];
  readonly rewards?: readonly number[];
  readonly terminations?: readonly number[];
  readonly truncations?: readonly number[];
  readonly infos: object;
}

type TracedVectorEnv = VectorEnv<Float32Array, Int32Array>;

const file = new URL("../fixtures/autoreset-traces.json", import.meta.url);
const { traces } = JSON.parse(readFileSync(file, "utf8")) as {
  readonly traces: Readonly<Record<AutoresetMode, readonly TraceRow[]>>;
};

/** Arrays of any kind as lists, so that infos can be compared with JSON. */
export function asJson(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...(value as Float32Array)];
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asJson(inner)]));
}

/**
 * Declares the tests.
 * @param makeEnvs - Makes three copies of `TraceEnv` with episodes of 2, 3 and 50 steps, as seeds 0, 1, 2 choose.
 */
export function testVectorEnv(name: string, makeEnvs: (mode: AutoresetMode) => Promise<TracedVectorEnv>): void {
  describe(`${name} as a vector environment`, () => {
    const open: TracedVectorEnv[] = [];
    const make = async (mode: AutoresetMode = "NextStep"): Promise<TracedVectorEnv> => {
      const envs = await makeEnvs(mode);
      open.push(envs);
      return envs;
    };
    afterEach(async () => {
      for (const envs of open.splice(0)) await envs.close();
    });

    it.each(["NextStep", "SameStep", "Disabled"] as const)(
      "goes through Gymnasium's trace in mode %s",
      async (mode) => {
        const envs = await make(mode);
        expect(envs.autoresetMode).toBe(mode);
        for (const [index, { reset, ...row }] of traces[mode].entries()) {
          const result = reset === undefined ? await stepOf(envs) : await resetOf(envs, index, reset);
          expect(asJson(result)).toEqual(row);
        }
      },
    );

    it("gives arrays that are never written to again", async () => {
      const envs = await make("SameStep");
      await envs.reset({ seed: 0 });
      await envs.step(Int32Array.of(1, 2, 3));
      const ended = await envs.step(Int32Array.of(1, 2, 3));
      const copy = structuredClone(ended);
      expect(asJson(copy[4].finalObs)).toEqual([[2], null, null]);
      for (let step = 0; step < 10; step++) await envs.step(Int32Array.of(1, 2, 3));
      expect(ended).toEqual(copy);
    });

    it("puts one environment's state back and leaves the others alone", async () => {
      const envs = await make();
      await envs.reset({ seed: 0 });
      await envs.step(Int32Array.of(1, 2, 3));
      const snapshot = structuredClone(await envs.snapshot(1));
      await envs.step(Int32Array.of(1, 2, 3));
      await envs.step(Int32Array.of(1, 2, 3));
      await envs.restore(1, snapshot);
      const [observations, , , truncations] = await envs.step(Int32Array.of(1, 2, 3));
      expect([...observations]).toEqual([101, 2, 4]);
      expect([...truncations]).toEqual([0, 0, 0]);
      const [masked] = await envs.reset({ options: { resetMask: [true, false, false] } });
      expect([...masked]).toEqual([200, 2, 4]);
    });

    it("leaves environments whose seed is null their generators and episodes' lengths", async () => {
      const envs = await make();
      await envs.reset({ seed: [2, 2, 1] });
      await envs.reset({ seed: [null, 0, null] });
      await envs.step(Int32Array.of(1, 2, 3));
      const [, , terminations] = await envs.step(Int32Array.of(1, 2, 3));
      expect([...terminations]).toEqual([0, 1, 0]);
    });

    it("refuses a step before all are reset, and one that goes past an end in mode Disabled", async () => {
      const envs = await make("Disabled");
      const needed = "TraceEnv (vector) has no running episode. Call env.reset() before env.step().";
      await expect(envs.step(Int32Array.of(1, 2, 3))).rejects.toThrow(needed);
      await envs.reset({ seed: 0, options: { resetMask: [1, 1, 0] } });
      await expect(envs.step(Int32Array.of(1, 2, 3))).rejects.toThrow(needed);
      await envs.reset({ seed: 0, options: { resetMask: [0, 0, 1] } });
      await envs.step(Int32Array.of(1, 2, 3));
      await envs.step(Int32Array.of(1, 2, 3));
      await expect(envs.step(Int32Array.of(1, 2, 3))).rejects.toThrow(
        "The episode of environment 0 of TraceEnv (vector) has ended. " +
          "Call reset({ options: { resetMask } }) to start others.",
      );
    });

    it("refuses actions, seeds, masks and indices that do not fit", async () => {
      const envs = await make();
      await envs.reset({ seed: 0 });
      await expect(envs.step(Int32Array.of(1, 2))).rejects.toThrow(
        "Expected action to be 3 actions of Discrete(10), got Int32Array [1, 2].",
      );
      const refused: readonly (readonly [VectorResetOptions, string])[] = [
        [{ seed: [1, 2] }, "Expected seed to be one seed, or 3 seeds, got [1, 2] (array)."],
        [{ seed: -1 }, "Expected seed to be a non-negative integer, got -1 (number)."],
        [
          { options: { resetMask: [0, 0, 0] } },
          "Expected options.resetMask to be 3 values of 1 or 0 (reset or not), at least one of them 1, got [0, 0, 0] (array).",
        ],
        [
          { options: { resetMask: "all" } },
          'Expected options.resetMask to be 3 values of 1 or 0 (reset or not), at least one of them 1, got "all" (string).',
        ],
      ];
      for (const [options, message] of refused) await expect(envs.reset(options)).rejects.toThrow(message);
      const snapshot = async (index: number): Promise<unknown> => envs.snapshot(index);
      await expect(snapshot(3)).rejects.toThrow("Expected index to be an integer from 0 to 2, got 3 (number).");
    });

    it("calls, reads and sets what each environment has by name", async () => {
      const envs = await make();
      await envs.reset({ seed: 0 });
      await envs.step(Int32Array.of(1, 2, 3));
      expect(await envs.getAttr!("mood")).toEqual(["calm", "calm", "calm"]);
      await envs.setAttr!("mood", ["calm", "glad", "calm"]);
      expect(await envs.getAttr!("mood")).toEqual(["calm", "glad", "calm"]);
      await envs.setAttr!("mood", "tired");
      expect(await envs.call!("describe", "now", 3)).toEqual(Array(3).fill("tired at step 1, now, 3"));
      expect(await envs.call!("mood")).toEqual(["tired", "tired", "tired"]);
      expect(await envs.render!()).toBeNull();
      await expect(envs.call!("descibe")).rejects.toThrow(
        'Expected name to be an attribute of TraceEnv or of an environment in it, got "descibe" (string).',
      );
      await expect(envs.setAttr!("mood", ["calm"])).rejects.toThrow(
        "Expected values to be one value, or a list of 3, got [calm] (array).",
      );
      await expect(envs.setAttr!("unwrapped", 1)).rejects.toThrow(
        'Expected name to be an attribute of TraceEnv that can be set, got "unwrapped" (string).',
      );
    });

    it("is closed once and for all", async () => {
      const envs = await make();
      await envs.close();
      await envs.close();
      const closed = "TraceEnv (vector) is closed. Make a new one.";
      await expect(envs.reset()).rejects.toThrow(closed);
      await expect(envs.step(Int32Array.of(1, 2, 3))).rejects.toThrow(closed);
      await expect(envs.getAttr!("mood")).rejects.toThrow(closed);
    });
  });
}

async function resetOf(envs: TracedVectorEnv, index: number, reset: readonly number[]): Promise<object> {
  const [observations, infos] = await envs.reset(index === 0 ? { seed: 0 } : { options: { resetMask: reset } });
  return { observations, infos };
}

async function stepOf(envs: TracedVectorEnv): Promise<{ readonly infos: VectorInfos }> {
  const [observations, rewards, terminations, truncations, infos] = await envs.step(Int32Array.of(1, 2, 3));
  return { observations, rewards, terminations, truncations, infos } as { readonly infos: VectorInfos };
}
