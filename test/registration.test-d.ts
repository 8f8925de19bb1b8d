/** What the compiler knows about a made environment. @module */
import { describe, expectTypeOf, it } from "vitest";
import type { ActionOf, Env, ObservationOf } from "../src/env.js";
import type { ControlMode, InfraEnv } from "../src/envs/index.js";
import { make } from "../src/registration.js";
import { Box, Dict, Discrete, MultiDiscrete, type ValueOf } from "../src/spaces/index.js";
import { TimeLimit } from "../src/wrappers/index.js";

interface TypedOptions {
  readonly size?: number;
}

type TypedEnv = Env<Float32Array, number>;

declare module "../src/builtin-envs.js" {
  interface EnvRegistry {
    "Test/Typed-v0": { env: TypedEnv; options: TypedOptions };
  }
}

describe("make", () => {
  it("knows the environment of a registered id", () => {
    expectTypeOf(make<"Test/Typed-v0">).returns.resolves.toEqualTypeOf<TypedEnv>();
    expectTypeOf(make("Test/Typed-v0", { size: 3, maxEpisodeSteps: 10 })).resolves.toEqualTypeOf<TypedEnv>();
  });

  it("gives an environment of unknown types for any other id", () => {
    const id: string = "Other-v0";
    expectTypeOf(make("Other-v0", { anything: true })).resolves.toEqualTypeOf<Env<unknown, unknown>>();
    expectTypeOf(make(id)).resolves.toEqualTypeOf<Env<unknown, unknown>>();
  });

  it("checks options and actions", async () => {
    // @ts-expect-error size is a number
    make("Test/Typed-v0", { size: "large" });
    // @ts-expect-error there is no such option
    make("Test/Typed-v0", { sizes: 3 });
    const env = await make("Test/Typed-v0");
    env.step(1);
    // @ts-expect-error an action is a number
    env.step("up");
    expectTypeOf(env.step).returns.resolves.toExtend<[Float32Array, number, boolean, boolean, object]>();
  });
});

describe("make with a control mode", () => {
  it("types the actions of continuous controls as Float32Array, and all others as Int32Array", async () => {
    expectTypeOf(make("WebService-v0")).resolves.toEqualTypeOf<InfraEnv<Int32Array>>();
    expectTypeOf(make("WebService-v0", { hard: true })).resolves.toEqualTypeOf<InfraEnv<Int32Array>>();
    expectTypeOf(make("ThreeTier-v0", { control: "residual" })).resolves.toEqualTypeOf<InfraEnv<Int32Array>>();
    const continuous = await make("WebService-v0", { control: "continuous", workload: "ramp" });
    expectTypeOf<ActionOf<typeof continuous>>().toEqualTypeOf<Float32Array>();
    continuous.step(new Float32Array(2));
    // @ts-expect-error a continuous action is a Float32Array
    continuous.step(new Int32Array(2));
  });

  it("leaves the type open where the mode is known at run time alone", () => {
    const control = "delta" as ControlMode;
    expectTypeOf(make("WebService-v0", { control })).resolves.toEqualTypeOf<
      InfraEnv<Int32Array> | InfraEnv<Float32Array>
    >();
  });

  it("refuses a mode that there is not, and an option beside it", () => {
    // @ts-expect-error there is no such mode
    make("WebService-v0", { control: "absolute" });
    // @ts-expect-error there is no such option
    make("WebService-v0", { control: "delta", hrad: true });
    // @ts-expect-error an environment without control modes takes none
    make("Test/Typed-v0", { size: 3, control: "delta" });
  });

  it("types info", async () => {
    const env = await make("WebService-v0");
    const [, reset] = await env.reset();
    expectTypeOf(reset.costUsd).toBeNumber();
    const [observation, , , , info] = await env.step(env.actionSpace.sample());
    expectTypeOf(observation).toEqualTypeOf<Float32Array>();
    expectTypeOf(info.slo.p95Seconds).toBeNumber();
  });
});

describe("spaces", () => {
  it("know the type of their values", () => {
    expectTypeOf(new Discrete(3).sample()).toBeNumber();
    expectTypeOf(new MultiDiscrete([3]).sample()).toEqualTypeOf<Int32Array>();
    expectTypeOf(new Box(0, 1).sample()).toEqualTypeOf<Float32Array>();
    expectTypeOf(new Box(0, 1, { dtype: "int64" }).sample()).toEqualTypeOf<BigInt64Array>();
    const dict = new Dict({ a: new Discrete(3), b: new Box(0, 1), c: new Dict({ d: new MultiDiscrete([2]) }) });
    expectTypeOf(dict.sample()).toEqualTypeOf<{ a: number; b: Float32Array; c: { d: Int32Array } }>();
    expectTypeOf<ValueOf<typeof dict>>().toEqualTypeOf<{ a: number; b: Float32Array; c: { d: Int32Array } }>();
    // @ts-expect-error a Box takes no mask
    dict.sample({ mask: { b: [1] } });
    dict.sample({ mask: { a: [1, 0, 1] } });
  });
});

describe("wrappers", () => {
  it("keep the types of the environment inside", () => {
    const wrapped = new TimeLimit({} as TypedEnv, { maxEpisodeSteps: 3 });
    expectTypeOf<ObservationOf<typeof wrapped>>().toEqualTypeOf<Float32Array>();
    expectTypeOf<ActionOf<typeof wrapped>>().toBeNumber();
  });
});
