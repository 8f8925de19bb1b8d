/** The kind `digitalocean_project`: a folder for resources. @module */

/** A project. */
export const project = {
  type: "digitalocean_project",
  layer: "core",
  schemaVersion: 0,
  attributes: {
    name: { type: "string", mode: "required", minLength: 1, maxLength: 175 },
    description: { type: "string", mode: "optional", maxLength: 255 },
    purpose: { type: "string", mode: "optional", default: "Web Application", maxLength: 255 },
    environment: { type: "string", mode: "optional", oneOf: ["Development", "Staging", "Production"] },
    is_default: { type: "bool", mode: "optional", default: false },
    resources: {
      type: ["set", "string"],
      mode: "optionalComputed",
      refersTo: [
        "digitalocean_droplet.urn",
        "digitalocean_loadbalancer.urn",
        "digitalocean_database_cluster.urn",
        "digitalocean_domain.urn",
        "digitalocean_kubernetes_cluster.urn",
        "digitalocean_reserved_ip.urn",
        "digitalocean_spaces_bucket.urn",
        "digitalocean_volume.urn",
      ],
    },
    id: { type: "string", mode: "computed" },
    owner_uuid: { type: "string", mode: "computed" },
    owner_id: { type: "number", mode: "computed" },
    created_at: { type: "string", mode: "computed" },
    updated_at: { type: "string", mode: "computed" },
  },
  timeouts: ["delete"],
  readySeconds: { min: 1, median: 1, max: 3 },
  priceUsdPerHour: (): number => 0,
} as const;
