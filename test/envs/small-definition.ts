/** A small definition for tests: one web tier, four features, one steady workload; any part can be replaced. @module */
import { type Control, type DefinitionOptions, defineEnv, type EnvDefinition } from "../../src/envs/index.js";
import { steady } from "../../src/loadgen/index.js";
import { billedCost, failedRequestPenalty, slowRequestPenalty } from "../../src/reward/index.js";
import { webService } from "../../src/stacks/index.js";

export const WEB = "digitalocean_droplet.web";

/** Replicas from 1 to 12. */
export const replicas: Control = {
  name: "replicas",
  target: WEB,
  attribute: "count",
  domain: { min: 1, max: 12 },
  mode: "delta",
};

/** Three sizes. */
export const size: Control = {
  name: "size",
  target: WEB,
  attribute: "size",
  domain: { values: ["s-1vcpu-2gb", "s-2vcpu-4gb", "s-4vcpu-8gb"] },
  mode: "delta",
};

/** The parts of the small definition, some replaced. */
export function smallOptions(changes: Partial<DefinitionOptions> = {}): DefinitionOptions {
  return {
    id: "Small-v0",
    ...webService({ size: "s-2vcpu-4gb", count: 4 }),
    controls: [replicas],
    features: [
      {
        name: "utilization",
        promql:
          'sum(rate(infra_gym_busy_seconds_total{service="web"}[$__rate_interval])) / sum(infra_gym_slots{service="web"})',
        low: 0,
        high: 2,
        unit: "ratio",
      },
      {
        name: "desired",
        promql: 'infra_gym_replicas{service="web", status="desired"}',
        low: 0,
        high: 24,
        unit: "replicas",
      },
      {
        name: "backlog",
        promql: 'infra_gym_backlog_requests{service="web"}',
        low: 0,
        high: 12,
        unit: "requests",
        transform: "log1p",
      },
      {
        name: "p95",
        promql:
          'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service="web"}[$__rate_interval])))',
        low: 0,
        high: 2.5,
        unit: "seconds",
        whenEmpty: "last",
      },
    ],
    signals: { replicas: { utilization: "utilization", replicas: "desired" } },
    workloads: [steady({ level: 0.5 })],
    reward: [
      billedCost(),
      slowRequestPenalty({ targetSeconds: 0.25, usdPerRequest: 1e-6 }),
      failedRequestPenalty({ usdPerRequest: 5e-6 }),
    ],
    referenceRate: 600,
    episodeSeconds: 3600,
    ...changes,
  };
}

/** The small definition, some parts replaced. */
export function smallDefinition(changes: Partial<DefinitionOptions> = {}): EnvDefinition {
  return defineEnv(smallOptions(changes));
}
