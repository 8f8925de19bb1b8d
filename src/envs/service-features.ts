/** Features that the environments share: load, utilization, latency, replicas, time, announcements, as PromQL. @module */
import type { Feature } from "./feature.js";

const MINUTES_BACK = [1, 2, 3, 5, 9, 14, 19, 29] as const;

/**
 * Load at the entry: now, some minutes back, its change, and what is announced.
 * @param perReplica - Requests per second that one replica serves: the unit of all of them.
 * @param most - Greatest load. Unit: replicas.
 */
export function loadFeatures(service: string, perReplica: number, most: number): Feature[] {
  const rate = (offset: string): string =>
    `sum(rate(infra_gym_offered_requests_total{service="${service}"}[$__rate_interval]${offset})) / ${perReplica}`;
  const unit = `${perReplica} requests/s`;
  const bounds = { low: 0, high: most, unit };
  const change = { low: -most, high: most, unit };
  return [
    { name: "load", promql: rate(""), ...bounds },
    ...MINUTES_BACK.map((minutes) => ({
      name: `load${minutes}mAgo`,
      promql: rate(` offset ${minutes}m`),
      ...bounds,
      whenEmpty: 0,
    })),
    { name: "loadChange1m", promql: `${rate("")} - ${rate(" offset 1m")}`, ...change },
    { name: "loadChange5m", promql: `${rate("")} - ${rate(" offset 5m")}`, ...change },
    ...["3m", "5m", "10m"].map((ahead) => ({
      name: `announced${ahead}`,
      promql: `infra_gym_announced_arrival_rate{service="${service}", ahead="${ahead}"} / ${perReplica}`,
      ...bounds,
    })),
  ];
}

/** How the clients fare: 95th percentile, slow and failed shares. @param targetSeconds - Promised response time, a bound of the histogram. */
export function clientFeatures(service: string, targetSeconds: number): Feature[] {
  const bucket = `http_request_duration_seconds_bucket{service="${service}"`;
  const share = { low: 0, high: 1, unit: "ratio" };
  return [
    {
      name: "latencyP95",
      promql: `histogram_quantile(0.95, sum by (le) (rate(${bucket}}[$__rate_interval])))`,
      low: 0,
      high: 2.5,
      unit: "seconds",
      transform: "clip",
    },
    {
      name: "slowShare",
      promql: `1 - sum(rate(${bucket}, le="${targetSeconds}"}[$__rate_interval])) / sum(rate(${bucket}, le="+Inf"}[$__rate_interval]))`,
      ...share,
    },
    {
      name: "failedShare",
      promql: `sum(rate(http_requests_total{service="${service}", code=~"5.."}[$__rate_interval])) / sum(rate(infra_gym_offered_requests_total{service="${service}"}[$__rate_interval]))`,
      ...share,
    },
  ];
}

/** A tier's utilization and backlog. @param prefix - Begins the names, such as `api`. */
export function tierFeatures(service: string, prefix: string): Feature[] {
  return [
    {
      name: `${prefix}Utilization`,
      promql: `sum(rate(infra_gym_busy_seconds_total{service="${service}"}[$__rate_interval])) / sum(infra_gym_slots{service="${service}"})`,
      low: 0,
      high: 1.5,
      unit: "ratio",
    },
    {
      name: `${prefix}Backlog`,
      promql: `infra_gym_backlog_requests{service="${service}"}`,
      low: 0,
      high: 12,
      unit: "requests",
      transform: "log1p",
    },
  ];
}

/** A tier's replicas: ready, billed, pending, desired. @param most - Greatest number. */
export function replicaFeatures(service: string, prefix: string, most: number): Feature[] {
  return (["ready", "active", "pending", "desired"] as const).map((status) => ({
    name: `${prefix}${status[0]!.toUpperCase()}${status.slice(1)}`,
    promql: `infra_gym_replicas{service="${service}", status="${status}"}`,
    low: 0,
    high: 2 * most,
    unit: "replicas",
  }));
}

/** Waves of the day whose sums a policy makes a schedule of: name and waves a day. */
const DAY_WAVES = [
  ["day", 1],
  ["day2", 2],
  ["day3", 3],
  ["day4", 4],
  ["day6", 6],
  ["day8", 8],
  ["day12", 12],
  ["hour", 24],
  ["hour2", 48],
  ["hour4", 96],
] as const;

/**
 * Time of day and weekend, from the model's clock. Harmonics of the day and of the hour, from 24 hours to 15 minutes, are there because a job at a fixed
 * time is a narrow peak of the day: with the day's and the hour's own waves alone it is learnt late or not at all.
 */
export function timeFeatures(): Feature[] {
  const wave = (name: string, seconds: number): Feature[] =>
    (["sin", "cos"] as const).map((f) => ({
      name: `${name}${f === "sin" ? "Sine" : "Cosine"}`,
      promql: `${f}(infra_gym_time_seconds % ${seconds} * (2 * pi() / ${seconds}))`,
      low: -1,
      high: 1,
      unit: "1",
    }));
  // 1970-01-01 was a Thursday: day 4 of a week that begins with Sunday.
  const weekday = "(floor(infra_gym_time_seconds / 86400) + 4) % 7";
  return [
    ...DAY_WAVES.flatMap(([name, perDay]) => wave(name, 86_400 / perDay)),
    { name: "weekend", promql: `(${weekday} == bool 0) + (${weekday} == bool 6)`, low: 0, high: 1, unit: "1 or 0" },
  ];
}
