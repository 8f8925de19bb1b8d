/** The values that a live world shows of itself, from the state of its droplets. @module */
import type { InfraGraph } from "../../infra/infra-graph.js";
import type { RateSeries } from "../../loadgen/workload.js";
import { announcedRate } from "../../simulator/announced-rate.js";
import { desiredStateOf } from "../../simulator/from-graph.js";
import type { TierModel } from "../../simulator/model.js";
import { AHEAD } from "../../simulator/rows.js";
import type { LivePlane } from "./live-plane.js";
import type { WorldSample } from "./world-metrics.js";

/** Replicas of one tier by what they are at. */
export interface TierCounts {
  readonly desired: number;
  readonly active: number;
  readonly ready: number;
  readonly pending: number;
  readonly draining: number;
  /** Of the first replica; what is desired where there is none. */
  readonly size: string;
  readonly crashes: number;
}

/** What replicas are counted from. */
export type ReplicaView = Pick<LivePlane, "fleet" | "databases">;

/** What the samples are taken from. */
export interface WorldView {
  readonly plane: ReplicaView & Pick<LivePlane, "model">;
  /** What is desired. */
  readonly graph: InfraGraph;
  readonly series: RateSeries;
  readonly timeSeconds: number;
  readonly costs: Iterable<readonly [address: string, usd: number]>;
  /** Of all droplets that run services. Unit: USD per hour. */
  readonly dropletsUsdPerHour: number;
  readonly applyFailures: number;
}

/** Counts a tier's replicas. A database is one replica, which is always ready, also while it changes its size. */
export function countsOf(tier: TierModel, plane: ReplicaView, graph: InfraGraph): TierCounts {
  const { resource } = tier.service;
  const wanted = graph.has(resource) ? (graph.get(resource).attributes.size as string) : tier.sizes[0]!.slug;
  const desired = graph.has(resource) ? graph.count(resource) : 0;
  const fleet = plane.fleet(resource);
  if (fleet === undefined) {
    const { size = wanted } = plane.databases.find(({ address }) => address === resource) ?? {};
    return { desired: 1, active: 1, ready: 1, pending: size === wanted ? 0 : 1, draining: 0, size, crashes: 0 };
  }
  const { replicas, crashes } = fleet;
  const ready = replicas.filter(({ phase }) => phase === "ready").length;
  const draining = replicas.filter(({ phase }) => phase === "draining").length;
  const pending = replicas.length - ready - draining;
  const size = replicas.find(({ isLeaving }) => !isLeaving)?.size ?? wanted;
  return { desired, active: replicas.length, ready, pending, draining, size, crashes };
}

/** All values, under the names of the catalogue. */
export function worldSamples(view: WorldView): WorldSample[] {
  const { plane, graph, series, timeSeconds } = view;
  const { model } = plane;
  const samples: WorldSample[] = [];
  const add = (name: string, labels: Readonly<Record<string, string>>, value: number): void => {
    samples.push({ name, labels, value });
  };
  const counts = model.tiers.map((tier) => countsOf(tier, plane, graph));
  model.tiers.forEach(({ service: { name: service } }, t) => {
    const { desired, active, ready, pending, draining, crashes } = counts[t]!;
    for (const [status, value] of Object.entries({ desired, active, ready, pending, draining })) {
      add("infra_gym_replicas", { service, status }, value);
    }
    add("infra_gym_crashes_total", { service }, crashes);
  });
  for (const { service, connections } of plane.databases) add("pg_settings_max_connections", { service }, connections);
  const entry = model.tiers[0]!.service.name;
  const since = timeSeconds - series.startSeconds;
  for (const [ahead, seconds] of AHEAD) {
    add("infra_gym_announced_arrival_rate", { service: entry, ahead }, announcedRate(series, since + seconds));
  }
  add("infra_gym_time_seconds", {}, timeSeconds);
  const nodes = desiredStateOf(graph, model).loadBalancerNodes;
  const others = model.otherPrices.reduce((sum, { usdPerHour }) => sum + usdPerHour, 0);
  const balancer = nodes * model.loadBalancerUsdPerHour;
  add("infra_gym_price_usd_per_hour", {}, balancer + others + view.dropletsUsdPerHour);
  for (const [resource, usd] of view.costs) add("infra_gym_cost_usd_total", { resource }, usd);
  add("infra_gym_apply_failures_total", {}, view.applyFailures);
  for (const { type, layer, fixed, tiers } of model.resources) {
    const sum = (of: (count: TierCounts) => number): number => tiers.reduce((total, t) => total + of(counts[t]!), 0);
    add("infra_gym_resources", { type, layer, status: "ready" }, fixed + sum(({ ready }) => ready));
    add(
      "infra_gym_resources",
      { type, layer, status: "pending" },
      sum(({ pending, draining }) => pending + draining),
    );
  }
  return samples;
}
