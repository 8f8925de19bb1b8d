/** The kind `digitalocean_database_firewall`: who may reach a managed database. @module */

/** The trusted sources of a managed database. */
export const databaseFirewall = {
  type: "digitalocean_database_firewall",
  layer: "app",
  schemaVersion: 0,
  attributes: {
    cluster_id: {
      type: "string",
      mode: "required",
      replaces: true,
      minLength: 1,
      refersTo: ["digitalocean_database_cluster.id"],
    },
    id: { type: "string", mode: "computed" },
  },
  blocks: {
    rule: {
      nesting: "set",
      min: 1,
      attributes: {
        type: { type: "string", mode: "required", oneOf: ["ip_addr", "droplet", "k8s", "tag", "app"] },
        value: {
          type: "string",
          mode: "required",
          minLength: 1,
          refersTo: [
            "digitalocean_tag.id",
            "digitalocean_tag.name",
            "digitalocean_droplet.id",
            "digitalocean_kubernetes_cluster.id",
          ],
        },
        uuid: { type: "string", mode: "computed" },
        created_at: { type: "string", mode: "computed" },
      },
    },
  },
  readySeconds: { min: 1, median: 3, max: 10 },
  priceUsdPerHour: (): number => 0,
} as const;
