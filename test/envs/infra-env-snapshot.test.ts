/** `InfraEnv`: states saved and put back in the middle of an episode. @module */
import { describe, expect, it } from "vitest";
import { InfraEnv, threeTierDefinition, webServiceDefinition } from "../../src/envs/index.js";
import { thrownMessage } from "../thrown-message.js";
import { hashOf, playOn, playRandomly, sampleAllowed } from "./play.js";
import { smallDefinition } from "./small-definition.js";

/** Environments with one control have plain numbers as actions. */
const small = (changes: Parameters<typeof smallDefinition>[0] = {}): InfraEnv<number> =>
  new InfraEnv<number>(smallDefinition(changes));
const hold = 4;

describe("InfraEnv.snapshot", () => {
  it.each(["WebService-v0", "ThreeTier-v0"] as const)(
    "in the middle of an episode with changes pending goes on byte for byte: %s",
    async (id) => {
      const definition = id === "WebService-v0" ? webServiceDefinition() : threeTierDefinition();
      const env = new InfraEnv<Int32Array>(definition);
      env.actionSpace.seed(6);
      await playRandomly(env, 6, 37);
      let info = (await env.step(Int32Array.from(definition.controls, () => 1)))[4];
      while (Object.keys(info.pending).length === 0) {
        info = (await env.step(sampleAllowed(env.actionSpace, info)))[4];
      }
      const snapshot = env.snapshot();
      const clone = structuredClone(snapshot);
      const going = await playOn(env, info, (last) => sampleAllowed(env.actionSpace, last), 90);
      const repeat = (_: unknown, step: number): Int32Array => going.actions[step] as Int32Array;

      env.restore(snapshot);
      expect(await playOn(env, info, repeat, 90)).toEqual(going);
      const fresh = new InfraEnv<Int32Array>(definition, { seed: 99 });
      fresh.restore(clone);
      expect(fresh.actionMasks()).toEqual(info.actionMask);
      const again = await playOn(fresh, info, repeat, 90);
      expect(again).toEqual(going);
      expect(hashOf(again)).toBe(hashOf(going));
      // And the next episode, drawn from the generator.
      expect(await fresh.reset()).toEqual(await env.reset());
    },
  );

  it("counts changes on from where it was", async () => {
    const env = small();
    await env.reset({ seed: 1 });
    await env.step(hold + 1);
    const snapshot = structuredClone(env.snapshot());
    const generations = async (): Promise<number[]> => {
      await env.step(hold);
      const { desiredGeneration } = env.backend.status();
      await env.step(hold + 1);
      return [desiredGeneration, env.backend.status().desiredGeneration];
    };
    const first = await generations();
    env.restore(snapshot);
    expect(await generations()).toEqual(first);
  });

  it("is refused by another environment, and by one with other features", async () => {
    const env = small();
    await env.reset({ seed: 1 });
    const snapshot = env.snapshot();
    expect(thrownMessage(() => new InfraEnv(webServiceDefinition()).restore(snapshot))).toBe(
      "Expected a snapshot of WebService-v0, got one of Small-v0.",
    );
    const other = small({ features: smallDefinition().features.slice(0, 2) });
    await other.reset({ seed: 1 });
    expect(thrownMessage(() => other.restore(snapshot))).toBe(
      "Expected a snapshot of Small-v0 with these controls and features, got one of one with others.",
    );
  });
});
