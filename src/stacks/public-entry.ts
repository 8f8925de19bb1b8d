/** The edge of a stack: a load balancer in front of one tier, and its DNS record. @module */
import { ref } from "../infra/reference.js";
import { type Resource, resource } from "../infra/resource.js";
import { HEALTH_PATH, SERVICE_PORT } from "./cloud-init.js";
import type { Foundation } from "./foundation.js";

/** Options of the load balancer. */
export interface PublicEntryOptions {
  /** Nodes of the load balancer, each good for 10,000 requests per second. An integer from 1 to 200. @defaultValue 1 */
  readonly loadBalancerNodes?: number;
  /** How the load balancer chooses a droplet. @defaultValue "least_connections" */
  readonly loadBalancerAlgorithm?: "least_connections" | "round_robin";
}

/** Address of the load balancer of a stack. */
export const LOAD_BALANCER = "digitalocean_loadbalancer.main";

/** Load balancer and DNS record. A droplet is healthy after three checks, 5 s apart. */
export function publicEntry(
  tier: string,
  { name, region }: Foundation,
  { loadBalancerNodes = 1, loadBalancerAlgorithm = "least_connections" }: PublicEntryOptions,
): readonly Resource[] {
  return [
    resource("digitalocean_loadbalancer", "main", {
      name,
      region,
      size_unit: loadBalancerNodes,
      algorithm: loadBalancerAlgorithm,
      vpc_uuid: ref("digitalocean_vpc.main", "id"),
      project_id: ref("digitalocean_project.main", "id"),
      droplet_tag: ref(`digitalocean_tag.${tier}`, "id"),
      forwarding_rule: [{ entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: SERVICE_PORT }],
      healthcheck: {
        protocol: "http",
        port: SERVICE_PORT,
        path: HEALTH_PATH,
        check_interval_seconds: 5,
        response_timeout_seconds: 3,
        unhealthy_threshold: 3,
        healthy_threshold: 3,
      },
    }),
    resource(
      "digitalocean_record",
      "www",
      {
        domain: ref("digitalocean_domain.main", "id"),
        type: "A",
        name: "www",
        value: ref(LOAD_BALANCER, "ip"),
        ttl: 300,
      },
      { layer: "edge" },
    ),
  ];
}
