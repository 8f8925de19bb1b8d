/** The stack of one tier: a load balancer before a group of web droplets. @module */
import { InfraGraph } from "../infra/infra-graph.js";
import type { Service } from "../infra/service.js";
import { type FoundationOptions, foundation, foundationResources } from "./foundation.js";
import { LOAD_BALANCER, type PublicEntryOptions, publicEntry } from "./public-entry.js";
import { serviceTier } from "./service-tier.js";
import type { Stack } from "./stack.js";

/** Options of {@link webService}. */
export interface WebServiceOptions extends FoundationOptions, PublicEntryOptions {
  /** Droplet size. @defaultValue "s-2vcpu-4gb", $24 a month */
  readonly size?: string;
  /** Number of web droplets at the beginning. An integer from 0. @defaultValue 2 */
  readonly count?: number;
  /** What differs from the default service: exponential work of 20 ms, so that 2 vCPUs serve 100 requests per second. */
  readonly service?: Partial<Omit<Service, "name" | "resource" | "calls">>;
}

/**
 * A load balancer before a group of web droplets, over all four layers.
 *
 * @throws InvalidGraphError when an option has no place in a graph, such as an unknown size or region.
 * @example
 * const { graph, services } = webService({ region: "fra1", count: 3 });
 * graph.attributes("digitalocean_droplet", "web").count; // 3
 */
export function webService(options: WebServiceOptions = {}): Stack {
  const { size = "s-2vcpu-4gb", count = 2 } = options;
  const base = foundation(options, "web-service");
  const web: Service = {
    serviceTimeSeconds: 0.02,
    ...options.service,
    name: "web",
    resource: "digitalocean_droplet.web",
  };
  const graph = InfraGraph.of([
    ...foundationResources(base),
    ...serviceTier(web, base, { size, count, from: "loadbalancer" }),
    ...publicEntry("web", base, options),
  ]);
  return { graph, services: [web], entryService: "web", loadBalancer: LOAD_BALANCER };
}
