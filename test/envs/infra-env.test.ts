/** `InfraEnv`: how episodes start and go, what `info` holds, and text. @module */
import { describe, expect, it } from "vitest";
import { InfraEnv, webServiceDefinition } from "../../src/envs/index.js";
import { plan, setAttribute } from "../../src/infra/index.js";
import { make } from "../../src/registration.js";
import { hashOf, play, playOn, playRandomly, sampleAllowed } from "./play.js";
import { replicas, size, smallDefinition, WEB } from "./small-definition.js";

/** Environments with one control have plain numbers as actions. */
const small = (changes: Parameters<typeof smallDefinition>[0] = {}): InfraEnv<number> =>
  new InfraEnv<number>(smallDefinition(changes));
const hold = 4;

describe("InfraEnv.reset", () => {
  it("starts with what the graph has, and with other values where the options ask for them", async () => {
    const env = new InfraEnv<Int32Array>(smallDefinition({ controls: [replicas, size] }));
    const [, usual] = await env.reset({ seed: 1 });
    expect(usual.controls).toEqual({ replicas: { desired: 4, current: 4 }, size: { desired: 1, current: 1 } });
    const [, info] = await env.reset({ seed: 1, options: { controls: { replicas: 7, size: "s-4vcpu-8gb" } } });
    expect(info.controls).toEqual({ replicas: { desired: 7, current: 7 }, size: { desired: 2, current: 2 } });
    expect(info.pending).toEqual({});
    const [, after] = await env.reset({ seed: 1 });
    expect(after.controls).toEqual(usual.controls);
  });

  it.each<[Readonly<Record<string, unknown>>, string]>([
    [{ control: {} }, "Expected options.control to be one of: controls, got an object of Object."],
    [{ controls: 5 }, "Expected options.controls to be an object of values by control, got 5 (number)."],
    [
      { controls: { replica: 5 } },
      'Expected options.controls.replica to be a control. Did you mean "replicas"?, got 5 (number).',
    ],
    [
      { controls: { replicas: 13 } },
      "Expected options.controls.replicas to be one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, got 13 (number).",
    ],
  ])("refuses the options %j, and leaves the running episode alone", async (options, message) => {
    const env = small();
    await env.reset({ seed: 1 });
    await expect(env.reset({ options })).rejects.toThrow(message);
    await env.step(hold);
  });

  it.each([-1, 1.5, Number.NaN, "7", 2 ** 53])("refuses the seed %j", async (seed) => {
    const env = small();
    await expect(env.reset({ seed: seed as number })).rejects.toThrow(
      /^Expected seed to be a non-negative integer, got /,
    );
    expect(() => new InfraEnv(env.definition, { seed: seed as number })).toThrow("non-negative integer");
  });

  it.each(["fluid", "requests"] as const)(
    "begins with a service that is at work: the first step shows the load as it is, %s",
    async (model) => {
      const env = small({ simulation: { model } });
      await env.reset({ seed: 1 });
      const seen: number[] = [];
      const costs: number[] = [];
      for (let k = 0; k < 6; k++) {
        const [observation, , , , info] = await env.step(hold);
        seen.push(observation[0]!);
        costs.push(info.costUsd);
      }
      const later = seen.slice(1).reduce((sum, value) => sum + value, 0) / 5;
      expect(Math.abs(seen[0]! / later - 1)).toBeLessThan(0.06);
      for (const cost of costs) expect(cost).toBeCloseTo(costs[0]!, 12);
    },
  );

  it("takes a seed of any size, and the constructor's for the first episode", async () => {
    const huge = 2n ** 200n + 1n;
    const [first] = await small().reset({ seed: huge });
    const [again] = await new InfraEnv(smallDefinition(), { seed: huge }).reset();
    expect(again).toEqual(first);
  });

  it("goes on from the generator without a seed: the same episodes in the same order", async () => {
    const episodes = async (): Promise<string[]> => {
      const env = small();
      const hashes: string[] = [];
      for (const seed of [3, undefined, undefined]) {
        hashes.push(hashOf(await play(env, seed === undefined ? {} : { seed }, () => hold)));
      }
      return hashes;
    };
    const hashes = await episodes();
    expect(await episodes()).toEqual(hashes);
    expect(new Set(hashes).size).toBe(3);
  });
});

describe("an episode of InfraEnv", () => {
  it("is the same for the same seed and actions, byte for byte, and another for another seed", async () => {
    const definition = webServiceDefinition();
    const a = await playRandomly(new InfraEnv<Int32Array>(definition), 11, 120);
    const b = await playRandomly(new InfraEnv<Int32Array>(definition), 11, 120);
    const c = await playRandomly(new InfraEnv<Int32Array>(definition), 12, 120);
    expect(b).toEqual(a);
    expect(hashOf(b)).toBe(hashOf(a));
    expect(hashOf(c)).not.toBe(hashOf(a));
  });

  it("brings the same arrivals to every policy", async () => {
    const arrivalsOf = async (action: (step: number) => Int32Array): Promise<number[]> => {
      const env = new InfraEnv<Int32Array>(webServiceDefinition());
      const { infos } = await play(env, { seed: 4 }, (_, step) => action(step), 200);
      return infos.map(({ slo }) => slo.arrivals);
    };
    const still = await arrivalsOf(() => Int32Array.of(4, 1));
    const flapping = await arrivalsOf((step) => Int32Array.of(step % 2 === 0 ? 0 : 8, 1));
    expect(flapping).toEqual(still);
    expect(still.reduce((sum, arrivals) => sum + arrivals, 0)).toBeGreaterThan(100_000);
  });

  it("lies on other days in split test than in split train, and on the same in both parts of an episode", async () => {
    const definition = webServiceDefinition();
    const days = async (split: "train" | "test"): Promise<Set<number>> => {
      const starts = new Set<number>();
      const env = new InfraEnv(definition, { split });
      for (let seed = 0; seed < 12; seed++) {
        const [, info] = await env.reset({ seed });
        starts.add(info.timeSeconds);
      }
      return starts;
    };
    const train = await days("train");
    const test = await days("test");
    expect([...train].filter((start) => test.has(start))).toEqual([]);
  });

  it("is a whole day, or a window somewhere in one", async () => {
    const definition = webServiceDefinition();
    const day = new InfraEnv<Int32Array>(definition);
    const [, atStart] = await day.reset({ seed: 2 });
    expect(atStart.timeSeconds % 86_400).toBe(0);
    const still = (): Int32Array => Int32Array.of(4, 1);
    expect((await play(day, { seed: 2 }, still)).rewards.length).toBe(1440);
    const window = new InfraEnv<Int32Array>(definition, { episode: "window" });
    const starts = new Set<number>();
    for (let seed = 0; seed < 8; seed++) starts.add((await window.reset({ seed }))[1].timeSeconds % 86_400);
    expect(starts.size).toBeGreaterThan(4);
    expect((await play(window, { seed: 3 }, still)).rewards.length).toBe(384);
  });

  it("boots slower with the option hard", async () => {
    const stepsUntilReady = async (hard: boolean): Promise<number> => {
      const env = await make("WebService-v0", { hard });
      let [, info] = await env.reset({ seed: 1, options: { controls: { replicas: 4 } } });
      let steps = 0;
      for (let total = 0; total < 20; total++) {
        [, , , , info] = await env.step(Int32Array.of(total === 0 ? 8 : 4, 1));
        if (info.controls.replicas!.current < 8) steps++;
      }
      return steps;
    };
    expect(await stepsUntilReady(true)).toBeGreaterThan(await stepsUntilReady(false));
  });

  it("ends by truncation, and takes no step after that", async () => {
    const env = small();
    const { rewards, infos } = await play(env, { seed: 1 }, () => hold);
    expect(rewards.length).toBe(60);
    expect(infos.at(-1)!.timeSeconds - infos[0]!.timeSeconds).toBe(3600);
    await expect(env.step(hold)).rejects.toThrow(
      "The episode of Small-v0 has ended. Call env.reset() to start another.",
    );
  });

  it("runs on the request-level model too, which sees as many arrivals", async () => {
    const total = async (model: "fluid" | "requests"): Promise<number> => {
      const { infos } = await play(small({ simulation: { model } }), { seed: 5 }, () => hold, 30);
      return infos.reduce((sum, { slo }) => sum + slo.arrivals, 0);
    };
    const [fluid, requests] = [await total("fluid"), await total("requests")];
    expect(Math.abs(fluid / requests - 1)).toBeLessThan(0.02);
  });
});

describe("info of InfraEnv", () => {
  it("has reward terms that add up to the reward, the price of a forbidden action included", async () => {
    const env = small({ limits: { maxDroplets: 6 } });
    env.actionSpace.seed(9);
    const { rewards, infos } = await play(env, { seed: 9 }, () => env.actionSpace.sample());
    let refused = 0;
    for (const [k, reward] of rewards.entries()) {
      const { rewardTerms, refusal } = infos[k + 1]!;
      const sum = Object.values(rewardTerms).reduce((total, term) => total + term, 0);
      expect(sum).toBeCloseTo(reward, 12);
      expect(rewardTerms.invalidAction).toBe(refusal === null ? undefined : -0.0006);
      if (refusal !== null) refused++;
    }
    expect(refused).toBeGreaterThan(5);
  });

  it("tells cost, service, controls, pending changes, plan and time of a step", async () => {
    const env = small({ simulation: { lifecycle: { bootScale: 3 } } });
    await env.reset({ seed: 2 });
    const [, , , , info] = await env.step(hold + 3);
    expect(info.controls).toEqual({ replicas: { desired: 7, current: 4 } });
    expect(info.pending).toEqual({ "digitalocean_droplet.web": 3 });
    expect(info.plan.create).toEqual(
      plan(env.definition.graph, setAttribute(WEB, "count", 7)(env.definition.graph)).create,
    );
    expect(info.refusal).toBeNull();
    expect(info.failures).toEqual([]);
    expect(info.lateSeconds).toBe(0);
    expect(info.costUsd).toBeGreaterThan(0);
    expect(-info.rewardTerms.cost!).toBeCloseTo(info.costUsd, 12);
    const { arrivals, answered, failed, slow, violationRatio, p95Seconds } = info.slo;
    expect(arrivals).toBeGreaterThan(15_000);
    expect(answered + failed).toBeLessThanOrEqual(arrivals);
    expect(violationRatio).toBeCloseTo((slow + failed) / (answered + failed), 12);
    expect(p95Seconds).toBeGreaterThan(0);
    expect(info.signals.replicas).toEqual({ utilization: expect.any(Number), replicas: 7 });
    expect(info.constraints.overBudgetUsd).toBe(0);
  });

  it("holds nothing that a later step rewrites", async () => {
    const env = small();
    const { infos } = await play(env, { seed: 2 }, (info) => sampleAllowed(env.actionSpace, info), 10);
    const copies = infos.map((info) => structuredClone(info));
    await playOn(env, infos.at(-1)!, (info) => sampleAllowed(env.actionSpace, info), 20);
    expect(infos).toEqual(copies);
  });
});

describe("InfraEnv.render", () => {
  it("is a frame of load, latency, cost and controls in mode ansi, and null without a mode", async () => {
    const env = new InfraEnv<number>(smallDefinition(), { renderMode: "ansi" });
    expect(await env.render()).toBeNull();
    await env.reset({ seed: 1 });
    await env.step(hold + 1);
    const lines = (await env.render())!.split("\n");
    expect(lines[0]).toMatch(/^Small-v0 {2}step 1\/60 {2}\d{4}-\d\d-\d\d 00:01 UTC$/);
    expect(lines[1]).toMatch(/^load {7}█ +\d+\.\d requests\/s$/);
    expect(lines[2]).toMatch(/^latency {4}. +p95 \d+ ms$/);
    expect(lines[4]).toMatch(/^cost {7}. +\$0\.\d{4}, \$0\.\d\d in all$/);
    expect(lines[5]).toMatch(/^replicas \d( → 5)?$/);
    const silent = small();
    await silent.reset({ seed: 1 });
    expect(await silent.render()).toBeNull();
    expect(String(silent)).toBe("<Small-v0>");
  });

  it("is an SVG document of the same in mode svg", async () => {
    const env = new InfraEnv<number>(smallDefinition(), { renderMode: "svg" });
    await env.reset({ seed: 1 });
    for (let step = 0; step < 10; step++) await env.step(hold);
    const svg = (await env.render())!;
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>$/);
    expect(svg.match(/<polyline points="([^"]+)"/)![1]!.split(" ")).toHaveLength(10);
    expect(svg).toContain("step 10/60");
  });
});
