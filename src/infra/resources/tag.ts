/** The kind `digitalocean_tag`: a word that resources share. @module */

/** A tag. */
export const tag = {
  type: "digitalocean_tag",
  layer: "core",
  schemaVersion: 0,
  attributes: {
    name: { type: "string", mode: "required", replaces: true, pattern: "^[a-zA-Z0-9:\\-_]{1,255}$" },
    id: { type: "string", mode: "computed" },
    total_resource_count: { type: "number", mode: "computed" },
    droplets_count: { type: "number", mode: "computed" },
    images_count: { type: "number", mode: "computed" },
    volumes_count: { type: "number", mode: "computed" },
    volume_snapshots_count: { type: "number", mode: "computed" },
    databases_count: { type: "number", mode: "computed" },
  },
  readySeconds: { min: 1, median: 1, max: 3 },
  priceUsdPerHour: (): number => 0,
} as const;
