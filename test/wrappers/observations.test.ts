/** What is special about single observation and action wrappers, beyond their contract and Gymnasium's numbers. @module */
import { describe, expect, it } from "vitest";
import { Box, Discrete, Tuple } from "../../src/spaces/index.js";
import {
  ClipAction,
  DelayObservation,
  DiscretizeObservation,
  DtypeObservation,
  FilterObservation,
  FlattenObservation,
  FrameStackObservation,
  MaxAndSkipObservation,
  NormalizeObservation,
  RenderCollection,
  RepeatAction,
  TimeAwareObservation,
  TimeLimit,
} from "../../src/wrappers/index.js";
import { CountingEnv } from "../fakes/counting-env.js";
import { DriftEnv } from "../fakes/drift-env.js";
import { ReplayEnv } from "../fakes/replay-env.js";

/** Observations 1, 2, 3, …; the episode ends with the numbers given. */
function counter(ends: readonly number[] = []): ReplayEnv<Float32Array> {
  const observations = Array.from({ length: 20 }, (_, i) => Float32Array.of(i + 1));
  return new ReplayEnv({ observations, observationSpace: new Box(0, 20), rewards: [1], ends });
}

async function observationsOf(
  env: { reset(): Promise<unknown[]>; step(action: number): Promise<unknown[]> },
  steps: number,
) {
  const observations = [(await env.reset())[0]];
  for (let i = 0; i < steps; i++) observations.push((await env.step(0))[0]);
  return observations.map((observation) => Array.from(observation as Float32Array));
}

describe("DelayObservation", () => {
  it("gives zeros first, and again after reset", async () => {
    const env = new DelayObservation(counter(), { delay: 2 });
    expect(await observationsOf(env, 3)).toEqual([[0], [0], [1], [2]]);
    expect(await observationsOf(env, 2)).toEqual([[0], [0], [5]]);
  });

  it("gives the bound nearest to zero where the space has no zero", async () => {
    const inner = new ReplayEnv({
      observations: [Float32Array.of(4, -4)],
      observationSpace: new Box([3, -9], [5, -2]),
    });
    expect((await new DelayObservation(inner, { delay: 1 }).reset())[0]).toEqual(Float32Array.of(3, -2));
  });
});

describe("FrameStackObservation", () => {
  it.each([
    [
      "reset",
      [
        [1, 1, 1],
        [1, 1, 2],
        [1, 2, 3],
        [2, 3, 4],
      ],
    ],
    [
      "zero",
      [
        [0, 0, 1],
        [0, 1, 2],
        [1, 2, 3],
        [2, 3, 4],
      ],
    ],
    [
      Float32Array.of(7),
      [
        [7, 7, 1],
        [7, 1, 2],
        [1, 2, 3],
        [2, 3, 4],
      ],
    ],
  ] as const)("pads with %s", async (paddingType, expected) => {
    const env = new FrameStackObservation(counter(), { stackSize: 3, paddingType });
    expect(await observationsOf(env, 3)).toEqual(expected);
    expect(String(env.observationSpace)).toBe("Box(0.0, 20.0, (3, 1), float32)");
  });
});

describe("TimeAwareObservation", () => {
  it("adds the step to one vector, as float64 beside integers", async () => {
    const env = new TimeAwareObservation(new TimeLimit(counter(), { maxEpisodeSteps: 4 }));
    expect(await observationsOf(env, 2)).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
    expect(String(env.observationSpace)).toBe("Box(0.0, [20.  4.], (2,), float64)");
  });

  it("adds the share of the episode as a part of a Dict", async () => {
    const inner = new TimeLimit(new DriftEnv({ observation: "dict" }), { maxEpisodeSteps: 4 });
    const env = new TimeAwareObservation(inner, { flatten: false, normalizeTime: true, dictTimeKey: "clock" });
    await env.reset({ seed: 1 });
    const [observation] = await env.step(Float32Array.of(0, 0));
    expect(observation).toMatchObject({ clock: Float32Array.of(0.25), step: 1 });
    expect(env.observationSpace.contains(observation)).toBe(true);
  });
});

describe("MaxAndSkipObservation", () => {
  it("takes nothing of earlier steps where an episode ends early", async () => {
    const observations = [9, 8, 1, 3, 2].map((value) => Float32Array.of(value));
    const inner = new ReplayEnv({ observations, observationSpace: new Box(0, 9), rewards: [1], ends: [2] });
    const env = new MaxAndSkipObservation(inner, { skip: 4 });
    await env.reset();
    // Steps give 8 and 1, and the episode is over; of 9 from reset nothing is left.
    expect((await env.step(0)).slice(0, 3)).toEqual([Float32Array.of(8), 2, true]);
    await env.reset();
    expect((await env.step(0)).slice(0, 2)).toEqual([Float32Array.of(8), 4]);
  });
});

describe("RepeatAction", () => {
  it("adds up rewards, and stops where the episode ends", async () => {
    const inner = counter([2]);
    const env = new RepeatAction(inner, { numRepeats: 5 });
    await env.reset();
    expect((await env.step(1)).slice(0, 3)).toEqual([Float32Array.of(3), 2, true]);
    expect(inner.taken).toEqual([1, 1]);
  });
});

describe("ClipAction", () => {
  it("leaves the action it is given alone, and NaN to the environment", () => {
    const env = new ClipAction(new DriftEnv());
    const action = Float32Array.of(7, Number.NaN);
    expect(env.action(action)).toEqual(Float32Array.of(0.5, Number.NaN));
    expect(action).toEqual(Float32Array.of(7, Number.NaN));
  });
});

describe("DtypeObservation", () => {
  it("holds exactly the values of a Discrete, whose largest Gymnasium puts one too high", async () => {
    const inner = new ReplayEnv({ observations: [4], observationSpace: new Discrete(3, { start: 2 }) });
    const env = new DtypeObservation(inner, { dtype: "int64" });
    expect(String(env.observationSpace)).toBe("Box(2, 4, (), int64)");
    expect((await env.reset())[0]).toEqual(BigInt64Array.of(4n));
  });
});

describe("FilterObservation and FlattenObservation", () => {
  it("keep parts of a Dict, and make one vector of them", async () => {
    const inner = new DriftEnv({ observation: "dict" });
    const filtered = new FilterObservation(inner, { filterKeys: ["step"] });
    expect((await filtered.reset())[0]).toEqual({ step: 0 });
    const flat = new FlattenObservation(filtered);
    expect((await flat.reset())[0]).toEqual(Float32Array.of(1, 0, 0, 0, 0, 0, 0));
    expect(String(flat)).toBe("<FlattenObservation<FilterObservation<DriftEnv>>>");
  });
});

describe("DiscretizeObservation", () => {
  it("says between which values an observation lies", () => {
    const env = new DiscretizeObservation(counter(), { bins: 4 });
    expect(env.observation(Float32Array.of(20))).toBe(3);
    expect(env.revertObservation(3)).toEqual({ low: Float32Array.of(15), high: Float32Array.of(20) });
  });
});

describe("NormalizeObservation", () => {
  it("leaves the statistics alone where it is told to, and takes over others", async () => {
    const env = new NormalizeObservation(counter());
    await observationsOf(env, 5);
    const other = new NormalizeObservation(counter());
    other.statistics = env.statistics;
    other.updateRunningMean = false;
    await observationsOf(other, 5);
    expect(other.statistics).toEqual(env.statistics);
  });
});

describe("RenderCollection", () => {
  it("has a picture of every step, until they are taken or the episode starts again", async () => {
    const env = new RenderCollection(new CountingEnv());
    await env.reset();
    await env.step(0);
    expect(env.takeFrames()).toEqual(["count 0", "count 1"]);
    await env.step(0);
    expect(env.takeFrames()).toEqual(["count 2"]);
    await env.step(0);
    await env.reset();
    expect(env.takeFrames()).toEqual(["count 0"]);
  });
});

describe("observations of a Tuple", () => {
  const inner = () =>
    new ReplayEnv({
      observations: [[1, Float32Array.of(0.5)]],
      observationSpace: new Tuple([new Discrete(2), new Box(0, 1)]),
    });

  it("keep the places that a filter asks for, in its order", async () => {
    const env = new FilterObservation(inner(), { filterKeys: [1, 0] });
    expect((await env.reset())[0]).toEqual([Float32Array.of(0.5), 1]);
    expect(String(env.observationSpace)).toBe("Tuple(Box(0.0, 1.0, (1,), float32), Discrete(2))");
  });

  it("have the time as their last", async () => {
    const env = new TimeAwareObservation(new TimeLimit(inner(), { maxEpisodeSteps: 9 }), { flatten: false });
    expect((await env.reset())[0]).toEqual([1, Float32Array.of(0.5), Int32Array.of(0)]);
  });
});
