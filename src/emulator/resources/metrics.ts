/** Metrics of droplets, load balancers, pools and databases: measured ones where somebody measures, steady made-up ones otherwise. @module */
import { type Answer, badRequest, done, notFound } from "../answer.js";
import type { Call, Handler, Handlers } from "../call.js";
import type { JsonObject } from "../json.js";
import { operationsOf } from "../operation.js";
import { monitoringOperations } from "../operations/monitoring-operations.js";
import type { MetricSample, World } from "../world.js";
import { membersOf, poolUtilization } from "./pool-records.js";

const PREFIX = "/v2/monitoring/metrics/";
/** Most samples of an answer: the step is widened to keep to it. */
const MOST_SAMPLES = 300;
/** The provider's finest step. Unit: seconds. */
const FINEST_STEP_SECONDS = 15;
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** Query parameters that name what is measured, and where it is found. */
const SUBJECTS: Readonly<
  Record<string, { readonly query: string; readonly exists: (world: World, id: string) => boolean }>
> = {
  droplet: { query: "host_id", exists: ({ tables }, id) => tables.droplets.get(id) !== undefined },
  load_balancer: { query: "lb_id", exists: ({ tables }, id) => tables.loadBalancers.get(id) !== undefined },
  droplet_autoscale: { query: "autoscale_pool_id", exists: ({ tables }, id) => tables.pools.get(id) !== undefined },
  database: { query: "db_id", exists: ({ tables }, id) => tables.databases.get(id) !== undefined },
  // Apps are not emulated: there are none, so that none has metrics.
  apps: { query: "app_id", exists: () => true },
};

/** Operations on metrics, one for each path under `/v2/monitoring/metrics`. */
export const metricHandlers: Handlers = Object.fromEntries(
  operationsOf([monitoringOperations])
    .filter(({ path }) => path.startsWith(PREFIX))
    .map(({ id, path }): [string, Handler] => [id, (call) => answer(call, path.slice(PREFIX.length))]),
);

function answer(call: Call, metric: string): Answer {
  const { world, query } = call;
  const kind = metric.slice(0, metric.indexOf("/"));
  const subject = SUBJECTS[kind]!;
  const id = query.get(subject.query);
  if (id === null || id === "") throw badRequest(`${subject.query} is required.`);
  const [start, end] = [timeIn(query, "start"), timeIn(query, "end")];
  if (start > end) throw badRequest("start must not be after end.");
  if (!subject.exists(world, id)) throw notFound();
  const result = kind === "apps" ? [] : seriesOf(world, { metric, kind, id, start, end, query });
  return done({ status: "success", data: { resultType: "matrix", result } });
}

interface Asked {
  readonly metric: string;
  readonly kind: string;
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly query: URLSearchParams;
}

function timeIn(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? "";
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 1000;
  if (Number.isNaN(seconds)) throw badRequest(`${name} must be a time: seconds since 1970, or RFC 3339.`);
  return seconds;
}

function seriesOf(world: World, { metric, kind, id, start, end, query }: Asked): JsonObject[] {
  const measured = world.metrics?.({ metric, resource: id, start, end });
  const labels: Record<string, string> = { [SUBJECTS[kind]!.query]: id };
  for (const name of ["interface", "direction", "metric", "aggregate", "service"]) {
    const value = query.get(name);
    if (value !== null) labels[name] = value;
  }
  if (measured !== undefined) return [series(labels, measured)];
  const until = Math.min(end, world.time.now());
  const step = Math.max(FINEST_STEP_SECONDS, Math.ceil((until - start) / MOST_SAMPLES));
  const first = Math.ceil(start / step) * step;
  const times = Array.from({ length: Math.max(0, Math.floor((until - first) / step) + 1) }, (_, i) => first + i * step);
  if (metric === "droplet/cpu") return cpuSeries(labels, times);
  const value = steadyValue(world, metric, id);
  return [
    series(
      labels,
      times.map((atSeconds) => ({ atSeconds, value })),
    ),
  ];
}

/** The processor's metric is a counter of seconds for each mode. */
function cpuSeries(labels: Record<string, string>, times: readonly number[]): JsonObject[] {
  const shares = { idle: 0.95, user: 0.04, system: 0.01 };
  return Object.entries(shares).map(([mode, share]) =>
    series(
      { ...labels, mode },
      times.map((atSeconds) => ({ atSeconds, value: atSeconds * share })),
    ),
  );
}

function series(metric: Record<string, string>, samples: readonly MetricSample[]): JsonObject {
  return { metric, values: samples.map(({ atSeconds, value }) => [Math.round(atSeconds), String(value)]) };
}

/** A value such as an idle machine has: full memory, no load, no traffic. */
function steadyValue(world: World, metric: string, id: string): number {
  if (metric.startsWith("droplet_autoscale/")) return poolValue(world, metric, id);
  if (!metric.startsWith("droplet/")) return 0;
  const droplet = world.tables.droplets.get(id)!;
  const { memoryBytes } = world.catalogue.dropletSizes[droplet.size]!;
  switch (metric.slice("droplet/".length)) {
    case "memory_total":
      return memoryBytes;
    case "memory_free":
      return memoryBytes * 0.6;
    case "memory_available":
      return memoryBytes * 0.8;
    case "memory_cached":
      return Math.min(memoryBytes * 0.2, 256 * MIB);
    case "filesystem_size":
      return droplet.diskGb * GIB;
    case "filesystem_free":
      return droplet.diskGb * GIB * 0.9;
    default:
      return 0;
  }
}

function poolValue(world: World, metric: string, id: string): number {
  const pool = world.tables.pools.get(id)!;
  switch (metric.slice("droplet_autoscale/".length)) {
    case "current_instances":
      return membersOf(world, id).length;
    case "target_instances":
      return pool.target;
    case "current_cpu_utilization":
      return poolUtilization(world, id).cpu;
    case "current_memory_utilization":
      return poolUtilization(world, id).memory;
    case "target_cpu_utilization":
      return Number(pool.config.target_cpu_utilization ?? 0);
    default:
      return Number(pool.config.target_memory_utilization ?? 0);
  }
}
