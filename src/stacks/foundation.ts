/** The layers under every stack: project, network and tags in core; jump host and DNS in support. @module */
import { ref } from "../infra/reference.js";
import { type Resource, resource } from "../infra/resource.js";

/** Options that all stacks share. */
export interface FoundationOptions {
  /** Prefix of the names of all resources. @defaultValue the stack's own */
  readonly name?: string;
  /** Datacenter region of everything. @defaultValue "nyc3" */
  readonly region?: string;
  /** DNS domain. @defaultValue "infra-gym.example" */
  readonly domain?: string;
  /** Image of all droplets. @defaultValue "ubuntu-24-04-x64" */
  readonly image?: string;
  /** Ids or fingerprints of SSH keys put on all droplets. @defaultValue none */
  readonly sshKeys?: readonly string[];
  /** Address ranges from which the jump host may be reached by SSH. @defaultValue none */
  readonly adminAddresses?: readonly string[];
}

/** Everything in {@link FoundationOptions}, defaults filled in. */
export type Foundation = Required<FoundationOptions>;

/** Fills in the defaults. */
export function foundation(options: FoundationOptions, name: string): Foundation {
  return {
    name: options.name ?? name,
    region: options.region ?? "nyc3",
    domain: options.domain ?? "infra-gym.example",
    image: options.image ?? "ubuntu-24-04-x64",
    sshKeys: options.sshKeys ?? [],
    adminAddresses: options.adminAddresses ?? [],
  };
}

/** Project, network, jump host with its tag, firewall and DNS record, and the domain. */
export function foundationResources(options: Foundation): readonly Resource[] {
  const { name, region, domain, image, sshKeys, adminAddresses } = options;
  return [
    resource("digitalocean_project", "main", { name, environment: "Development" }),
    resource("digitalocean_vpc", "main", { name, region }),
    resource("digitalocean_tag", "jump", { name: "role:jump" }),
    resource(
      "digitalocean_droplet",
      "jump",
      {
        name: `${name}-jump`,
        image,
        region,
        size: "s-1vcpu-1gb",
        vpc_uuid: ref("digitalocean_vpc.main", "id"),
        tags: [ref("digitalocean_tag.jump", "id")],
        ssh_keys: sshKeys,
        monitoring: true,
      },
      { layer: "support" },
    ),
    resource("digitalocean_domain", "main", { name: domain }),
    resource("digitalocean_record", "jump", {
      domain: ref("digitalocean_domain.main", "id"),
      type: "A",
      name: "jump",
      value: ref("digitalocean_droplet.jump[0]", "ipv4_address"),
      ttl: 300,
    }),
    resource("digitalocean_firewall", "jump", {
      name: `${name}-jump`,
      tags: [ref("digitalocean_tag.jump", "id")],
      inbound_rule:
        adminAddresses.length === 0 ? [] : [{ protocol: "tcp", port_range: "22", source_addresses: adminAddresses }],
      outbound_rule: OUTBOUND_ANYWHERE,
    }),
  ];
}

/** Outbound rules that let everything through. */
export const OUTBOUND_ANYWHERE: readonly {
  readonly protocol: "tcp" | "udp" | "icmp";
  readonly port_range?: string;
  readonly destination_addresses: readonly string[];
}[] = [
  { protocol: "tcp", port_range: "1-65535", destination_addresses: ["0.0.0.0/0", "::/0"] },
  { protocol: "udp", port_range: "1-65535", destination_addresses: ["0.0.0.0/0", "::/0"] },
  { protocol: "icmp", destination_addresses: ["0.0.0.0/0", "::/0"] },
];
