/** The contract of backends as one suite: what every backend has to do, run for each. @module */
import { describe, expect, it } from "vitest";
import type { Backend, Episode, World } from "../../src/backends/index.js";
import { ClosedError } from "../../src/errors.js";
import { type InfraGraph, setAttribute } from "../../src/infra/index.js";
import { steady } from "../../src/loadgen/index.js";
import { metricOf, type SeriesSpec } from "../../src/metrics/index.js";
import { webService } from "../../src/stacks/index.js";

/** What the suite needs to know of a backend. */
export interface BackendUnderTest {
  /** A new one, not yet opened. */
  make(): Backend;
  /** Whether time is the wall's, so that a step's numbers are about right only. @defaultValue false */
  readonly isLive?: boolean;
  /** The series it shows for a world. */
  series(world: World): Promise<readonly SeriesSpec[]>;
}

const WEB = "digitalocean_droplet.web";
const stack = webService({ size: "s-2vcpu-4gb", count: 2 });
const withReplicas = (count: number): InfraGraph => setAttribute(WEB, "count", count)(stack.graph);

/** A small world: one web tier, three queries. */
export const world: World = {
  id: "Contract-v0",
  ...stack,
  sizes: { [WEB]: ["s-1vcpu-2gb", "s-2vcpu-4gb"] },
  maxReplicas: { [WEB]: 4 },
  queries: [
    'infra_gym_replicas{service="web", status="desired"}',
    'sum(rate(infra_gym_offered_requests_total{service="web"}[$__rate_interval]))',
    "infra_gym_time_seconds",
  ],
  profile: "prom3",
  stepSeconds: 60,
  scrapeSeconds: 15,
  simulation: {},
};

const episode: Episode = {
  seed: 7n,
  series: steady({ level: 0.5 }).series({
    index: 0,
    seed: 7n,
    split: "train",
    offsetSeconds: 0,
    durationSeconds: 1800,
    referenceRate: 200,
  }),
  graph: stack.graph,
};

async function opened({ make }: BackendUnderTest): Promise<Backend> {
  const backend = make();
  await backend.open(world);
  await backend.reset(episode);
  return backend;
}

/** One step: the queries' values, copied, and what was billed. */
async function step(backend: Backend, graph: InfraGraph): Promise<number[]> {
  backend.apply(graph);
  await backend.advance();
  const measurement = backend.measure(false);
  return [...(await backend.observe()), measurement.costUsd, measurement.arrivals, measurement.answered];
}

/** Declares the suite for one backend. */
export function backendContract(name: string, subject: BackendUnderTest): void {
  describe(`the contract of backends: ${name}`, () => {
    it("names itself, its clock and its components", () => {
      const backend = subject.make();
      expect(backend.name).toBe(name);
      expect(["virtual", "wall"]).toContain(backend.clock);
      expect(Object.keys(backend.components).sort()).toEqual(
        ["droplets", "load", "loadBalancer", "prometheus", "provider", "terraform"].sort(),
      );
    });

    it("starts an episode with everything up, at the series' time, with nothing billed", async () => {
      const backend = await opened(subject);
      expect(backend.timeSeconds).toBe(episode.series.startSeconds);
      expect(backend.totalCostUsd).toBe(0);
      expect(backend.status()).toEqual({ desiredGeneration: 0, appliedGeneration: 0, failures: [] });
      expect(backend.resources()).toEqual([{ address: WEB, size: "s-2vcpu-4gb", desired: 2, ready: 2, pending: 0 }]);
      const values = await backend.observe();
      expect(values.length).toBe(world.queries.length);
      expect(values[0]).toBe(2);
      expect(values[2]).toBe(episode.series.startSeconds);
      await backend.close();
    });

    it("lets one step of time pass, puts the load on, and bills it", async () => {
      const backend = await opened(subject);
      await backend.advance();
      const [desired, rate, time] = await backend.observe();
      expect(desired).toBe(2);
      expect(rate).toBeGreaterThan(70);
      expect(rate).toBeLessThan(130);
      const measurement = backend.measure(false);
      if (subject.isLive === true) {
        expect(Math.abs(backend.timeSeconds - episode.series.startSeconds - world.stepSeconds)).toBeLessThan(10);
        expect(backend.timeSeconds - time!).toBeLessThan(30);
        expect(measurement.seconds).toBe(backend.timeSeconds - episode.series.startSeconds);
      } else {
        expect(time).toBe(episode.series.startSeconds + world.stepSeconds);
        expect(backend.timeSeconds).toBe(time);
        expect(measurement.seconds).toBe(world.stepSeconds);
      }
      expect(measurement.arrivals).toBeGreaterThan(4500);
      expect(measurement.answered + measurement.failed).toBeLessThanOrEqual(measurement.arrivals);
      expect(measurement.requestsBeyond(0.25)).toBeLessThanOrEqual(measurement.answered + measurement.failed);
      expect(measurement.latencyQuantileSeconds(0.95)).toBeGreaterThan(0);
      expect(measurement.costUsd).toBeCloseTo(stack.graph.priceUsdPerHour / 60, 3);
      expect(backend.totalCostUsd).toBeCloseTo(measurement.costUsd, 9);
      await backend.close();
    });

    it("applies at once, counts generations, and reaches what is desired in time", async () => {
      const backend = await opened(subject);
      expect(backend.apply(stack.graph)).toEqual({ generation: 0 });
      const four = withReplicas(4);
      expect(backend.apply(four)).toEqual({ generation: 1 });
      expect(backend.status().desiredGeneration).toBe(1);
      for (let k = 0; k < 4; k++) await step(backend, four);
      expect(backend.status()).toMatchObject({ desiredGeneration: 1, appliedGeneration: 1 });
      expect(backend.resources()).toEqual([{ address: WEB, size: "s-2vcpu-4gb", desired: 4, ready: 4, pending: 0 }]);
      await backend.close();
    });

    it("takes the newest of several graphs applied in one step", async () => {
      const backend = await opened(subject);
      backend.apply(withReplicas(4));
      backend.apply(withReplicas(1));
      const three = withReplicas(3);
      for (let k = 0; k < 4; k++) await step(backend, three);
      expect(backend.resources()[0]).toMatchObject({ desired: 3, ready: 3, pending: 0 });
      await backend.close();
    });

    it("changes a size", async () => {
      const backend = await opened(subject);
      const smaller = setAttribute(WEB, "size", "s-1vcpu-2gb")(stack.graph);
      for (let k = 0; k < 6; k++) await step(backend, smaller);
      expect(backend.resources()).toEqual([{ address: WEB, size: "s-1vcpu-2gb", desired: 2, ready: 2, pending: 0 }]);
      await backend.close();
    });

    it("bills nothing for the episode before", async () => {
      const backend = await opened(subject);
      await step(backend, withReplicas(3));
      await backend.reset(episode);
      expect(backend.totalCostUsd).toBe(0);
      expect(backend.status()).toEqual({ desiredGeneration: 0, appliedGeneration: 0, failures: [] });
      expect(backend.resources()[0]).toMatchObject({ desired: 2, ready: 2, pending: 0 });
      await backend.close();
    });

    it("puts a state back in the middle of a change, also as a clone and into another, where the clock is virtual", async (ctx) => {
      if (subject.make().clock !== "virtual") return ctx.skip("the clock is the wall's");
      const backend = await opened(subject);
      const four = withReplicas(4);
      await step(backend, four);
      const saved = backend.snapshot();
      const clone = structuredClone(saved);
      const goOn = async (of: Backend): Promise<unknown[]> => {
        const steps: unknown[] = [of.apply(four)];
        for (const graph of [four, withReplicas(1), withReplicas(1), four]) {
          steps.push(await step(of, graph), of.status(), of.resources());
        }
        return steps;
      };
      const first = await goOn(backend);
      backend.restore(saved);
      expect(await goOn(backend)).toEqual(first);
      const other = await opened(subject);
      other.restore(clone);
      expect(await goOn(other)).toEqual(first);
      expect(() => backend.restore({ backend: "another", state: {} })).toThrow(
        `Expected a snapshot of ${name}, got one of another.`,
      );
      await backend.close();
      await other.close();
    });

    it("shows only series of the catalogue, each with exactly its labels and with values that it lists", async () => {
      const series = await subject.series(world);
      expect(series.length).toBeGreaterThan(50);
      for (const { name: metricName, labels } of series) {
        const metric = metricOf(metricName);
        const isBucket = metricName.endsWith("_bucket");
        const expected = isBucket ? [...metric.labels, "le"] : metric.labels;
        expect(Object.keys(labels).sort(), metricName).toEqual([...expected].sort());
        for (const [label, known] of Object.entries(metric.values ?? {})) expect(known).toContain(labels[label]);
        if (isBucket) expect([...metric.buckets!.map(String), "+Inf"]).toContain(labels.le);
      }
    });

    it("closes twice, and is of no use then", async () => {
      const backend = await opened(subject);
      await backend.close();
      await backend.close();
      await expect(async () => backend.advance()).rejects.toThrow(ClosedError);
      await expect(async () => backend.reset(episode)).rejects.toThrow("Contract-v0 is closed. Make a new one.");
    });
  });
}
