/** The kind `digitalocean_vpc`: a private network of one region. @module */

/** A private network. */
export const vpc = {
  type: "digitalocean_vpc",
  layer: "core",
  schemaVersion: 0,
  attributes: {
    name: { type: "string", mode: "required", minLength: 1 },
    region: { type: "string", mode: "required", replaces: true, catalogue: "regions" },
    description: { type: "string", mode: "optional", maxLength: 255 },
    ip_range: { type: "string", mode: "optionalComputed", replaces: true, pattern: "^\\d+(\\.\\d+){3}/\\d+$" },
    id: { type: "string", mode: "computed" },
    urn: { type: "string", mode: "computed" },
    default: { type: "bool", mode: "computed" },
    created_at: { type: "string", mode: "computed" },
  },
  timeouts: ["delete"],
  readySeconds: { min: 1, median: 2, max: 5 },
  priceUsdPerHour: (): number => 0,
} as const;
