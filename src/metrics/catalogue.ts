/** Every metric of the library: name, type, labels, unit and buckets. The same on every backend. @module */
import { UnknownMetricError } from "../errors.js";
import { LATENCY_BUCKETS } from "./latency-buckets.js";

/** Prometheus's metric types, as far as the catalogue uses them. */
export type MetricType = "counter" | "gauge" | "histogram";

/** One metric of the catalogue. */
export interface Metric {
  /** Name as queries write it; a histogram's series add `_bucket`, `_sum` and `_count`. */
  readonly name: string;
  readonly type: MetricType;
  /** One sentence for the exposition's HELP line. */
  readonly help: string;
  /** Base unit of a value, in words. */
  readonly unit: string;
  /** Label names in the order they are documented; a histogram's `le` is not listed. */
  readonly labels: readonly string[];
  /** The values a label can take, where they are a fixed list. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** Upper bounds of a histogram's buckets, ascending, without `+Inf`. */
  readonly buckets?: readonly number[];
}

const counter = (name: string, labels: readonly string[], unit: string, help: string): Metric => ({
  name,
  type: "counter",
  help,
  unit,
  labels,
});
const gauge = (name: string, labels: readonly string[], unit: string, help: string): Metric => ({
  name,
  type: "gauge",
  help,
  unit,
  labels,
});
const oneOf = (metric: Metric, label: string, values: readonly string[]): Metric => ({
  ...metric,
  values: { ...metric.values, [label]: values },
});

/**
 * The catalogue. node_exporter's and postgres_exporter's names are kept for machines and databases, so that dashboards fit.
 * @see docs/metrics.md, which a test holds equal to this list
 */
export const METRICS: readonly Metric[] = Object.freeze([
  oneOf(
    counter(
      "http_requests_total",
      ["service", "code"],
      "requests",
      "Requests answered, by status code, as the client saw them.",
    ),
    "code",
    ["200", "503", "504"],
  ),
  {
    ...gauge(
      "http_request_duration_seconds",
      ["service"],
      "seconds",
      "Time from a request's arrival to its answer, at the client.",
    ),
    type: "histogram",
    buckets: LATENCY_BUCKETS,
  },
  gauge("http_requests_in_flight", ["service"], "requests", "Requests in the service, waiting or in work."),
  counter("infra_gym_offered_requests_total", ["service"], "requests", "Requests that clients sent, answered or not."),
  gauge("infra_gym_backlog_requests", ["service"], "requests", "Requests that wait for a slot."),
  counter("infra_gym_busy_seconds_total", ["service"], "slot-seconds", "Time that service slots spent in work."),
  gauge("infra_gym_slots", ["service"], "slots", "Service slots of the replicas that are ready."),
  oneOf(
    gauge(
      "infra_gym_replicas",
      ["service", "status"],
      "replicas",
      "Replicas by status; active ones are billed, ready ones answer requests.",
    ),
    "status",
    ["desired", "active", "ready", "pending", "draining"],
  ),
  gauge(
    "infra_gym_resources",
    ["type", "layer", "status"],
    "resources",
    "Resources of the graph by Terraform type, layer and status.",
  ),
  counter(
    "infra_gym_cost_usd_total",
    ["resource"],
    "US dollars",
    "What was billed for a resource since the episode began.",
  ),
  gauge("infra_gym_price_usd_per_hour", [], "US dollars per hour", "Price of everything that is billed now."),
  gauge("infra_gym_time_seconds", [], "seconds", "Model time, in seconds since 1970-01-01 UTC."),
  oneOf(
    gauge(
      "infra_gym_announced_arrival_rate",
      ["service", "ahead"],
      "requests per second",
      "Extra arrival rate that is announced for a time ahead; 0 where nothing is.",
    ),
    "ahead",
    ["1m", "3m", "5m", "10m", "15m"],
  ),
  counter("infra_gym_crashes_total", ["service"], "crashes", "Replicas that crashed."),
  counter("infra_gym_apply_failures_total", [], "failures", "Changes of the infrastructure that failed."),
  oneOf(
    counter(
      "node_cpu_seconds_total",
      ["instance", "service", "mode"],
      "CPU-seconds",
      "Time the machine's vCPUs spent in a mode.",
    ),
    "mode",
    ["idle", "user"],
  ),
  gauge("node_memory_MemTotal_bytes", ["instance", "service"], "bytes", "Memory of the machine."),
  gauge(
    "node_memory_MemAvailable_bytes",
    ["instance", "service"],
    "bytes",
    "Memory of the machine that is not in use.",
  ),
  gauge("up", ["instance", "service"], "1 or 0", "Whether the machine answered its last scrape."),
  gauge("pg_stat_activity_count", ["service"], "connections", "Open connections to the database."),
  gauge("pg_settings_max_connections", ["service"], "connections", "Connections the database accepts at most."),
]);

/**
 * Looks a metric up by its name, or by the name of one of a histogram's series.
 * @throws UnknownMetricError naming the nearest metric
 */
export function metricOf(name: string): Metric {
  const base = name.replace(/_(bucket|sum|count)$/, "");
  for (const metric of METRICS) {
    if (metric.type === "histogram" ? metric.name === base && base !== name : metric.name === name) return metric;
  }
  throw new UnknownMetricError(
    name,
    METRICS.flatMap((metric) => seriesNamesOf(metric)),
  );
}

/** The names a metric's series carry: itself, or a histogram's three. */
export function seriesNamesOf(metric: Metric): readonly string[] {
  return metric.type === "histogram"
    ? [`${metric.name}_bucket`, `${metric.name}_sum`, `${metric.name}_count`]
    : [metric.name];
}
