/** `InfraVectorEnv` against as many `InfraEnv`s, bit for bit; states by index; what it refuses. @module */
import { describe, expect, it } from "vitest";
import {
  type EnvDefinition,
  InfraEnv,
  type InfraInfo,
  InfraVectorEnv,
  type InfraVectorInfos,
  threeTierDefinition,
  webServiceDefinition,
} from "../../src/envs/index.js";
import type { VectorStepResult } from "../../src/vector/index.js";
import { thrownMessage } from "../thrown-message.js";
import { replicas, size, smallDefinition } from "./small-definition.js";

type Actions = Int32Array | Float32Array;

/** Random actions of a batch, allowed or not. */
function actionsOf(env: InfraVectorEnv, seed: number): () => Actions {
  env.actionSpace.seed(seed);
  return () => env.actionSpace.sample();
}

/** The action of one environment of a batch. */
function pick(actions: Actions, env: number, definition: EnvDefinition): number | Actions {
  const width = definition.controls.length;
  const own = actions.slice(env * width, (env + 1) * width);
  return own instanceof Int32Array && width === 1 ? own[0]! : own;
}

/** The mask of one environment as its info has it, in one array. */
function flatMask({ actionMask }: InfraInfo): number[] {
  if (actionMask === null) return [];
  return actionMask instanceof Uint8Array ? [...actionMask] : actionMask.flatMap((mask) => [...mask]);
}

/** Whether a row of a batch equals what one environment gave. */
function expectRow(
  env: number,
  numEnvs: number,
  [observations, rewards, , truncations, infos]: VectorStepResult<Float32Array, InfraVectorInfos>,
  single: { observation: Float32Array; reward: number; truncated: boolean; info: InfraInfo },
): void {
  const width = observations.length / numEnvs;
  expect(observations.slice(env * width, (env + 1) * width)).toEqual(single.observation);
  expect(rewards[env]).toBe(single.reward);
  expect(truncations[env]).toBe(single.truncated ? 1 : 0);
  const maskWidth = infos.actionMask.length / numEnvs;
  expect([...infos.actionMask.slice(env * maskWidth, (env + 1) * maskWidth)]).toEqual(flatMask(single.info));
  expect(infos.costUsd[env]).toBe(single.info.costUsd);
  expect(infos.arrivals[env]).toBe(single.info.slo.arrivals);
  expect(infos.failed[env]).toBe(single.info.slo.failed);
  expect(infos.refused[env]).toBe(single.info.refusal === null ? 0 : 1);
}

const definitions: Readonly<Record<string, () => EnvDefinition>> = {
  "WebService-v0, delta": () => webServiceDefinition(),
  "WebService-v0, residual, with limits": () =>
    webServiceDefinition({ control: "residual", limits: { maxDroplets: 9, maxUsd: 1 } }),
  "WebService-v0, continuous": () => webServiceDefinition({ control: "continuous" }),
  "ThreeTier-v0, target": () => threeTierDefinition({ control: "target" }),
  "one control, several scrapes a step": () => smallDefinition({ scrapeSeconds: 15, episodeSeconds: 1200 }),
  "two controls, short episodes": () => smallDefinition({ controls: [replicas, size], episodeSeconds: 600 }),
};

describe("InfraVectorEnv", () => {
  it.each(Object.keys(definitions))(
    "equals as many InfraEnvs, bit for bit, also across resets: %s",
    { timeout: 120_000 },
    async (name) => {
      const definition = definitions[name]!();
      const numEnvs = 3;
      const steps = 130;
      const vector = new InfraVectorEnv(definition, { numEnvs, episode: "window" });
      const singles = Array.from({ length: numEnvs }, () => new InfraEnv<never>(definition, { episode: "window" }));
      const sample = actionsOf(vector, 5);
      const [observations, infos] = await vector.reset({ seed: 40 });
      const width = observations.length / numEnvs;
      const maskWidth = infos.actionMask.length / numEnvs;
      for (const [env, single] of singles.entries()) {
        const [observation, info] = await single.reset({ seed: 40 + env });
        expect(observations.slice(env * width, (env + 1) * width)).toEqual(observation);
        expect([...infos.actionMask.slice(env * maskWidth, (env + 1) * maskWidth)]).toEqual(flatMask(info));
      }
      const ended = new Array<boolean>(numEnvs).fill(false);
      for (let step = 0; step < steps; step++) {
        const actions = sample();
        const result = await vector.step(actions);
        for (const [env, single] of singles.entries()) {
          if (ended[env]) {
            const [observation, info] = await single.reset();
            expectRow(env, numEnvs, result, { observation, reward: 0, truncated: false, info });
            ended[env] = false;
            continue;
          }
          const [observation, reward, , truncated, info] = await single.step(pick(actions, env, definition) as never);
          expectRow(env, numEnvs, result, { observation, reward, truncated, info });
          ended[env] = truncated;
        }
      }
    },
  );

  it("gives arrays that the caller owns", async () => {
    const env = new InfraVectorEnv(smallDefinition(), { numEnvs: 2 });
    const sample = actionsOf(env, 1);
    await env.reset({ seed: 1 });
    const result = await env.step(sample());
    const copy = structuredClone(result);
    for (let step = 0; step < 10; step++) await env.step(sample());
    expect(result).toEqual(copy);
    expect(env.observationSpace.contains(result[0])).toBe(true);
  });

  it("starts from the controls that the options ask for, and from the graph's at the next episode", async () => {
    const env = new InfraVectorEnv(smallDefinition({ episodeSeconds: 120 }), { numEnvs: 2 });
    const hold = Int32Array.of(4, 4);
    const [observations] = await env.reset({ seed: 1, options: { controls: { replicas: 9 } } });
    expect([observations[1], observations[5]]).toEqual([9, 9]);
    await env.step(hold);
    await env.step(hold);
    const [next] = await env.step(hold);
    expect([next[1], next[5]]).toEqual([4, 4]);
    await expect(env.reset({ options: { control: {} } })).rejects.toThrow(
      "Expected options.control to be one of: controls, got an object of Object.",
    );
  });

  it("puts one environment's state back and leaves the others alone", async () => {
    const definition = webServiceDefinition();
    const env = new InfraVectorEnv(definition, { numEnvs: 3 });
    const sample = actionsOf(env, 2);
    await env.reset({ seed: 3 });
    for (let step = 0; step < 20; step++) await env.step(sample());
    const snapshot = structuredClone(env.snapshot(1));
    const actions = Array.from({ length: 15 }, sample);
    const first: VectorStepResult<Float32Array, InfraVectorInfos>[] = [];
    for (const action of actions) first.push(await env.step(action));

    // The same state in another place of another batch goes on alike.
    const other = new InfraVectorEnv(definition, { numEnvs: 2 });
    await other.reset({ seed: 77 });
    other.restore(0, snapshot);
    const width = env.singleObservationSpace.low.length;
    const controls = definition.controls.length;
    for (const [k, action] of actions.entries()) {
      const moved = new Int32Array(2 * controls);
      moved.set(action.slice(controls, 2 * controls) as Int32Array);
      moved.set(
        definition.controls.map(() => 1),
        controls,
      );
      const [observations, rewards] = await other.step(moved);
      expect(observations.slice(0, width)).toEqual(first[k]![0].slice(width, 2 * width));
      expect(rewards[0]).toBe(first[k]![1][1]);
    }
  });

  it("judges all actions before the first is carried out where forbidden ones are errors", async () => {
    const make = (): InfraVectorEnv => new InfraVectorEnv(smallDefinition({ invalidAction: "error" }), { numEnvs: 2 });
    const [env, other] = [make(), make()];
    await env.reset({ seed: 1 });
    await other.reset({ seed: 1 });
    await expect(env.step(Int32Array.of(8, 0))).rejects.toThrow(
      "Expected action to be one of the values that info.actionMask allows for replicas now, got 0 (number).",
    );
    const hold = Int32Array.of(4, 4);
    expect(await env.step(hold)).toEqual(await other.step(hold));
  });

  it("refuses a number of environments, seeds, actions and indices that do not fit", async () => {
    const definition = smallDefinition();
    expect(thrownMessage(() => new InfraVectorEnv(definition, { numEnvs: 0 }))).toBe(
      "Expected numEnvs to be an integer from 1, got 0 (number).",
    );
    const env = new InfraVectorEnv(definition, { numEnvs: 2 });
    const name = "Small-v0 (vector)";
    await expect(env.step(Int32Array.of(4, 4))).rejects.toThrow(
      `${name} has no running episode. Call env.reset() before env.step().`,
    );
    await expect(env.reset({ seed: [1] })).rejects.toThrow(
      "Expected seed to be one seed, or 2 seeds, got [1] (array).",
    );
    await expect(env.reset({ seed: [1, -1] })).rejects.toThrow("Expected seed to be a non-negative integer, got -1");
    await env.reset({ seed: [5, 2n ** 70n] });
    await expect(env.step(Int32Array.of(4))).rejects.toThrow(
      "Expected action to be 2 actions of Discrete(9) in one array of 2, got Int32Array [4].",
    );
    expect(thrownMessage(() => env.snapshot(2))).toBe("Expected index to be an integer from 0 to 1, got 2 (number).");
    const single = new InfraEnv(definition);
    await single.reset({ seed: 1 });
    expect(thrownMessage(() => env.restore(0, single.snapshot()))).toBe(
      "Expected a snapshot of Small-v0 (vector), got one of Small-v0.",
    );
    await env.close();
    await env.close();
    await expect(env.step(Int32Array.of(4, 4))).rejects.toThrow(`${name} is closed. Make a new one.`);
    await expect(env.reset()).rejects.toThrow(`${name} is closed. Make a new one.`);
  });
});
