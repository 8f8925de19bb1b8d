/** One tier: a group of droplets that run a service, with its tag and its firewall. @module */
import { ref } from "../infra/reference.js";
import { type Resource, resource } from "../infra/resource.js";
import type { Service } from "../infra/service.js";
import { cloudInit, SERVICE_PORT } from "./cloud-init.js";
import { type Foundation, OUTBOUND_ANYWHERE } from "./foundation.js";

/** Size and number of a tier's droplets. */
export interface TierOptions {
  /** Droplet size. */
  readonly size: string;
  /** Number of droplets at the beginning. An integer from 0. */
  readonly count: number;
  /** Who may send requests: the load balancer, or the tier of this name. */
  readonly from: "loadbalancer" | { readonly tier: string };
}

/**
 * The resources of one tier, named after the service. Its address must be `digitalocean_droplet.<name of the service>`.
 *
 * The disk is not resized with the droplet, so that the size can go down again as well as up. The provider refuses only
 * sizes with less disk than the droplet was created with.
 */
export function serviceTier(
  service: Service,
  { name, region, image, sshKeys }: Foundation,
  { size, count, from }: TierOptions,
): readonly Resource[] {
  const tier = service.name;
  const sources =
    from === "loadbalancer"
      ? { source_load_balancer_uids: [ref("digitalocean_loadbalancer.main", "id")] }
      : { source_tags: [ref(`digitalocean_tag.${from.tier}`, "id")] };
  return [
    resource("digitalocean_tag", tier, { name: `service:${tier}` }),
    resource("digitalocean_droplet", tier, {
      count,
      // Terraform counts the instances itself.
      name: `${name}-${tier}-\${count.index}`,
      image,
      region,
      size,
      resize_disk: false,
      vpc_uuid: ref("digitalocean_vpc.main", "id"),
      tags: [ref(`digitalocean_tag.${tier}`, "id")],
      ssh_keys: sshKeys,
      monitoring: true,
      user_data: cloudInit(service),
    }),
    resource("digitalocean_firewall", tier, {
      name: `${name}-${tier}`,
      tags: [ref(`digitalocean_tag.${tier}`, "id")],
      inbound_rule: [
        { protocol: "tcp", port_range: `${SERVICE_PORT}`, ...sources },
        { protocol: "tcp", port_range: "22", source_tags: [ref("digitalocean_tag.jump", "id")] },
      ],
      outbound_rule: OUTBOUND_ANYWHERE,
    }),
  ];
}
