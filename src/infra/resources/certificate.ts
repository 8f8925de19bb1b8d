/** The kind `digitalocean_certificate`: TLS for load balancers. @module */
import type { AttributeValues } from "../resource-kind.js";

/** A certificate: one's own, or one from Let's Encrypt. Its id is its name. */
export const certificate = {
  type: "digitalocean_certificate",
  layer: "support",
  schemaVersion: 1,
  attributes: {
    name: { type: "string", mode: "required", replaces: true, minLength: 1 },
    type: { type: "string", mode: "optional", default: "custom", replaces: true, oneOf: ["custom", "lets_encrypt"] },
    private_key: { type: "string", mode: "optional", replaces: true, sensitive: true, minLength: 1 },
    leaf_certificate: { type: "string", mode: "optional", replaces: true, minLength: 1 },
    certificate_chain: { type: "string", mode: "optional", replaces: true, minLength: 1 },
    domains: {
      type: ["set", "string"],
      mode: "optional",
      replaces: true,
      minLength: 1,
      refersTo: ["digitalocean_domain.id", "digitalocean_domain.name"],
    },
    id: { type: "string", mode: "computed" },
    uuid: { type: "string", mode: "computed" },
    state: { type: "string", mode: "computed" },
    not_after: { type: "string", mode: "computed" },
    sha1_fingerprint: { type: "string", mode: "computed" },
  },
  readySeconds: { min: 5, median: 30, max: 120 },
  complaint: (attributes: AttributeValues): string | undefined => {
    const needed = attributes.type === "custom" ? ["private_key", "leaf_certificate"] : ["domains"];
    const missing = needed.find((name) => attributes[name] === undefined);
    return missing && `Expected ${missing} to be set, since type is ${JSON.stringify(attributes.type)}.`;
  },
  priceUsdPerHour: (): number => 0,
} as const;
