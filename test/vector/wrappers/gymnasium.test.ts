/** The arithmetic of the vector wrappers against Gymnasium's, bit for bit; see test/fixtures/gymnasium/wrappers.py. @module */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { VectorNormalizeObservation, VectorNormalizeReward } from "../../../src/vector/index.js";
import { ReplayVectorEnv } from "../../fakes/replay-vector-env.js";

interface Case {
  readonly inputs: number[][];
  readonly outputs: number[][];
  readonly last: number[];
  readonly mean: number[];
  readonly variance: number[];
}

const file = new URL("../../fixtures/gymnasium/wrappers.json", import.meta.url);
const cases = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, Case>>;

describe("VectorNormalizeObservation", () => {
  it.each([
    [1, 5],
    [1, 64],
    [1, 300],
    [3, 5],
    [3, 64],
    [3, 300],
  ])("of %d elements in %d environments gives what Gymnasium's gives", async (size, count) => {
    const { inputs, last, mean, variance } = cases[`vector.normalizeObservation.${size}.${count}`]!;
    const batches = inputs.map((batch) => Float32Array.from(batch));
    const env = new VectorNormalizeObservation(new ReplayVectorEnv(batches, [new Array(count).fill(0)], size));
    let [observations] = await env.reset();
    for (let i = 1; i < batches.length; i++) [observations] = await env.step(null);
    expect(env.statistics).toMatchObject({ mean, variance });
    if (last.length > 0) expect(Array.from(observations.slice(0, 30))).toEqual(last);
  });
});

describe("VectorNormalizeReward", () => {
  it.each([5, 20])("of %d environments gives what Gymnasium's gives within an episode", async (count) => {
    const { inputs, outputs } = cases[`vector.normalizeReward.${count}`]!;
    const env = new VectorNormalizeReward(new ReplayVectorEnv([new Float32Array(count)], inputs, 1));
    await env.reset();
    const rewards: number[][] = [];
    for (let i = 0; i < 24; i++) rewards.push(Array.from((await env.step(null))[1]));
    expect(rewards).toEqual(outputs);
  });
});
