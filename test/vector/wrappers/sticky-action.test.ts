/** @module */
import { beforeAll, describe, expect, it } from "vitest";
import { type EnvSpec, make } from "../../../src/registration.js";
import { AUTORESET_MODES, makeVec, SyncVectorEnv, VectorStickyAction } from "../../../src/vector/index.js";
import { TransformAction } from "../../../src/wrappers/index.js";
import { registerDrift } from "../../fakes/drift-env.js";
import { thrownMessage } from "../../thrown-message.js";

type Seen = readonly number[][];

beforeAll(registerDrift);

/** Two environments with episodes of four steps, and the actions that came to each. */
async function recorded(probability: number, autoresetMode: (typeof AUTORESET_MODES)[number] = "NextStep") {
  const seen: Seen = [[], []];
  const envs = await Promise.all(
    seen.map(async (own) => {
      const func = (action: Float32Array) => {
        own.push(action[0]!);
        return action;
      };
      return new TransformAction((await make("Drift-v0", { maxEpisodeSteps: 4 })) as never, { func });
    }),
  );
  const inner = new SyncVectorEnv<Float32Array, Float32Array>(envs as never, { autoresetMode });
  return { seen, envs: new VectorStickyAction(inner, { repeatActionProbability: probability }) };
}

/** Actions whose first number counts the calls, hundreds apart between environments. */
function actions(call: number): Float32Array {
  return Float32Array.of(call / 1000, 0, (100 + call) / 1000, 0);
}

const thousandths = (values: readonly number[]) => values.map((value) => Math.round(value * 1000));

describe("VectorStickyAction", () => {
  it("passes every action on with a chance of 0", async () => {
    const { seen, envs } = await recorded(0);
    await envs.reset({ seed: 1 });
    for (let call = 1; call <= 4; call++) await envs.step(actions(call));
    expect(thousandths(seen[0]!)).toEqual([1, 2, 3, 4]);
    expect(thousandths(seen[1]!)).toEqual([101, 102, 103, 104]);
  });

  it.each(AUTORESET_MODES)(
    "repeats each environment's own last action, and none of the episode before, in mode %s",
    async (mode) => {
      const { seen, envs } = await recorded(1 - 1e-12, mode);
      await envs.reset({ seed: 1 });
      let call = 0;
      for (let step = 0; step < 4; step++) await envs.step(actions(++call));
      expect(seen.map(thousandths)).toEqual([
        [1, 1, 1, 1],
        [101, 101, 101, 101],
      ]);
      if (mode === "Disabled") await envs.reset({ options: { resetMask: [1, 1] } });
      if (mode === "NextStep") await envs.step(actions(50));
      await envs.step(actions(60));
      await envs.step(actions(61));
      expect(seen.map((own) => thousandths(own.slice(4)))).toEqual([
        [60, 60],
        [160, 160],
      ]);
    },
  );

  it("repeats at the chance it was given, anew with every seed and alike with the same one", async () => {
    const play = async (seed: number) => {
      const { seen, envs } = await recorded(0.3);
      await envs.reset({ seed });
      for (let call = 1; call <= 400; call++) await envs.step(actions(call / 10));
      return seen;
    };
    const [first, again, other] = [await play(1), await play(1), await play(2)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    const repeats = first[0]!.filter((action, i) => i > 0 && action === first[0]![i - 1]).length;
    // Five standard deviations of 240 draws: the first step of each of 80 episodes draws nothing.
    expect(Math.abs(repeats / 240 - 0.3)).toBeLessThan(5 * Math.sqrt((0.3 * 0.7) / 240));
  });

  it("goes on from a snapshot of one environment", async () => {
    const { seen, envs } = await recorded(0.5);
    await envs.reset({ seed: 1 });
    await envs.step(actions(1));
    await envs.step(actions(2));
    const snapshot = await envs.snapshot(0);
    const next = async () => {
      await envs.step(actions(3));
      await envs.step(actions(4));
      return seen[0]!.slice(-2);
    };
    const expected = await next();
    await envs.restore(0, snapshot);
    expect(await next()).toEqual(expected);
  });

  it("is made again from its spec", async () => {
    const envs = new VectorStickyAction(await makeVec("Drift-v0", { numEnvs: 2 }), {
      repeatActionProbability: 0.25,
      repeatActionDuration: [1, 3],
    });
    const again = await makeVec(JSON.parse(JSON.stringify(envs.spec)) as EnvSpec);
    expect(`${again}`).toBe(`${envs}`);
    expect(again.spec).toEqual(envs.spec);
  });

  it("refuses a chance of 1", async () => {
    const envs = await makeVec("Drift-v0", { numEnvs: 2 });
    expect(thrownMessage(() => new VectorStickyAction(envs, { repeatActionProbability: 1 }))).toBe(
      "Expected repeatActionProbability to be a number from 0 to below 1, got 1 (number).",
    );
  });
});
