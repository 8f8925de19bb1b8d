/** `ThreeTier-v0`: web and API droplets before a managed database; the bottleneck moves between them. @module */
import { day, flashCrowd, ramp } from "../../loadgen/index.js";
import { billedCost, failedRequestPenalty, slowRequestPenalty } from "../../reward/index.js";
import { threeTier } from "../../stacks/index.js";
import type { ControlMode } from "../control.js";
import { defineEnv, type EnvDefinition } from "../definition.js";
import { type BuiltinEnvOptions, simulationOf } from "../env-options.js";
import type { Feature } from "../feature.js";
import { clientFeatures, loadFeatures, replicaFeatures, tierFeatures, timeFeatures } from "../service-features.js";

const MOST_WEB = 6;
const MOST_API = 14;
const REFERENCE_RATE = 860;
const PER_REPLICA = 80;
const TARGET_SECONDS = 0.42;
/** Boot and resize times as multiples of DigitalOcean's: what a service adds that installs itself and fills its caches. */
const BOOT_SCALE = 4;
/** Of four calls of the API one is answered from its memory. */
const QUERIES_PER_CALL = 0.75;

/**
 * The definition. The mix of requests changes over the day: pages in the evening, work in the API before noon, reports from the database at
 * night, so that the bottleneck moves. Prices are list prices. What is asked for serves after minutes, so that rules that wait for a tier's own
 * utilization are late, tier by tier.
 */
export function threeTierDefinition(options: BuiltinEnvOptions = {}): EnvDefinition {
  const mode = options.control ?? "delta";
  const stack = threeTier({
    web: { count: 3, service: { dailySwing: { amplitude: 0.3, peakHour: 20 } } },
    api: { count: 11, callsPerRequest: QUERIES_PER_CALL, service: { dailySwing: { amplitude: 0.3, peakHour: 11 } } },
    database: { size: "db-s-2vcpu-4gb", service: { dailySwing: { amplitude: 0.3, peakHour: 2 } } },
  });
  return defineEnv({
    id: "ThreeTier-v0",
    ...stack,
    controls: controls(mode),
    features: features(),
    signals: {
      webReplicas: {
        utilization: "webUtilization",
        replicas: "webDesired",
        readyReplicas: "webReady",
        arrivalRate: "load",
        announcedRate: "announced3m",
      },
      apiReplicas: {
        utilization: "apiUtilization",
        replicas: "apiDesired",
        readyReplicas: "apiReady",
        arrivalRate: "load",
        announcedRate: "announced3m",
      },
      databaseSize: { utilization: "dbUtilization" },
    },
    workloads: [day(), flashCrowd(), ramp()],
    reward: [
      billedCost(),
      slowRequestPenalty({ targetSeconds: TARGET_SECONDS, usdPerRequest: 3e-6 }),
      failedRequestPenalty({ usdPerRequest: 1.5e-5 }),
    ],
    objective: { targetSeconds: TARGET_SECONDS, objective: 0.99 },
    referenceRate: REFERENCE_RATE,
    simulation: simulationOf(options, BOOT_SCALE),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.promqlProfile === undefined ? {} : { promqlProfile: options.promqlProfile }),
    ...(options.invalidAction === undefined ? {} : { invalidAction: options.invalidAction }),
  });
}

function controls(mode: ControlMode): EnvDefinition["controls"] {
  return [
    {
      name: "webReplicas",
      target: "digitalocean_droplet.web",
      attribute: "count",
      domain: { min: 1, max: MOST_WEB },
      mode,
      maxDelta: 2,
    },
    {
      name: "apiReplicas",
      target: "digitalocean_droplet.api",
      attribute: "count",
      domain: { min: 1, max: MOST_API },
      mode,
    },
    {
      name: "databaseSize",
      target: "digitalocean_database_cluster.main",
      attribute: "size",
      domain: { values: ["db-s-1vcpu-2gb", "db-s-2vcpu-4gb", "db-s-4vcpu-8gb", "db-s-6vcpu-16gb"] },
      mode,
    },
  ];
}

function features(): Feature[] {
  return [
    ...loadFeatures("web", PER_REPLICA, 2 * MOST_API),
    ...clientFeatures("web", TARGET_SECONDS),
    ...["web", "api", "db"].flatMap((service) => tierFeatures(service, service)),
    ...replicaFeatures("web", "web", MOST_WEB),
    ...replicaFeatures("api", "api", MOST_API),
    { name: "dbSlots", promql: 'infra_gym_slots{service="db"}', low: 0, high: 6, unit: "slots" },
    {
      name: "dbConnectionShare",
      promql: 'pg_stat_activity_count{service="db"} / pg_settings_max_connections{service="db"}',
      low: 0,
      high: 1,
      unit: "ratio",
    },
    ...timeFeatures(),
  ];
}
