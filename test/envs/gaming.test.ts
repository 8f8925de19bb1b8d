/** Ways to game a reward, on whole days of `WebService-v0`: all score below the best static size. @module */
import { beforeAll, describe, expect, it } from "vitest";
import type { Policy, PolicySpec } from "../../src/agents/index.js";
import { SimulatedBackend } from "../../src/backends/index.js";
import { type DefinitionOptions, defineEnv, webServiceDefinition } from "../../src/envs/index.js";
import type { InfraGraph } from "../../src/infra/index.js";
import { steady } from "../../src/loadgen/index.js";
import { bestOf, meanReturn } from "./judge.js";

const definition = webServiceDefinition();
const sizes = Array.from({ length: 12 }, (_, i) => `static:${i + 1}`);

/** Wants a number of middle-sized droplets that depends on the step alone. */
class ScheduledPolicy implements Policy {
  readonly name = "scheduled";
  readonly kind = "rule";
  #spec: PolicySpec | undefined;
  #step = 0;

  constructor(readonly replicasAt: (step: number) => number) {}

  bind(spec: PolicySpec): void {
    this.#spec = spec;
  }

  reset(): void {
    this.#step = 0;
  }

  act(_: unknown, info: Parameters<Policy["act"]>[1]): unknown {
    return this.#spec!.encode([this.replicasAt(this.#step++), 1], info);
  }
}

/** Deletes the load balancer, and all that refers to it, from whatever is applied. */
class WithoutLoadBalancer extends SimulatedBackend {
  readonly #stripped = new Map<InfraGraph, InfraGraph>();

  override apply(graph: InfraGraph): { readonly generation: number } {
    let stripped = this.#stripped.get(graph);
    if (stripped === undefined) {
      const { loadBalancer } = definition;
      const remove = [loadBalancer];
      for (const { from, reference } of graph.links) if (remove.includes(reference.ref)) remove.push(from);
      stripped = graph.with({ remove: [...new Set(remove)] });
      this.#stripped.set(graph, stripped);
    }
    return super.apply(stripped);
  }
}

describe("the reward of WebService-v0", () => {
  let best: { readonly name: string; readonly score: number };

  beforeAll(async () => {
    best = await bestOf(definition, sizes);
  });

  it("is best for a static size in the middle", () => {
    const count = Number(best.name.slice("static:".length));
    expect(count).toBeGreaterThan(4);
    expect(count).toBeLessThan(12);
  });

  it("does not pay deleting the load balancer", async () => {
    for (const name of [best.name, "static:1"]) {
      const score = await meanReturn(definition, name, { backend: new WithoutLoadBalancer() });
      expect(score).toBeLessThan(10 * best.score);
    }
  });

  it("does not pay scaling to zero", async () => {
    const [replicas, ...others] = definition.controls;
    const options = definition as DefinitionOptions;
    const lower = defineEnv({ ...options, controls: [{ ...replicas!, domain: { min: 0, max: 12 } }, ...others] });
    expect(await meanReturn(lower, "static:0")).toBeLessThan(best.score);
  });

  it("does not pay flapping at every step", async () => {
    const flapping = new ScheduledPolicy((step) => (step % 2 === 0 ? 1 : 12));
    expect(await meanReturn(webServiceDefinition({ control: "target" }), flapping)).toBeLessThan(best.score);
    expect(await meanReturn(definition, flapping)).toBeLessThan(best.score);
  });

  // At the end of a day one droplet is enough, so that scaling down then is no trick: here the load stays.
  it.each([1, 3, 10])("does not pay dropping the backlog in the last %i steps", async (last) => {
    const target = webServiceDefinition({ control: "target" });
    const options = { workload: steady({ level: 0.6 }) };
    const bestSteady = await bestOf(target, sizes, options);
    const count = Number(bestSteady.name.slice("static:".length));
    const dropping = new ScheduledPolicy((step) => (step < 1440 - last ? count : 1));
    expect(await meanReturn(target, dropping, options)).toBeLessThan(bestSteady.score);
  });

  it("does not pay giving up", async () => {
    expect(await meanReturn(definition, "static:1")).toBeLessThan(best.score);
    expect(await meanReturn(definition, "static:replicas=1:size=0")).toBeLessThan(best.score);
  });

  it("does not pay acting at random", async () => {
    expect(await meanReturn(definition, "random")).toBeLessThan(best.score);
  });
});
