/** A set of features such as an environment registers, over made-up counters. @module */
import { LATENCY_BUCKETS } from "../../../src/metrics/latency-buckets.js";
import { compileQueries, type QueryProgram } from "../../../src/metrics/query-program.js";
import { SeriesSchema, type SeriesSpec } from "../../../src/metrics/series.js";
import type { SeriesStore } from "../../../src/metrics/series-store.js";

const service = "web";
const arrivals = 'sum(rate(infra_gym_offered_requests_total{service="web"}[$__rate_interval]))';
const buckets = 'rate(http_request_duration_seconds_bucket{service="web"}[$__rate_interval])';
const day = "2 * pi() * scalar(infra_gym_time_seconds) / 86400";
const week = "2 * pi() * scalar(infra_gym_time_seconds) / 604800";

/** Thirty-five queries: rates with eight offsets, a p95, a slow share, gauges, sines of time. */
export const FEATURE_QUERIES: readonly string[] = [
  arrivals,
  ...[1, 2, 3, 5, 9, 14, 19, 29].map((minutes) => arrivals.replace("]", `] offset ${minutes}m`)),
  `${arrivals} - ${arrivals.replace("]", "] offset 1m")}`,
  `${arrivals.replace("]", "] offset 1m")} - ${arrivals.replace("]", "] offset 2m")}`,
  `histogram_quantile(0.95, sum by (le) (${buckets}))`,
  `1 - sum(${buckets.replace('"web"}', '"web",le="0.25"}')}) / sum(rate(http_request_duration_seconds_count{service="web"}[$__rate_interval]))`,
  "sum(rate(http_request_duration_seconds_sum[$__rate_interval])) / sum(rate(http_request_duration_seconds_count[$__rate_interval]))",
  'sum(rate(http_requests_total{code=~"5.."}[$__rate_interval])) / clamp_min(sum(rate(http_requests_total[$__rate_interval])), 1)',
  'sum(rate(infra_gym_busy_seconds_total{service="web"}[$__rate_interval])) / sum(avg_over_time(infra_gym_slots{service="web"}[$__step]))',
  'infra_gym_backlog_requests{service="web"}',
  'http_requests_in_flight{service="web"}',
  'max_over_time(infra_gym_backlog_requests{service="web"}[$__step])',
  'infra_gym_slots{service="web"}',
  ...["desired", "active", "ready", "pending", "draining"].map(
    (status) => `infra_gym_replicas{service="web",status="${status}"}`,
  ),
  "infra_gym_price_usd_per_hour",
  ...["1m", "3m", "5m", "10m", "15m"].map(
    (ahead) => `infra_gym_announced_arrival_rate{service="web",ahead="${ahead}"}`,
  ),
  `sin(vector(${day}))`,
  `cos(vector(${day}))`,
  `sin(vector(${week}))`,
  `cos(vector(${week}))`,
];

/** The series of a web service without its machines. */
export const FEATURE_SCHEMA: SeriesSchema = new SeriesSchema([
  ...["200", "503", "504"].map((code): SeriesSpec => ({ name: "http_requests_total", labels: { service, code } })),
  ...[...LATENCY_BUCKETS.map(String), "+Inf"].map(
    (le): SeriesSpec => ({ name: "http_request_duration_seconds_bucket", labels: { service, le } }),
  ),
  ...[
    "http_request_duration_seconds_sum",
    "http_request_duration_seconds_count",
    "http_requests_in_flight",
    "infra_gym_offered_requests_total",
    "infra_gym_backlog_requests",
    "infra_gym_busy_seconds_total",
    "infra_gym_slots",
  ].map((name): SeriesSpec => ({ name, labels: { service } })),
  ...["desired", "active", "ready", "pending", "draining"].map(
    (status): SeriesSpec => ({ name: "infra_gym_replicas", labels: { service, status } }),
  ),
  ...["1m", "3m", "5m", "10m", "15m"].map(
    (ahead): SeriesSpec => ({ name: "infra_gym_announced_arrival_rate", labels: { service, ahead } }),
  ),
  { name: "infra_gym_price_usd_per_hour", labels: {} },
  { name: "infra_gym_time_seconds", labels: {} },
]);

/** The compiled features, and values of all series to scrape. */
export function featureProgram(
  numEnvs: number,
  scrapeSeconds: number,
): { program: QueryProgram; current: Float64Array } {
  const program = compileQueries(FEATURE_QUERIES, FEATURE_SCHEMA, { stepSeconds: 60, scrapeSeconds });
  return { program, current: new Float64Array(FEATURE_SCHEMA.size * numEnvs) };
}

/** Runs so many steps of growing counters. */
export function fillStore(
  program: QueryProgram,
  store: SeriesStore,
  current: Float64Array,
  out: Float64Array,
  steps: number,
): void {
  const { numEnvs } = store;
  for (let k = 0; k < steps * (program.stepSeconds / program.scrapeSeconds); k++) {
    for (let i = 0; i < current.length; i++) current[i] = current[i]! + ((i / numEnvs) | 0) / 8 + 1;
    store.scrape(current, null);
    if (k % (program.stepSeconds / program.scrapeSeconds) === 0) program.evaluate(store, out);
  }
}
