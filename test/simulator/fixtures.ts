/** Small models, rates and states for the simulator's tests. @module */
import {
  type Balancing,
  DEFAULT_LIFECYCLE,
  type DesiredState,
  type LifecycleTimes,
  type Simulator,
  type SimulatorEpisode,
  type SimulatorModel,
  type TierModel,
} from "../../src/simulator/index.js";

/** 2025-06-02 00:00 UTC, a Monday. */
export const START: number = Date.UTC(2025, 5, 2) / 1000;

/** A model of a chain of equal tiers; parts of it can be replaced. */
export interface ModelParts {
  readonly tiers?: readonly Partial<TierModel>[];
  readonly slots?: number;
  readonly connections?: number;
  readonly usdPerHour?: number;
  readonly lifecycle?: Partial<LifecycleTimes>;
  readonly tickSeconds?: number;
  readonly clientTimeoutSeconds?: number;
  readonly balancing?: Balancing;
}

/** Without crashes, unless asked for. */
export function makeModel(parts: ModelParts = {}): SimulatorModel {
  const { slots = 2, connections = 1_000_000, usdPerHour = 24 / 672 } = parts;
  const size = { vcpus: slots, memoryBytes: 4 * 1024 ** 3, connections };
  const list = parts.tiers ?? [{}];
  return {
    tiers: list.map((part, t) => ({
      service: { name: `tier${t}`, resource: `digitalocean_droplet.tier${t}`, serviceTimeSeconds: 0.02 },
      serviceTimeSeconds: 0.02,
      serviceTimeVariation: 1,
      dailySwing: null,
      idleMemoryBytes: 200 * 1024 ** 2,
      memoryPerRequestBytes: 0,
      kind: "droplets",
      maxReplicas: 8,
      sizes: [
        { ...size, slug: "small", slots, usdPerHour },
        { ...size, slug: "large", slots: 2 * slots, usdPerHour: 2 * usdPerHour },
      ],
      calls: t + 1 < list.length ? [{ tier: t + 1, perRequest: 1 }] : [],
      ...part,
    })),
    lifecycle: { ...DEFAULT_LIFECYCLE, meanSecondsBetweenCrashes: Number.POSITIVE_INFINITY, ...parts.lifecycle },
    tickSeconds: parts.tickSeconds ?? 5,
    clientTimeoutSeconds: parts.clientTimeoutSeconds ?? 10,
    balancing: parts.balancing ?? "least_connections",
    loadBalancer: "digitalocean_loadbalancer.web",
    loadBalancerCapacity: 10_000,
    loadBalancerUsdPerHour: 12 / 672,
    otherPrices: [],
    resources: [],
  };
}

/** So many replicas of the first size in every tier. */
export function makeState(
  model: SimulatorModel,
  replicas: number | readonly number[],
  size = 0,
  nodes = 1,
): DesiredState {
  return {
    replicas: Int32Array.from(model.tiers, (_, t) => (typeof replicas === "number" ? replicas : replicas[t]!)),
    sizes: new Int32Array(model.tiers.length).fill(size),
    loadBalancerNodes: nodes,
  };
}

/** An episode with a rate for every 30 s. */
export function makeEpisode(
  seed: number,
  state: DesiredState,
  rate: (knot: number) => number,
  knots = 600,
): SimulatorEpisode {
  const rates = Float32Array.from({ length: knots }, (_, k) => rate(k));
  return { seed: BigInt(seed), series: { startSeconds: START, rates, announced: new Float32Array(knots + 30) }, state };
}

/** Present value of a row. */
export function readRow(simulator: Simulator, row: number, env = 0): number {
  return simulator.current[row * simulator.stride + env]!;
}

/** What became of the requests at the entry. */
export function outcomesOf(
  simulator: Simulator,
  env = 0,
): { offered: number; answered: number; refused: number; expired: number; backlog: number } {
  const entry = simulator.rows.tiers[0]!;
  return {
    offered: readRow(simulator, simulator.rows.offered, env),
    answered: readRow(simulator, entry.code200, env),
    refused: readRow(simulator, entry.code503, env),
    expired: readRow(simulator, entry.code504, env),
    backlog: simulator.backlogOf(env),
  };
}

/** Size of the relative error. */
export function errorOf(value: number, exact: number): number {
  return Math.abs(value / exact - 1);
}
