/** The kind `digitalocean_container_registry`. @module */
import { hourlyPrice } from "../catalogue/billing.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type { AttributeValues } from "../resource-kind.js";

/** A container registry; one subscription covers all registries of an account. */
export const containerRegistry = {
  type: "digitalocean_container_registry",
  layer: "support",
  pricedOnce: true,
  schemaVersion: 0,
  attributes: {
    name: { type: "string", mode: "required", replaces: true, pattern: "^[a-z0-9-]{1,63}$" },
    subscription_tier_slug: { type: "string", mode: "required", catalogue: "registryTiers" },
    region: { type: "string", mode: "optionalComputed", replaces: true, catalogue: "regions" },
    id: { type: "string", mode: "computed" },
    endpoint: { type: "string", mode: "computed" },
    server_url: { type: "string", mode: "computed" },
    storage_usage_bytes: { type: "number", mode: "computed" },
    created_at: { type: "string", mode: "computed" },
  },
  readySeconds: { min: 1, median: 3, max: 10 },
  priceUsdPerHour: (attributes: AttributeValues, { registryTiers }: Catalogue): number =>
    hourlyPrice(registryTiers[attributes.subscription_tier_slug as string]!.priceUsdPerMonth),
} as const;
