/** The kind `digitalocean_reserved_ip`: an address that outlives droplets. @module */
import { hourlyPrice } from "../catalogue/billing.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type { AttributeValues } from "../resource-kind.js";

/** A reserved IPv4 address; free while a droplet has it. */
export const reservedIp = {
  type: "digitalocean_reserved_ip",
  layer: "edge",
  schemaVersion: 0,
  attributes: {
    region: { type: "string", mode: "required", replaces: true, catalogue: "regions" },
    droplet_id: { type: "number", mode: "optional", refersTo: ["digitalocean_droplet.id"], sameRegion: true },
    ip_address: { type: "string", mode: "optionalComputed", pattern: "^\\d+(\\.\\d+){3}$" },
    id: { type: "string", mode: "computed" },
    urn: { type: "string", mode: "computed" },
  },
  readySeconds: { min: 1, median: 5, max: 15 },
  priceUsdPerHour: (attributes: AttributeValues, { prices }: Catalogue): number =>
    attributes.droplet_id === undefined ? hourlyPrice(prices.idleReservedIpUsdPerMonth) : 0,
} as const;
