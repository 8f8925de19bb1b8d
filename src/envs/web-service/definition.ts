/** `WebService-v0`: a load balancer before a group of droplets, under a day of load. @module */
import { day, flashCrowd, ramp } from "../../loadgen/index.js";
import { billedCost, failedRequestPenalty, slowRequestPenalty } from "../../reward/index.js";
import { webService } from "../../stacks/index.js";
import { defineEnv, type EnvDefinition } from "../definition.js";
import { type BuiltinEnvOptions, simulationOf } from "../env-options.js";
import { clientFeatures, loadFeatures, replicaFeatures, tierFeatures, timeFeatures } from "../service-features.js";

const WEB = "digitalocean_droplet.web";
/** Most droplets; with these of the middle size, 1,200 requests/s can be served. */
const MOST = 12;
/** 80 % of that. */
const REFERENCE_RATE = 960;
/** Requests per second that one droplet of the middle size serves: 2 vCPUs, 20 ms each. */
const PER_DROPLET = 100;
const TARGET_SECONDS = 0.25;

/**
 * The definition. Prices put the trade-off at K = price of a slow request × a droplet's capacity / a droplet's price = 10: where it is between
 * 5 and 30, neither giving up nor always being up pays.
 */
export function webServiceDefinition(options: BuiltinEnvOptions = {}): EnvDefinition {
  const mode = options.control ?? "delta";
  return defineEnv({
    id: "WebService-v0",
    ...webService({ size: "s-2vcpu-4gb", count: 8 }),
    controls: [
      { name: "replicas", target: WEB, attribute: "count", domain: { min: 1, max: MOST }, mode },
      {
        name: "size",
        target: WEB,
        attribute: "size",
        domain: { values: ["s-1vcpu-2gb", "s-2vcpu-4gb", "s-4vcpu-8gb"] },
        mode,
      },
    ],
    features: [
      ...loadFeatures("web", PER_DROPLET, 2 * MOST),
      ...clientFeatures("web", TARGET_SECONDS),
      ...tierFeatures("web", "web"),
      ...replicaFeatures("web", "web", MOST),
      { name: "spare", promql: SPARE, low: -2 * MOST, high: 4 * MOST, unit: "100 requests/s" },
      { name: "slotsPerReplica", promql: SLOTS_PER_REPLICA, low: 0, high: 4, unit: "slots", whenEmpty: "last" },
      ...timeFeatures(),
    ],
    signals: {
      replicas: {
        utilization: "webUtilization",
        replicas: "webDesired",
        readyReplicas: "webReady",
        arrivalRate: "load",
        latencyP95: "latencyP95",
        announcedRate: "announced3m",
      },
    },
    workloads: [day(), flashCrowd(), ramp()],
    reward: [
      billedCost(),
      slowRequestPenalty({ targetSeconds: TARGET_SECONDS, usdPerRequest: 1e-6 }),
      failedRequestPenalty({ usdPerRequest: 5e-6 }),
    ],
    objective: { targetSeconds: TARGET_SECONDS, objective: 0.99 },
    referenceRate: REFERENCE_RATE,
    simulation: simulationOf(options, 1),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.promqlProfile === undefined ? {} : { promqlProfile: options.promqlProfile }),
    ...(options.invalidAction === undefined ? {} : { invalidAction: options.invalidAction }),
  });
}

/** 50 requests/s a slot. */
const SPARE = `sum(infra_gym_slots{service="web"}) / 2 - sum(rate(infra_gym_offered_requests_total{service="web"}[$__rate_interval])) / ${PER_DROPLET}`;
const SLOTS_PER_REPLICA = `sum(infra_gym_slots{service="web"}) / sum(infra_gym_replicas{service="web", status="ready"})`;
