/** Every vector wrapper does what the wrapper of its name does around each environment, in every autoreset mode. @module */
import { beforeAll, describe, expect, it } from "vitest";
import type { Env } from "../../../src/env.js";
import { type EnvSpec, make } from "../../../src/registration.js";
import { iterate } from "../../../src/spaces/index.js";
import * as vectors from "../../../src/vector/index.js";
import { AUTORESET_MODES, type AutoresetMode, makeVec, SyncVectorEnv } from "../../../src/vector/index.js";
import * as wrappers from "../../../src/wrappers/index.js";
import { registerDrift } from "../../fakes/drift-env.js";

type AnyEnv = Env<unknown, unknown, object>;
type AnyVectorEnv = vectors.VectorEnv<unknown, unknown, object>;
type Wrapper = new (env: never, options: never) => AnyEnv;
type VectorWrapper = new (env: never, options: never) => vectors.VectorWrapper<unknown, unknown>;

const NUM_ENVS = 3;

/** Names of wrappers with their options; `dict` for those that want an observation of parts. */
const CASES: readonly { readonly name: string; readonly given: object; readonly observation?: "dict" }[] = [
  { name: "ClipAction", given: {} },
  { name: "ClipReward", given: { minReward: -0.3 } },
  { name: "DelayObservation", given: { delay: 2 } },
  { name: "DiscretizeAction", given: { bins: [3, 4] } },
  { name: "DiscretizeAction", given: { bins: 3, multidiscrete: true } },
  { name: "DiscretizeObservation", given: { bins: 5 } },
  { name: "DiscretizeObservation", given: { bins: [5, 2], multidiscrete: true } },
  { name: "DtypeObservation", given: { dtype: "float64" } },
  { name: "FilterObservation", given: { filterKeys: ["step"] }, observation: "dict" },
  { name: "FlattenObservation", given: {} },
  { name: "FlattenObservation", given: {}, observation: "dict" },
  { name: "FrameStackObservation", given: { stackSize: 3 } },
  { name: "FrameStackObservation", given: { stackSize: 2, paddingType: "zero" }, observation: "dict" },
  { name: "FrameStackObservation", given: { stackSize: 2, paddingType: Float32Array.of(0.5, 1) } },
  { name: "RescaleAction", given: { minAction: 0, maxAction: [1, 2] } },
  { name: "RescaleObservation", given: { minObservation: 0, maxObservation: [1, 2] } },
  { name: "ReshapeObservation", given: { shape: [2, 1] } },
  { name: "TimeAwareObservation", given: {} },
  { name: "TimeAwareObservation", given: { flatten: false, normalizeTime: true }, observation: "dict" },
];

const singleOf = (name: string): Wrapper => (wrappers as unknown as Record<string, Wrapper>)[name]!;
const vectorOf = (name: string): VectorWrapper =>
  (vectors as unknown as Record<string, VectorWrapper>)[`Vector${name}`]!;

/** Episodes of four steps. */
const options = { numEnvs: NUM_ENVS, maxEpisodeSteps: 4 };

async function around(name: string, given: object, autoresetMode: AutoresetMode, own: object): Promise<AnyVectorEnv> {
  const inner = await makeVec("Drift-v0", { ...options, autoresetMode, ...own });
  return new (vectorOf(name))(inner as never, given as never);
}

async function inside(name: string, given: object, autoresetMode: AutoresetMode, own: object): Promise<AnyVectorEnv> {
  const envs: AnyEnv[] = [];
  for (let env = 0; env < NUM_ENVS; env++) {
    const single = await make("Drift-v0", { maxEpisodeSteps: 4, ...own });
    envs.push(new (singleOf(name))(single as never, given as never));
  }
  return new SyncVectorEnv(envs, { autoresetMode });
}

/** Twelve steps after which episodes end at different times; what each call gave. */
async function play(envs: AnyVectorEnv): Promise<unknown[]> {
  const [first] = await envs.reset({ seed: 3 });
  const observations = [first];
  const results: unknown[] = [];
  envs.actionSpace.seed(4);
  await envs.step(envs.actionSpace.sample());
  observations.push((await envs.reset({ options: { resetMask: [0, 1, 0] } }))[0]);
  for (let i = 0; i < 12; i++) {
    const [observation, rewards, terminations, truncations, infos] = await envs.step(envs.actionSpace.sample());
    observations.push(observation);
    results.push([rewards, terminations, truncations, (infos as { finalObs?: unknown }).finalObs]);
    const resetMask = terminations.map((terminated, env) => terminated | truncations[env]!);
    if (envs.autoresetMode !== "Disabled" || !resetMask.includes(1)) continue;
    observations.push((await envs.reset({ options: { resetMask } }))[0]);
  }
  for (const observation of observations) expect(envs.observationSpace.contains(observation)).toBe(true);
  return [observations, results];
}

describe.each(CASES)("Vector$name with $given", ({ name, given, observation }) => {
  const own = observation === undefined ? {} : { observation };
  beforeAll(registerDrift);

  it.each(AUTORESET_MODES)("equals the single wrapper around each environment in mode %s", async (mode) => {
    const [vector, single] = [await around(name, given, mode, own), await inside(name, given, mode, own)];
    expect(String(vector.singleObservationSpace)).toBe(String(single.singleObservationSpace));
    expect(String(vector.observationSpace)).toBe(String(single.observationSpace));
    expect(String(vector.actionSpace)).toBe(String(single.actionSpace));
    const [observations, results] = await play(vector);
    expect([observations, results]).toEqual(await play(single));
    const finals = (results as { 3?: unknown[] }[]).flatMap(({ 3: last = [] }) => last).filter((last) => last !== null);
    expect(finals.length > 0).toBe(mode === "SameStep");
    for (const last of finals) expect(vector.singleObservationSpace.contains(last)).toBe(true);
  });

  it("goes on from a snapshot of one environment", async () => {
    const envs = await around(name, given, "NextStep", own);
    await play(envs);
    const saved = structuredClone(await envs.snapshot(1));
    const actions = envs.actionSpace.sample();
    const [expected] = await envs.step(actions);
    await envs.restore(1, saved);
    const [again] = await envs.step(actions);
    const rows = [expected, again].map((batch) => [...iterate(envs.observationSpace, batch)][1]);
    expect(rows[0]).toEqual(rows[1]);
  });

  it("prints itself, and is made again from its spec, by way of JSON", async () => {
    const envs = await around(name, given, "SameStep", own);
    expect(String(envs)).toBe(`<Vector${name}<Drift-v0 × 3>>`);
    const spec = JSON.parse(JSON.stringify(envs.spec)) as EnvSpec;
    const again = await makeVec(spec);
    expect(String(again)).toBe(String(envs));
    expect(again.spec).toEqual(spec);
    expect(again.autoresetMode).toBe("SameStep");
    expect(await play(again)).toEqual(await play(envs));
  });
});
