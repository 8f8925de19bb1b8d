/** `makeVec`: modes, and that they give the same episodes. @module */
import { describe, expect, it } from "vitest";
import { InfraEnv, InfraVectorEnv } from "../../src/envs/index.js";
import { make, register } from "../../src/registration.js";
import { AUTORESET_MODES, makeVec, SyncVectorEnv, type VectorEnv } from "../../src/vector/index.js";
import { replicas, size, smallDefinition } from "../envs/small-definition.js";
import { CountingEnv } from "../fakes/counting-env.js";

const definition = smallDefinition({ controls: [replicas, size], episodeSeconds: 240 });
register({
  id: "Test/Kernel-v0",
  entryPoint: (_, spec) => new InfraEnv(definition, { spec }),
  vectorEntryPoint: ({ numEnvs, autoresetMode = "NextStep" }, spec) =>
    new InfraVectorEnv(definition, { numEnvs, autoresetMode, spec }),
});

register({ id: "Test/Vector-v0", entryPoint: (options) => new CountingEnv(options), maxEpisodeSteps: 2 });

type Batch = VectorEnv<Float32Array, Int32Array, Readonly<Record<string, unknown>>>;

describe("makeVec", () => {
  it("takes one kernel for the library's environments, and one thread for others", async () => {
    expect(await makeVec("WebService-v0", { numEnvs: 2 })).toBeInstanceOf(InfraVectorEnv);
    const others = await makeVec("Test/Vector-v0", { numEnvs: 2 });
    expect(others).toBeInstanceOf(SyncVectorEnv);
    expect(others.spec?.maxEpisodeSteps).toBe(2);
    expect((await makeVec("Test/Vector-v0")).numEnvs).toBe(1);
  });

  it("takes a spec, and one thread where the kernel cannot keep to it", async () => {
    const { spec } = await make("WebService-v0", { maxEpisodeSteps: 5, control: "target" });
    const envs = await makeVec(spec!, { numEnvs: 2, workload: "ramp" });
    expect(envs).toBeInstanceOf(SyncVectorEnv);
    expect(envs.spec?.options).toEqual({ control: "target", workload: "ramp" });
    const kernel = await makeVec(spec!, { numEnvs: 2, maxEpisodeSteps: null });
    expect(kernel).toBeInstanceOf(InfraVectorEnv);
    expect(kernel.spec?.options).toEqual({ control: "target" });
  });

  it.each(AUTORESET_MODES)("gives the same episodes by kernel and by sync, bit for bit, in mode %s", async (mode) => {
    const options = { numEnvs: 3, autoresetMode: mode };
    const kernel = (await makeVec("Test/Kernel-v0", options)) as Batch;
    const sync = (await makeVec("Test/Kernel-v0", { ...options, vectorizationMode: "sync" })) as unknown as Batch;
    const [first] = await kernel.reset({ seed: 9 });
    expect((await sync.reset({ seed: 9 }))[0]).toEqual(first);
    // Two steps of which environment 1 takes back one, so that episodes end at different times.
    kernel.actionSpace.seed(4);
    const states = [kernel.snapshot(1), sync.snapshot(1)] as const;
    const hold = kernel.actionSpace.sample();
    await kernel.step(hold);
    await sync.step(hold);
    await kernel.restore(1, await states[0]);
    await sync.restore(1, await states[1]);
    let ended: Uint8Array = new Uint8Array(3);
    let finals = 0;
    for (let step = 0; step < 12; step++) {
      if (mode === "Disabled" && ended.includes(1)) {
        // One by one, so that masks of a part are tried.
        const env = ended.indexOf(1);
        const resetMask = Uint8Array.from(ended, (_, i) => (i === env ? 1 : 0));
        const [observations, infos] = await kernel.reset({ options: { resetMask } });
        const [expected, expectedInfos] = await sync.reset({ options: { resetMask } });
        expect(expected).toEqual(observations);
        expect([infos._costUsd, infos._actionMask]).toEqual([expectedInfos._costUsd, Uint8Array.of(1, 1, 1)]);
        expect(infos._costUsd).toEqual(resetMask);
        const rest = Uint8Array.from(ended, (value, i) => (i === env ? 0 : value));
        if (rest.includes(1)) {
          const request = { options: { resetMask: rest } };
          expect((await sync.reset(request))[0]).toEqual((await kernel.reset(request))[0]);
        }
      }
      const actions = kernel.actionSpace.sample();
      const [observations, rewards, terminations, truncations, infos] = await kernel.step(actions);
      const expected = await sync.step(actions);
      expect([observations, rewards, terminations, truncations]).toEqual(expected.slice(0, 4));
      finals += infos.finalObs === undefined ? 0 : 1;
      expect(infos.finalObs).toEqual(expected[4].finalObs);
      for (const key of ["costUsd", "_costUsd", "_finalObs", "_finalInfo"])
        expect(infos[key]).toEqual(expected[4][key]);
      const [own, other] = [infos, expected[4]].map(
        ({ finalInfo }) => finalInfo as Record<string, unknown> | undefined,
      );
      expect([own?.costUsd, own?._costUsd]).toEqual([other?.costUsd, other?._costUsd]);
      ended = truncations;
    }
    expect(finals).toBe(mode === "SameStep" ? 6 : 0);
  });

  it("refuses modes that are none, and a kernel that there is not", async () => {
    await expect(makeVec("WebService-v0", { vectorizationMode: "threads" as never })).rejects.toThrow(
      'Expected vectorizationMode to be one of sync, async, kernel, got "threads" (string).',
    );
    await expect(makeVec("Test/Vector-v0", { vectorizationMode: "kernel" })).rejects.toThrow(
      'vectorizationMode "kernel" of Test/Vector-v0 is not supported. Use vectorizationMode "sync" or "async".',
    );
    await expect(makeVec("WebService-v0", { vectorizationMode: "kernel", maxEpisodeSteps: 3 })).rejects.toThrow(
      'vectorizationMode "kernel" with maxEpisodeSteps or wrappers is not supported. Use vectorizationMode "sync" or "async".',
    );
    await expect(makeVec("WebServce-v0")).rejects.toThrow('Did you mean "WebService-v0"?');
    await expect(makeVec("WebService-v0", { numEnvs: 1.5 })).rejects.toThrow(
      "Expected numEnvs to be an integer from 1, got 1.5 (number).",
    );
  });
});
