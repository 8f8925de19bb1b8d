/** The series a simulator shows, and the row each of them has in its matrix. @module */
import { LATENCY_BUCKETS } from "../metrics/latency-buckets.js";
import { SeriesSchema, type SeriesSpec } from "../metrics/series.js";
import type { SimulatorModel, TierModel } from "./model.js";

/** How far ahead announcements are shown: label value and seconds. */
export const AHEAD: readonly (readonly [string, number])[] = [
  ["1m", 60],
  ["3m", 180],
  ["5m", 300],
  ["10m", 600],
  ["15m", 900],
];

/** Rows of one tier. */
export interface TierRows {
  readonly code200: number;
  readonly code503: number;
  readonly code504: number;
  /** First of the buckets; the last one, +Inf, is at `bucket + LATENCY_BUCKETS.length`. */
  readonly bucket: number;
  readonly sum: number;
  readonly count: number;
  readonly inFlight: number;
  readonly backlog: number;
  readonly busy: number;
  readonly slots: number;
  readonly desired: number;
  readonly active: number;
  readonly ready: number;
  readonly pending: number;
  readonly draining: number;
  readonly cost: number;
  readonly crashes: number;
  /** First row of the machines' series: for each replica slot cpu idle, cpu user, memory total, memory available, up. -1 for databases. */
  readonly machines: number;
  /** Connections in use and allowed; -1 for droplets. */
  readonly connections: number;
  readonly maxConnections: number;
}

/** Rows of the whole. */
export interface Rows {
  readonly schema: SeriesSchema;
  readonly tiers: readonly TierRows[];
  /** Arrivals at the entry. */
  readonly offered: number;
  /** First row of the announced rates, nearest time first. */
  readonly announced: number;
  readonly time: number;
  readonly price: number;
  readonly loadBalancerCost: number;
  /** First row of `model.otherPrices`. */
  readonly otherCosts: number;
  readonly applyFailures: number;
  /** First row of `model.resources`: for each, ready and pending. */
  readonly resources: number;
}

/** Series per machine. */
export const ROWS_PER_MACHINE = 5;

/** Lays out the rows of a model. */
export function layoutRows(model: SimulatorModel): Rows {
  const series: SeriesSpec[] = [];
  const row = (name: string, labels: Record<string, string> = {}, optional = false): number =>
    series.push({ name, labels, ...(optional ? { optional } : {}) }) - 1;
  const entry = model.tiers[0]!.service.name;
  const tiers = model.tiers.map((tier) => layoutTier(tier, row));
  const offered = row("infra_gym_offered_requests_total", { service: entry });
  const announced = series.length;
  for (const [ahead] of AHEAD) row("infra_gym_announced_arrival_rate", { service: entry, ahead });
  const time = row("infra_gym_time_seconds");
  const price = row("infra_gym_price_usd_per_hour");
  const loadBalancerCost = row("infra_gym_cost_usd_total", { resource: model.loadBalancer });
  const otherCosts = series.length;
  for (const { address } of model.otherPrices) row("infra_gym_cost_usd_total", { resource: address });
  const applyFailures = row("infra_gym_apply_failures_total");
  const resources = series.length;
  for (const { type, layer } of model.resources) {
    row("infra_gym_resources", { type, layer, status: "ready" });
    row("infra_gym_resources", { type, layer, status: "pending" });
  }
  const schema = new SeriesSchema(series);
  return { schema, tiers, offered, announced, time, price, loadBalancerCost, otherCosts, applyFailures, resources };
}

function layoutTier(
  tier: TierModel,
  row: (name: string, labels?: Record<string, string>, optional?: boolean) => number,
): TierRows {
  const service = tier.service.name;
  const histogram = "http_request_duration_seconds";
  const code200 = row("http_requests_total", { service, code: "200" });
  const code503 = row("http_requests_total", { service, code: "503" });
  const code504 = row("http_requests_total", { service, code: "504" });
  const buckets = LATENCY_BUCKETS.map((bound) => row(`${histogram}_bucket`, { service, le: String(bound) }));
  row(`${histogram}_bucket`, { service, le: "+Inf" });
  const replicas = (status: string): number => row("infra_gym_replicas", { service, status });
  return {
    code200,
    code503,
    code504,
    bucket: buckets[0]!,
    sum: row(`${histogram}_sum`, { service }),
    count: row(`${histogram}_count`, { service }),
    inFlight: row("http_requests_in_flight", { service }),
    backlog: row("infra_gym_backlog_requests", { service }),
    busy: row("infra_gym_busy_seconds_total", { service }),
    slots: row("infra_gym_slots", { service }),
    desired: replicas("desired"),
    active: replicas("active"),
    ready: replicas("ready"),
    pending: replicas("pending"),
    draining: replicas("draining"),
    cost: row("infra_gym_cost_usd_total", { resource: tier.service.resource }),
    crashes: row("infra_gym_crashes_total", { service }),
    machines: tier.kind === "droplets" ? layoutMachines(tier, row) : -1,
    connections: tier.kind === "database" ? row("pg_stat_activity_count", { service }) : -1,
    maxConnections: tier.kind === "database" ? row("pg_settings_max_connections", { service }) : -1,
  };
}

function layoutMachines(
  tier: TierModel,
  row: (name: string, labels?: Record<string, string>, optional?: boolean) => number,
): number {
  const service = tier.service.name;
  let first = -1;
  for (let slot = 0; slot < tier.maxReplicas; slot++) {
    const instance = `${service}-${slot}`;
    const idle = row("node_cpu_seconds_total", { instance, service, mode: "idle" }, true);
    if (slot === 0) first = idle;
    row("node_cpu_seconds_total", { instance, service, mode: "user" }, true);
    row("node_memory_MemTotal_bytes", { instance, service }, true);
    row("node_memory_MemAvailable_bytes", { instance, service }, true);
    row("up", { instance, service }, true);
  }
  return first;
}
