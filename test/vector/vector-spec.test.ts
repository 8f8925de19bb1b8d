/** Specs of vector environments, and the registry of vector wrappers. @module */
import { describe, expect, it } from "vitest";
import { specFromJson } from "../../src/env-spec-json.js";
import { InfraVectorEnv } from "../../src/envs/index.js";
import { type EnvSpec, make, register, type VectorSpec } from "../../src/registration.js";
import {
  makeVec,
  registerVectorWrapper,
  SyncVectorEnv,
  VectorClipReward,
  type VectorEnv,
  VectorFrameStackObservation,
  VectorRewardWrapper,
  VectorTransformReward,
} from "../../src/vector/index.js";
import { ClipReward } from "../../src/wrappers/index.js";
import { CountingEnv } from "../fakes/counting-env.js";
import { thrownMessage } from "../thrown-message.js";

register({ id: "Test/Counted-v0", entryPoint: (options) => new CountingEnv(options), maxEpisodeSteps: 2 });

type AnyVectorEnv = VectorEnv<Float32Array, Int32Array>;

class VectorScaled extends VectorRewardWrapper<Float32Array, Int32Array> {
  readonly #factor: number;

  constructor(env: AnyVectorEnv, { factor }: { readonly factor: number }) {
    super(env, { factor });
    this.#factor = factor;
  }

  rewards(rewards: Float64Array): Float64Array {
    return rewards.map((reward) => reward * this.#factor);
  }
}

function throughJson(spec: EnvSpec | null): EnvSpec {
  return specFromJson(JSON.parse(JSON.stringify(spec)));
}

async function counted(vector: Partial<VectorSpec>): Promise<VectorEnv> {
  const { spec } = await make("Test/Counted-v0");
  return makeVec({
    ...spec!,
    vector: { numEnvs: 2, vectorizationMode: null, autoresetMode: "NextStep", wrappers: [], ...vector },
  });
}

describe("the spec of a vector environment", () => {
  it("says how many there are, how they are built, and when they are reset", async () => {
    const envs = await makeVec("Test/Counted-v0", { numEnvs: 3, autoresetMode: "SameStep" });
    expect(envs.spec).toMatchObject({
      id: "Test/Counted-v0",
      maxEpisodeSteps: 2,
      vector: { numEnvs: 3, vectorizationMode: "sync", autoresetMode: "SameStep", wrappers: [] },
    });
    const again = await makeVec(throughJson(envs.spec));
    expect(again).toBeInstanceOf(SyncVectorEnv);
    expect(again.spec).toEqual(envs.spec);
    expect((await makeVec(envs.spec!, { numEnvs: 5, autoresetMode: "Disabled" })).spec?.vector).toMatchObject({
      numEnvs: 5,
      autoresetMode: "Disabled",
    });
  });

  it("makes the kernel again, with its options and the vector wrappers around it", async () => {
    const inner = await makeVec("WebService-v0", { numEnvs: 2, workload: "ramp", control: "target" });
    const envs = new VectorFrameStackObservation(new VectorClipReward(inner, { minReward: -1 }), { stackSize: 2 });
    expect(String(envs)).toBe("<VectorFrameStackObservation<VectorClipReward<WebService-v0 × 2>>>");
    const again = await makeVec(throughJson(envs.spec));
    expect(String(again)).toBe(String(envs));
    expect(again.spec).toEqual(envs.spec);
    expect((again as unknown as { env: { env: unknown } }).env.env).toBeInstanceOf(InfraVectorEnv);
    const [first] = await envs.reset({ seed: 5 });
    expect((await again.reset({ seed: 5 }))[0]).toEqual(first);
  });

  it("holds the wrappers of each environment beside those of all", async () => {
    const { spec } = new ClipReward(await make("Test/Counted-v0"), { maxReward: 1 });
    const envs = new VectorClipReward(await makeVec(spec!, { numEnvs: 2 }), { minReward: 0 });
    const again = await makeVec(throughJson(envs.spec));
    expect(again.spec?.additionalWrappers?.map(({ name }) => name)).toEqual(["ClipReward"]);
    expect(again.spec?.vector?.wrappers.map(({ name }) => name)).toEqual(["VectorClipReward"]);
    await again.reset();
    expect((await again.step(Int32Array.of(2, 0)))[1]).toEqual(Float64Array.of(1, 1));
  });

  it("is null where the environments have none", () => {
    const envs = new VectorClipReward(new SyncVectorEnv([new CountingEnv()]), { minReward: 0 });
    expect(envs.spec).toBeNull();
  });

  it("is refused from JSON where it is none", () => {
    const spec = { id: "A-v0", name: "A", namespace: null, version: 0, maxEpisodeSteps: null, options: {} };
    expect(thrownMessage(() => specFromJson({ ...spec, vector: { numEnvs: 0 } }))).toMatch(
      /^Expected spec to be the JSON of an EnvSpec: vector must be \{ numEnvs, vectorizationMode, autoresetMode, wrappers \}, got /,
    );
  });
});

describe("registerVectorWrapper", () => {
  it("lets makeVec find a vector wrapper of one's own", async () => {
    registerVectorWrapper({
      name: "VectorScaled",
      wrap: (envs, options) => new VectorScaled(envs as AnyVectorEnv, options as { factor: number }),
    });
    const inner = (await makeVec("Test/Counted-v0", { numEnvs: 2 })) as AnyVectorEnv;
    const envs = new VectorScaled(inner, { factor: 10 });
    const again = await makeVec(throughJson(envs.spec));
    await again.reset();
    expect((await again.step(Int32Array.of(0, 1)))[1]).toEqual(Float64Array.of(10, 20));
  });

  it("refuses a name that is taken, and what does not wrap", () => {
    registerVectorWrapper({ name: "VectorTaken", wrap: (envs) => envs, force: true });
    expect(thrownMessage(() => registerVectorWrapper({ name: "VectorTaken", wrap: (envs) => envs }))).toBe(
      'Expected name to be one that is not taken (or pass { force: true }), got "VectorTaken" (string).',
    );
    expect(thrownMessage(() => registerVectorWrapper({ name: "VectorOdd", wrap: 1 as never }))).toBe(
      "Expected wrap to be a function that wraps an environment, got 1 (number).",
    );
  });

  it("leaves makeVec to refuse what is unknown, and what JSON cannot hold", async () => {
    await expect(counted({ wrappers: [{ name: "VectorClipRewards", options: {} }] })).rejects.toThrow(
      'No wrapper is registered as "VectorClipRewards". Did you mean "VectorClipReward"?',
    );
    await expect(counted({ wrappers: [{ name: "VectorClipReward", options: {} }] })).rejects.toThrow(
      "Expected minReward to be a number where maxReward is none, got null.",
    );
    const envs = new VectorTransformReward(await counted({}), { func: (rewards) => rewards });
    await expect(makeVec(envs.spec!)).rejects.toThrow(
      "Making VectorTransformReward from a spec without options is not supported. It was made with something JSON cannot " +
        "hold: wrap by hand, or write a wrapper and pass it to registerVectorWrapper().",
    );
  });
});

describe("what not every vector environment has", () => {
  it("is passed on by wrappers", async () => {
    const inner = new SyncVectorEnv([new CountingEnv(), new CountingEnv()]);
    const envs = new VectorClipReward(inner, { minReward: 0 });
    await envs.reset();
    expect(await envs.render()).toEqual(["count 0", "count 0"]);
    await envs.setAttr("count", [1, 2]);
    expect(await envs.getAttr("count")).toEqual([1, 2]);
    expect(await envs.call("count")).toEqual([1, 2]);
  });

  it("is looked for in the wrappers of each, the outermost first", async () => {
    const single = new ClipReward(new CountingEnv(), { maxReward: 1 });
    const envs = new SyncVectorEnv([single]);
    expect(await envs.call("reward", 5)).toEqual([1]);
    expect(await envs.getAttr("isClosed")).toEqual([false]);
  });

  it("is refused where there is no environment for each", async () => {
    const envs = new VectorClipReward(await makeVec("WebService-v0", { numEnvs: 2 }), { minReward: 0 });
    const advice = 'is not supported. Use vectorizationMode "sync" or "async".';
    await expect(envs.render()).rejects.toThrow(`render of WebService-v0 (vector) ${advice}`);
    await expect(envs.call("x")).rejects.toThrow(`call of WebService-v0 (vector) ${advice}`);
  });
});
