/** The arithmetic of the wrappers against Gymnasium's, bit for bit; see test/fixtures/gymnasium/wrappers.py. @module */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Env, Info } from "../../src/env.js";
import { Box, Discrete } from "../../src/spaces/index.js";
import {
  DiscretizeAction,
  DiscretizeObservation,
  MaxAndSkipObservation,
  NormalizeObservation,
  NormalizeReward,
  RescaleAction,
  RescaleObservation,
  StickyAction,
} from "../../src/wrappers/index.js";
import { ReplayEnv } from "../fakes/replay-env.js";

interface Case {
  readonly inputs: number[][];
  readonly outputs: number[][];
  readonly [key: string]: unknown;
}

const file = new URL("../fixtures/gymnasium/wrappers.json", import.meta.url);
const cases = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, Case>>;

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array };
type Name = keyof typeof arrays;

function typed(name: Name, rows: readonly number[][]): Float32Array[] {
  return rows.map((row) => arrays[name].from(row) as unknown as Float32Array);
}

const low = [-2, -1, -8];
const high = [1, 1, 8.5];
const unbounded = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

function boxOf(dtype: Name, bounds: readonly [readonly number[] | number, readonly number[] | number]): Box {
  return new Box(bounds[0], bounds[1], { shape: [3], dtype }) as unknown as Box;
}

/** Observations and rewards of a reset and `steps` steps; an ended episode is reset, and that observation left out. */
async function play<O>(env: Env<O, number, Info>, steps: number): Promise<{ observations: O[]; rewards: number[] }> {
  const observations = [(await env.reset({ seed: 5 }))[0]];
  const rewards: number[] = [];
  for (let i = 0; i < steps; i++) {
    const [observation, reward, terminated] = await env.step(0);
    observations.push(observation);
    rewards.push(reward);
    if (terminated) await env.reset();
  }
  return { observations, rewards };
}

function lists(values: readonly unknown[]): unknown[] {
  return values.map((value) => (ArrayBuffer.isView(value) ? Array.from(value as unknown as number[]) : value));
}

describe.each(["float32", "float64", "int32"] as const)("NormalizeObservation of %s", (dtype) => {
  it("gives what Gymnasium's gives, and keeps the same statistics", async () => {
    const { inputs, outputs, mean, variance, count } = cases[`normalizeObservation.${dtype}`]!;
    const inner = new ReplayEnv({ observations: typed(dtype, inputs), observationSpace: boxOf(dtype, unbounded) });
    const env = new NormalizeObservation(inner);
    expect(lists((await play(env, inputs.length - 1)).observations)).toEqual(outputs);
    expect(env.statistics).toEqual({ mean, variance, count });
  });
});

describe("NormalizeReward", () => {
  it("gives what Gymnasium's gives when the sum starts again with each episode", async () => {
    const { inputs, outputs, ends } = cases.normalizeReward as unknown as {
      inputs: number[];
      outputs: number[];
      ends: number[];
    };
    const inner = new ReplayEnv({
      observations: [Float32Array.of(0)],
      observationSpace: new Box(...unbounded),
      rewards: inputs,
      ends,
    });
    expect((await play(new NormalizeReward(inner, { gamma: 0.95 }), 55)).rewards).toEqual(outputs);
  });
});

describe.each(["float32", "float64"] as const)("rescaling of %s", (dtype) => {
  it("gives the observations that Gymnasium's gives", async () => {
    const { inputs, outputs } = cases[`rescaleObservation.${dtype}`]!;
    const inner = new ReplayEnv({ observations: typed(dtype, inputs), observationSpace: boxOf(dtype, [low, high]) });
    const env = new RescaleObservation(inner, { minObservation: -0.3, maxObservation: [0.7, 1, 1.1] });
    expect(lists((await play(env, inputs.length - 1)).observations)).toEqual(outputs);
  });

  it("takes the actions that Gymnasium's takes", async () => {
    const { inputs, outputs } = cases[`rescaleAction.${dtype}`]!;
    const observations = typed(dtype, inputs);
    const inner = new ReplayEnv<Float32Array, Float32Array>({
      observations,
      observationSpace: boxOf(dtype, unbounded),
      actionSpace: boxOf(dtype, [low, high]),
    });
    const env = new RescaleAction(inner, { minAction: -1, maxAction: 1 });
    for (const action of observations) await env.step(action);
    expect(lists(inner.taken)).toEqual(outputs);
  });
});

describe.each([false, true])("bins, multidiscrete %s", (multidiscrete) => {
  const suffix = multidiscrete ? "True" : "False";
  const options = { bins: [4, 7, 10], multidiscrete };

  it("number observations as Gymnasium does", async () => {
    const { inputs, outputs } = cases[`discretizeObservation.${suffix}`]!;
    const inner = new ReplayEnv({
      observations: typed("float32", inputs),
      observationSpace: boxOf("float32", [low, high]),
    });
    const env = new DiscretizeObservation(inner, options);
    expect(lists((await play(env, inputs.length - 1)).observations)).toEqual(outputs);
  });

  it("mean the actions they mean in Gymnasium, there and back", async () => {
    const { inputs, outputs, reverted } = cases[`discretizeAction.${suffix}`]!;
    const inside = typed("float32", cases["discretizeObservation.False"]!.inputs);
    const inner = new ReplayEnv<Float32Array, Float32Array>({
      observations: inside,
      observationSpace: boxOf("float32", unbounded),
      actionSpace: boxOf("float32", [low, high]),
    });
    const env = new DiscretizeAction(inner, options);
    for (const action of inputs) await env.step(Array.isArray(action) ? Int32Array.from(action) : action);
    expect(lists(inner.taken)).toEqual(outputs);
    expect(lists(inside.map((action) => env.revertAction(action)))).toEqual(reverted);
  });
});

describe("StickyAction", () => {
  it.each([
    ["1", 1],
    ["range", [2, 5]],
  ] as const)("repeats the actions that Gymnasium's repeats, for %s steps", async (name, repeatActionDuration) => {
    const inner = new ReplayEnv<Float32Array, number>({
      observations: [Float32Array.of(0)],
      observationSpace: new Box(...unbounded),
      actionSpace: new Discrete(1000),
    });
    const env = new StickyAction(inner, { repeatActionProbability: 0.4, repeatActionDuration });
    await env.reset({ seed: 11 });
    for (let action = 0; action < 60; action++) await env.step(action);
    expect(inner.taken).toEqual(cases[`stickyAction.${name}`]!.outputs);
  });
});

describe("MaxAndSkipObservation", () => {
  it("gives what Gymnasium's gives where no episode ends", async () => {
    const { inputs, outputs, rewards } = cases.maxAndSkip!;
    const inner = new ReplayEnv({
      observations: typed("float32", inputs),
      observationSpace: boxOf("float32", unbounded),
      rewards: Array.from({ length: 20 }, (_, i) => i),
    });
    const played = await play(new MaxAndSkipObservation(inner, { skip: 3 }), 6);
    expect(lists(played.observations)).toEqual(outputs);
    expect(played.rewards).toEqual(rewards);
  });
});
