/** The kind `digitalocean_record`: one DNS record of a domain. @module */
import type { AttributeValues } from "../resource-kind.js";

/** A DNS record. */
export const record = {
  type: "digitalocean_record",
  layer: "support",
  schemaVersion: 0,
  attributes: {
    domain: {
      type: "string",
      mode: "required",
      replaces: true,
      minLength: 1,
      refersTo: ["digitalocean_domain.id", "digitalocean_domain.name"],
    },
    type: {
      type: "string",
      mode: "required",
      replaces: true,
      oneOf: ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "SOA", "SRV", "TXT"],
    },
    name: { type: "string", mode: "required", minLength: 1 },
    value: {
      type: "string",
      mode: "required",
      minLength: 1,
      refersTo: [
        "digitalocean_droplet.ipv4_address",
        "digitalocean_droplet.ipv4_address_private",
        "digitalocean_droplet.ipv6_address",
        "digitalocean_loadbalancer.ip",
        "digitalocean_loadbalancer.ipv6",
        "digitalocean_reserved_ip.ip_address",
        "digitalocean_kubernetes_cluster.ipv4_address",
        "digitalocean_database_cluster.host",
        "digitalocean_database_cluster.private_host",
      ],
    },
    port: { type: "number", mode: "optional", integer: true, min: 0, max: 65535 },
    priority: { type: "number", mode: "optional", integer: true, min: 0, max: 65535 },
    weight: { type: "number", mode: "optional", integer: true, min: 0, max: 65535 },
    ttl: { type: "number", mode: "optionalComputed", integer: true, min: 1 },
    flags: { type: "number", mode: "optional", integer: true, min: 0, max: 255 },
    tag: { type: "string", mode: "optional", oneOf: ["issue", "issuewild", "iodef"] },
    id: { type: "string", mode: "computed" },
    fqdn: { type: "string", mode: "computed" },
  },
  readySeconds: { min: 1, median: 1, max: 3 },
  complaint: (attributes: AttributeValues): string | undefined => {
    const needed: Readonly<Record<string, readonly string[]>> = {
      MX: ["priority"],
      SRV: ["priority", "weight", "port"],
      CAA: ["flags", "tag"],
    };
    const missing = needed[attributes.type as string]?.find((name) => attributes[name] === undefined);
    return missing && `Expected ${missing} to be set, since type is ${attributes.type}.`;
  },
  priceUsdPerHour: (): number => 0,
} as const;
