/** An environment of one's own, from nothing: graph, service, control, features, reward; then a day with a rule. @module */
import { defineEnv, InfraEnv } from "infra-gym";
import { createPolicy } from "infra-gym/agents";
import { runEpisode } from "infra-gym/benchmark";
import { InfraGraph, ref, resource } from "infra-gym/infra";
import { diurnal, ramp } from "infra-gym/loadgen";
import { billedCost, failedRequestPenalty, slowRequestPenalty } from "infra-gym/reward";

const graph = InfraGraph.of([
  resource("digitalocean_tag", "thumbs", { name: "service:thumbs" }),
  resource("digitalocean_droplet", "thumbs", {
    count: 2,
    name: "thumbs",
    image: "ubuntu-24-04-x64",
    region: "fra1",
    size: "c-4",
    tags: [ref("digitalocean_tag.thumbs", "id")],
  }),
  resource("digitalocean_loadbalancer", "front", {
    name: "front",
    region: "fra1",
    droplet_tag: ref("digitalocean_tag.thumbs", "id"),
    forwarding_rule: [{ entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 8080 }],
  }),
]);

const DROPLETS = "digitalocean_droplet.thumbs";
const rate = "sum(rate(infra_gym_offered_requests_total[$__rate_interval]))";
const busy = "sum(rate(infra_gym_busy_seconds_total[$__rate_interval])) / sum(infra_gym_slots)";
const replicas = (status: string): string => `sum(infra_gym_replicas{status="${status}"})`;

const definition = defineEnv({
  id: "my-lab/Thumbnails-v0",
  graph,
  services: [{ name: "thumbs", resource: DROPLETS, serviceTimeSeconds: 0.1 }],
  loadBalancer: "digitalocean_loadbalancer.front",
  controls: [{ name: "droplets", target: DROPLETS, attribute: "count", domain: { min: 1, max: 10 }, mode: "delta" }],
  features: [
    { name: "rate", promql: rate, low: 0, high: 800, unit: "requests/s" },
    { name: "utilization", promql: busy, low: 0, high: 1.5, unit: "ratio" },
    { name: "desired", promql: replicas("desired"), low: 0, high: 10, unit: "droplets" },
    { name: "ready", promql: replicas("ready"), low: 0, high: 10, unit: "droplets" },
  ],
  signals: { droplets: { utilization: "utilization", replicas: "desired", readyReplicas: "ready" } },
  workloads: [diurnal(), ramp()],
  referenceRate: 320,
  reward: [
    billedCost(),
    slowRequestPenalty({ usdPerRequest: 1e-5, targetSeconds: 0.5 }),
    failedRequestPenalty({ usdPerRequest: 5e-5 }),
  ],
  objective: { targetSeconds: 0.5, objective: 0.99 },
});

await using env = new InfraEnv<number>(definition, { split: "test" });
const policy = createPolicy("threshold:0.6");
policy.bind(env.policySpec);
const day = await runEpisode(env, policy, { seed: 0 });
console.log(`${env} with ${policy.name}: return ${day.return.toFixed(2)} USD, machines ${day.costUsd.toFixed(2)} USD`);
console.log(`late or lost: ${(100 * day.slaViolation).toFixed(2)} %, changes: ${day.changes}`);
