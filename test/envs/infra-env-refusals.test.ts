/** What `InfraEnv` refuses: beyond limits, under the mask, outside the space, at the wrong time. @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InfraEnv } from "../../src/envs/index.js";
import { make } from "../../src/registration.js";
import { thrownMessage } from "../thrown-message.js";
import { play } from "./play.js";
import { replicas, size, smallDefinition } from "./small-definition.js";

/** Environments with one control have plain numbers as actions. */
const small = (changes: Parameters<typeof smallDefinition>[0] = {}): InfraEnv<number> =>
  new InfraEnv<number>(smallDefinition(changes));
const hold = 4;

describe("limits of InfraEnv", () => {
  it("never let droplets or the hourly price exceed them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), fc.integer({ min: 4, max: 9 }), async (seed, maxDroplets) => {
        const env = small({ limits: { maxDroplets: maxDroplets + 1 } });
        env.actionSpace.seed(seed);
        const { infos } = await play(env, { seed }, () => env.actionSpace.sample(), 30);
        // One droplet is the jump host.
        for (const { controls } of infos) expect(controls.replicas!.desired).toBeLessThanOrEqual(maxDroplets);
      }),
      { numRuns: 10 },
    );
  });

  it("let nothing become dearer once the budget is spent", async () => {
    const maxUsd = 0.05;
    const env = small({ limits: { maxUsd } });
    env.actionSpace.seed(3);
    const { infos } = await play(env, { seed: 3 }, () => env.actionSpace.sample());
    let spent = 0;
    let least = Number.POSITIVE_INFINITY;
    let after = 0;
    for (const { costUsd, controls, constraints } of infos) {
      if (spent >= maxUsd) {
        after++;
        expect(controls.replicas!.desired).toBeLessThanOrEqual(least);
      }
      least = controls.replicas!.desired;
      spent += costUsd;
      expect(constraints.overBudgetUsd).toBeCloseTo(Math.max(0, spent - maxUsd), 9);
    }
    expect(after).toBeGreaterThan(10);
  });
});

describe("invalid actions of InfraEnv", () => {
  it("change nothing and cost the penalty, or are errors that leave the episode as it is", async () => {
    const penalised = small({ invalidAction: { penaltyUsd: 0.25 } });
    await penalised.reset({ seed: 1 });
    const [, reward, , , info] = await penalised.step(0);
    expect(info.refusal).toBe("mask: replicas cannot do 0 now.");
    expect(info.rewardTerms.invalidAction).toBe(-0.25);
    expect(info.controls.replicas!.desired).toBe(4);

    const strict = small({ invalidAction: "error" });
    await strict.reset({ seed: 1 });
    await expect(strict.step(0)).rejects.toThrow(
      "Expected action to be one of the values that info.actionMask allows for replicas now, got 0 (number).",
    );
    const [, held, , , after] = await strict.step(hold);
    expect(after.timeSeconds).toBe(info.timeSeconds);
    expect(held).toBeCloseTo(reward + 0.25, 12);
  });

  it.each<[Parameters<typeof smallDefinition>[0], unknown, string]>([
    [{}, 9, "Expected action to be an integer from 0 to 8, got 9 (number)."],
    [{}, 1.5, "Expected action to be an integer from 0 to 8, got 1.5 (number)."],
    [{}, "4", 'Expected action to be an integer from 0 to 8, got "4" (string).'],
    [
      { controls: [replicas, size] },
      Int32Array.of(4, 3),
      "Expected action[1] to be an integer from 0 to 2, got 3 (number).",
    ],
    [
      { controls: [replicas, size] },
      Int32Array.of(9, 3),
      "Expected action[0] to be an integer from 0 to 8, got 9 (number); expected action[1] to be an integer from 0 to 2, got 3 (number).",
    ],
    [
      { controls: [{ ...replicas, mode: "continuous" }] },
      Float32Array.of(1.5),
      "Expected action[0] to be a number from -1 to 1, got 1.5 (number).",
    ],
    [
      { controls: [{ ...replicas, mode: "continuous" }] },
      Float32Array.of(Number.NaN),
      "Expected action[0] to be a number from -1 to 1, got NaN.",
    ],
  ])("outside the space are refused with the component: %j %j", async (changes, action, message) => {
    const env = small(changes);
    await env.reset({ seed: 1 });
    await expect(env.step(action as number)).rejects.toThrow(message);
  });
});

describe("InfraEnv at the wrong time", () => {
  it("refuses step before reset, and everything after close", async () => {
    const env = small();
    await expect(env.step(hold)).rejects.toThrow(
      "Small-v0 has no running episode. Call env.reset() before env.step().",
    );
    expect(thrownMessage(() => env.snapshot())).toBe(
      "Small-v0 has no running episode. Call env.reset() before env.step().",
    );
    await env.reset({ seed: 1 });
    const snapshot = env.snapshot();
    await env.close();
    await env.close();
    const closed = "Small-v0 is closed. Make a new one.";
    await expect(env.step(hold)).rejects.toThrow(closed);
    await expect(env.reset()).rejects.toThrow(closed);
    expect(thrownMessage(() => env.snapshot())).toBe(closed);
    expect(thrownMessage(() => env.restore(snapshot))).toBe(closed);
  });

  it("refuses options that it does not have", async () => {
    const definition = smallDefinition();
    expect(thrownMessage(() => new InfraEnv(definition, { split: "tset" as never }))).toBe(
      'Expected split to be "train" or "test", got "tset" (string).',
    );
    expect(thrownMessage(() => new InfraEnv(definition, { episode: "week" as never }))).toBe(
      'Expected episode to be "day" or "window", got "week" (string).',
    );
    expect(thrownMessage(() => new InfraEnv(definition, { renderMode: "html" as never }))).toBe(
      'Expected renderMode to be one of ansi, svg, got "html" (string).',
    );
    expect(thrownMessage(() => new InfraEnv(definition, { backend: "cloud" as never }))).toBe(
      'Backend "cloud" is not supported. Use "simulated", "local", "digitalocean", or pass a Backend.',
    );
    expect(thrownMessage(() => new InfraEnv(definition, { workload: "dya" }))).toMatch(
      /^No workload is called "dya", and no such file exists\. Did you mean "day"\?$/,
    );
    await expect(make("WebService-v0", { controls: "delta" } as never)).rejects.toThrow(
      'Expected controls to be an option. Did you mean "control"?, got "delta" (string).',
    );
    await expect(make("WebService-v0", { control: "absolute" as never })).rejects.toThrow(
      'Expected control to be one of delta, target, continuous, residual, got "absolute" (string).',
    );
  });
});
