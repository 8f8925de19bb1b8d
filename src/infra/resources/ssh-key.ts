/** The kind `digitalocean_ssh_key`. @module */

/** A public key that droplets let in. */
export const sshKey = {
  type: "digitalocean_ssh_key",
  layer: "core",
  schemaVersion: 0,
  attributes: {
    name: { type: "string", mode: "required", minLength: 1 },
    public_key: { type: "string", mode: "required", replaces: true, minLength: 1 },
    id: { type: "string", mode: "computed" },
    fingerprint: { type: "string", mode: "computed" },
  },
  timeouts: ["create"],
  readySeconds: { min: 1, median: 1, max: 3 },
  priceUsdPerHour: (): number => 0,
} as const;
