/** The kind `digitalocean_firewall`: rules for the traffic of droplets. @module */

/** A cloud firewall. */
export const firewall = {
  type: "digitalocean_firewall",
  layer: "edge",
  schemaVersion: 0,
  attributes: {
    name: { type: "string", mode: "required", minLength: 1 },
    droplet_ids: { type: ["set", "number"], mode: "optional", refersTo: ["digitalocean_droplet.id"] },
    tags: {
      type: ["set", "string"],
      mode: "optional",
      refersTo: ["digitalocean_tag.id", "digitalocean_tag.name"],
      pattern: "^[a-zA-Z0-9:\\-_]{1,255}$",
    },
    id: { type: "string", mode: "computed" },
    status: { type: "string", mode: "computed" },
    created_at: { type: "string", mode: "computed" },
    pending_changes: {
      type: ["list", ["object", { droplet_id: "number", removing: "bool", status: "string" }]],
      mode: "computed",
    },
  },
  blocks: {
    inbound_rule: {
      nesting: "set",
      attributes: {
        protocol: { type: "string", mode: "required", oneOf: ["tcp", "udp", "icmp"] },
        port_range: { type: "string", mode: "optional", minLength: 1 },
        source_addresses: { type: ["set", "string"], mode: "optional", minLength: 1 },
        source_droplet_ids: { type: ["set", "number"], mode: "optional", refersTo: ["digitalocean_droplet.id"] },
        source_load_balancer_uids: {
          type: ["set", "string"],
          mode: "optional",
          refersTo: ["digitalocean_loadbalancer.id"],
        },
        source_kubernetes_ids: {
          type: ["set", "string"],
          mode: "optional",
          refersTo: ["digitalocean_kubernetes_cluster.id"],
        },
        source_tags: {
          type: ["set", "string"],
          mode: "optional",
          refersTo: ["digitalocean_tag.id", "digitalocean_tag.name"],
        },
      },
    },
    outbound_rule: {
      nesting: "set",
      attributes: {
        protocol: { type: "string", mode: "required", oneOf: ["tcp", "udp", "icmp"] },
        port_range: { type: "string", mode: "optional", minLength: 1 },
        destination_addresses: { type: ["set", "string"], mode: "optional", minLength: 1 },
        destination_droplet_ids: { type: ["set", "number"], mode: "optional", refersTo: ["digitalocean_droplet.id"] },
        destination_load_balancer_uids: {
          type: ["set", "string"],
          mode: "optional",
          refersTo: ["digitalocean_loadbalancer.id"],
        },
        destination_kubernetes_ids: {
          type: ["set", "string"],
          mode: "optional",
          refersTo: ["digitalocean_kubernetes_cluster.id"],
        },
        destination_tags: {
          type: ["set", "string"],
          mode: "optional",
          refersTo: ["digitalocean_tag.id", "digitalocean_tag.name"],
        },
      },
    },
  },
  readySeconds: { min: 1, median: 3, max: 10 },
  priceUsdPerHour: (): number => 0,
} as const;
