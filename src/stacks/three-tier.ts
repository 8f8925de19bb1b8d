/** The stack of three tiers: web droplets, API droplets and a managed database behind one load balancer. @module */
import { InfraGraph } from "../infra/infra-graph.js";
import { ref } from "../infra/reference.js";
import { type Resource, resource } from "../infra/resource.js";
import type { Service } from "../infra/service.js";
import { type Foundation, type FoundationOptions, foundation, foundationResources } from "./foundation.js";
import { LOAD_BALANCER, type PublicEntryOptions, publicEntry } from "./public-entry.js";
import { serviceTier } from "./service-tier.js";
import type { Stack } from "./stack.js";

/** Parameters of a service that an option may change. */
export type ServiceChoice = Partial<Omit<Service, "name" | "resource" | "calls">>;

/** One tier of droplets in {@link ThreeTierOptions}. */
export interface TierChoice {
  /** Droplet size. @defaultValue "s-2vcpu-4gb", $24 a month */
  readonly size?: string;
  /** Number of droplets at the beginning. An integer from 0. @defaultValue 2 */
  readonly count?: number;
  /** What differs from the default service of the tier. */
  readonly service?: ServiceChoice;
  /** Mean number of calls to the next tier for each request. Above 0. @defaultValue 1 from web to api, 1.5 from api to db */
  readonly callsPerRequest?: number;
}

/** The database in {@link ThreeTierOptions}. */
export interface DatabaseChoice {
  /** Database size. @defaultValue "db-s-2vcpu-4gb", $60.90 a month */
  readonly size?: string;
  /** The primary and its standbys; only the primary answers. An integer from 1. @defaultValue 1 */
  readonly nodeCount?: number;
  /** Major version of PostgreSQL. @defaultValue "17" */
  readonly version?: string;
  /** What differs from the default service of the database. */
  readonly service?: ServiceChoice;
}

/** Options of {@link threeTier}. */
export interface ThreeTierOptions extends FoundationOptions, PublicEntryOptions {
  /** The light front tier: 8 ms of work, so that 2 vCPUs serve 250 requests per second. */
  readonly web?: TierChoice;
  /** The heavy middle tier: 25 ms of work, so that 2 vCPUs serve 80 requests per second. */
  readonly api?: TierChoice;
  /** The managed database: 4 ms of work a query, so that 2 vCPUs serve 500 queries per second. */
  readonly database?: DatabaseChoice;
}

const DATABASE = "digitalocean_database_cluster.main";

/**
 * Web droplets that call API droplets that query a managed PostgreSQL, over all four layers.
 *
 * @throws InvalidGraphError when an option has no place in a graph, such as an unknown size or region.
 * @example
 * const { graph, services } = threeTier({ api: { count: 4 }, database: { size: "db-s-4vcpu-8gb" } });
 * services.map(({ name }) => name); // ["web", "api", "db"]
 */
export function threeTier(options: ThreeTierOptions = {}): Stack {
  const base = foundation(options, "three-tier");
  const { web: webTier = {}, api: apiTier = {}, database = {} } = options;
  const web: Service = {
    serviceTimeSeconds: 0.008,
    ...webTier.service,
    name: "web",
    resource: "digitalocean_droplet.web",
    calls: [{ service: "api", perRequest: webTier.callsPerRequest ?? 1 }],
  };
  const api: Service = {
    serviceTimeSeconds: 0.025,
    ...apiTier.service,
    name: "api",
    resource: "digitalocean_droplet.api",
    calls: [{ service: "db", perRequest: apiTier.callsPerRequest ?? 1.5 }],
  };
  const db: Service = { serviceTimeSeconds: 0.004, ...database.service, name: "db", resource: DATABASE };
  const { size: webSize = "s-2vcpu-4gb", count: webCount = 2 } = webTier;
  const { size: apiSize = "s-2vcpu-4gb", count: apiCount = 2 } = apiTier;
  const graph = InfraGraph.of([
    ...foundationResources(base),
    ...serviceTier(web, base, { size: webSize, count: webCount, from: "loadbalancer" }),
    ...serviceTier(api, base, { size: apiSize, count: apiCount, from: { tier: "web" } }),
    ...databaseResources(base, database),
    ...publicEntry("web", base, options),
  ]);
  return { graph, services: [web, api, db], entryService: "web", loadBalancer: LOAD_BALANCER };
}

function databaseResources(
  { name, region }: Foundation,
  { size = "db-s-2vcpu-4gb", nodeCount = 1, version = "17" }: DatabaseChoice,
): readonly Resource[] {
  const cluster = ref(DATABASE, "id");
  return [
    resource("digitalocean_database_cluster", "main", {
      name,
      engine: "pg",
      version,
      size,
      region,
      node_count: nodeCount,
      private_network_uuid: ref("digitalocean_vpc.main", "id"),
      project_id: ref("digitalocean_project.main", "id"),
    }),
    resource("digitalocean_database_user", "api", { cluster_id: cluster, name: "api" }),
    resource("digitalocean_database_firewall", "main", {
      cluster_id: cluster,
      rule: [{ type: "tag", value: ref("digitalocean_tag.api", "id") }],
    }),
  ];
}
