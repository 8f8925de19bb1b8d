/** A small world for the backend `local`: one group of droplets, few queries; and how its processes run the sources. @module */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Episode, World } from "../../../src/backends/index.js";
import { type InfraGraph, setAttribute } from "../../../src/infra/index.js";
import { steady } from "../../../src/loadgen/index.js";
import { isProcessAlive, type ProcessIdentity } from "../../../src/process-identity.js";
import { webService } from "../../../src/stacks/index.js";
import { findTerraform } from "../../../src/terraform/index.js";
import { root } from "../../package/repository.js";

export const WEB = "digitalocean_droplet.web";

/** The processes run the sources as they are. */
export const execArgv: readonly string[] = [
  "--import",
  pathToFileURL(join(root, "test/fixtures/typescript-loader/register.mjs")).href,
];

/** Why nothing can be run here; undefined where it can. */
export const reason: string | undefined = await findTerraform().then(
  () => undefined,
  () => "needs Terraform",
);

const stack = webService({ size: "s-2vcpu-4gb", count: 1 });

/** The graph with so many droplets, and what they run. */
export function graphWith(count: number, userData?: string): InfraGraph {
  const graph = setAttribute(WEB, "count", count)(stack.graph);
  return userData === undefined ? graph : setAttribute(WEB, "user_data", userData)(graph);
}

/** One tier of at most three droplets, steps of 60 s. */
export function smallWorld(graph: InfraGraph = graphWith(1)): World {
  return {
    id: "Small-v0",
    ...stack,
    graph,
    sizes: { [WEB]: ["s-1vcpu-2gb", "s-2vcpu-4gb"] },
    maxReplicas: { [WEB]: 3 },
    queries: [
      'infra_gym_replicas{service="web", status="ready"}',
      'sum(rate(infra_gym_offered_requests_total{service="web"}[$__rate_interval]))',
      'infra_gym_slots{service="web"}',
      "infra_gym_time_seconds",
      'count(up{service="web"})',
    ],
    profile: "prom3",
    stepSeconds: 60,
    scrapeSeconds: 60,
    simulation: {},
  };
}

/** An episode under an even load. @param rate - Unit: requests per second. */
export function steadyEpisode(seed: bigint, rate: number, graph: InfraGraph): Episode {
  const request = { index: 0, seed, split: "train", offsetSeconds: 0, durationSeconds: 1800 } as const;
  return { seed, series: steady({ level: 1 }).series({ ...request, referenceRate: rate }), graph };
}

/** What the worlds of a folder have running, by their leases. */
export function processesIn(folder: string): ProcessIdentity[] {
  const leases = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, "lease.json")) : [];
  const read = leases.map((file) => JSON.parse(readFileSync(file, "utf8")) as { processes: ProcessIdentity[] });
  return read.flatMap(({ processes }) => processes).filter(isProcessAlive);
}
