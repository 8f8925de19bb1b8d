/** What the compiler knows about a vector environment made by id. @module */
import { describe, expectTypeOf, it } from "vitest";
import type { Env } from "../../src/env.js";
import type { ControlMode } from "../../src/envs/index.js";
import { type EnvSpec, make } from "../../src/registration.js";
import type { Box, Dict, Discrete, Text } from "../../src/spaces/index.js";
import { makeVec, type VectorEnv } from "../../src/vector/index.js";

interface DictEnv extends Env {
  readonly observationSpace: Dict<{ position: Box; gear: Discrete; note: Text }>;
}

declare module "../../src/builtin-envs.js" {
  interface EnvRegistry {
    "Test/Numbers-v0": { env: Env<Float32Array, number>; options: { readonly size?: number } };
    "Test/Parts-v0": { env: DictEnv };
  }
}

describe("makeVec", () => {
  it("knows the batches of a registered id", () => {
    expectTypeOf(makeVec("WebService-v0")).resolves.toEqualTypeOf<VectorEnv<Float32Array, Int32Array>>();
    expectTypeOf(makeVec("WebService-v0", { numEnvs: 8, control: "continuous" })).resolves.toEqualTypeOf<
      VectorEnv<Float32Array, Float32Array>
    >();
    expectTypeOf(makeVec("Test/Numbers-v0", { size: 3, vectorizationMode: "sync" })).resolves.toEqualTypeOf<
      VectorEnv<Float32Array, Int32Array>
    >();
  });

  it("leaves the type open where the control mode is known at run time alone", () => {
    const control = "delta" as ControlMode;
    expectTypeOf(makeVec("WebService-v0", { control })).resolves.toEqualTypeOf<
      VectorEnv<Float32Array, Int32Array> | VectorEnv<Float32Array, Float32Array>
    >();
  });

  it("knows the parts of a Dict", async () => {
    const envs = await makeVec("Test/Parts-v0");
    const [observations] = await envs.reset();
    expectTypeOf(observations.position).toEqualTypeOf<Float32Array>();
    expectTypeOf(observations.gear).toEqualTypeOf<Int32Array>();
    expectTypeOf(observations.note).toEqualTypeOf<readonly string[]>();
    expectTypeOf(envs.actionSpace.sample()).toBeUnknown();
  });

  it("gives unknown batches for any other id, and for a spec", async () => {
    expectTypeOf(makeVec("Other-v0", { anything: true })).resolves.toEqualTypeOf<VectorEnv>();
    expectTypeOf(makeVec({} as EnvSpec)).resolves.toEqualTypeOf<VectorEnv>();
    const { spec } = await make("WebService-v0");
    expectTypeOf(makeVec(spec!, { numEnvs: 2 })).resolves.toEqualTypeOf<VectorEnv>();
  });

  it("checks options and actions", async () => {
    // @ts-expect-error size is a number
    makeVec("Test/Numbers-v0", { size: "large" });
    // @ts-expect-error there is no such option
    makeVec("WebService-v0", { numEnvs: 2, hrad: true });
    // @ts-expect-error there is no such mode
    makeVec("Other-v0", { vectorizationMode: "threads" });
    const envs = await makeVec("WebService-v0");
    // @ts-expect-error a batch of actions is an Int32Array
    envs.step([1, 2]);
  });
});
