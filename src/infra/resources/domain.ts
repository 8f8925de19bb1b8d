/** The kind `digitalocean_domain`: a DNS zone. @module */

/** A domain whose DNS the provider serves. */
export const domain = {
  type: "digitalocean_domain",
  layer: "support",
  schemaVersion: 0,
  attributes: {
    name: { type: "string", mode: "required", replaces: true, minLength: 1 },
    ip_address: {
      type: "string",
      mode: "optional",
      replaces: true,
      refersTo: [
        "digitalocean_droplet.ipv4_address",
        "digitalocean_loadbalancer.ip",
        "digitalocean_reserved_ip.ip_address",
      ],
    },
    id: { type: "string", mode: "computed" },
    urn: { type: "string", mode: "computed" },
    ttl: { type: "number", mode: "computed" },
  },
  readySeconds: { min: 1, median: 1, max: 3 },
  priceUsdPerHour: (): number => 0,
} as const;
