/** What the compiler knows about a made environment. @module */
import { describe, expectTypeOf, it } from "vitest";
import type { ActionOf, Env, ObservationOf } from "../src/env.js";
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
