/** The environment: a service that makes thumbnails, on droplets behind a load balancer. Change it to your own. */
import { defineEnv, type EnvDefinition, InfraEnv, type InfraEnvOptions } from "infra-gym";
import { day, ramp } from "infra-gym/loadgen";
import { billedCost, failedRequestPenalty, slowRequestPenalty } from "infra-gym/reward";
import { webService } from "infra-gym/stacks";

const MOST = 10;
/** A thumbnail takes 50 ms, so a droplet with 2 vCPUs makes 40 a second. */
const SERVICE_SECONDS = 0.05;
const TARGET_SECONDS = 0.5;

const rate = (offset = ""): string => `sum(rate(infra_gym_offered_requests_total[$__rate_interval]${offset}))`;
const droplets = (status: string): string => `sum(infra_gym_replicas{status="${status}"})`;
const replicas = { low: 0, high: MOST, unit: "droplets" };
const load = { low: 0, high: 400, unit: "requests/s" };

/** What the environment is: a graph, what an action changes, what is observed, and what it costs. */
export const definition: EnvDefinition = defineEnv({
  id: "my-lab/Thumbnails-v0",
  ...webService({ size: "s-2vcpu-4gb", count: 3, service: { serviceTimeSeconds: SERVICE_SECONDS } }),
  controls: [
    {
      name: "droplets",
      target: "digitalocean_droplet.web",
      attribute: "count",
      domain: { min: 1, max: MOST },
      mode: "delta",
    },
  ],
  features: [
    { name: "load", promql: rate(), ...load },
    { name: "load5mAgo", promql: rate(" offset 5m"), ...load },
    { name: "announced", promql: 'sum(infra_gym_announced_arrival_rate{ahead="3m"})', ...load },
    {
      name: "utilization",
      promql: "sum(rate(infra_gym_busy_seconds_total[$__rate_interval])) / sum(infra_gym_slots)",
      low: 0,
      high: 1,
      unit: "ratio",
    },
    { name: "desired", promql: droplets("desired"), ...replicas },
    { name: "ready", promql: droplets("ready"), ...replicas },
  ],
  signals: { droplets: { utilization: "utilization", replicas: "desired", readyReplicas: "ready" } },
  workloads: [day(), ramp()],
  referenceRate: 0.8 * MOST * (2 / SERVICE_SECONDS),
  reward: [
    billedCost(),
    slowRequestPenalty({ targetSeconds: TARGET_SECONDS, usdPerRequest: 3e-6 }),
    failedRequestPenalty({ usdPerRequest: 15e-6 }),
  ],
  objective: { targetSeconds: TARGET_SECONDS, objective: 0.99 },
});

/** The environment itself; an action is 0 to 8 for -4 to +4 droplets. */
export function makeMyEnv(options: InfraEnvOptions = {}): InfraEnv<number> {
  return new InfraEnv<number>(definition, options);
}
