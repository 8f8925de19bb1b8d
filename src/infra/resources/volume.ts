/** The kind `digitalocean_volume`: block storage. @module */
import { hourlyPrice } from "../catalogue/billing.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type { AttributeValues } from "../resource-kind.js";

/** A volume of `size` GiB. It can grow in place, but the provider refuses to make it smaller. */
export const volume = {
  type: "digitalocean_volume",
  layer: "app",
  schemaVersion: 0,
  attributes: {
    name: { type: "string", mode: "required", replaces: true, minLength: 1 },
    region: { type: "string", mode: "required", replaces: true, catalogue: "regions" },
    size: { type: "number", mode: "required", integer: true, min: 1, max: 16384 },
    description: { type: "string", mode: "optional", replaces: true, minLength: 1 },
    snapshot_id: { type: "string", mode: "optional", replaces: true, minLength: 1 },
    initial_filesystem_type: { type: "string", mode: "optional", replaces: true, oneOf: ["ext4", "xfs"] },
    initial_filesystem_label: { type: "string", mode: "optional", replaces: true, minLength: 1 },
    filesystem_type: { type: "string", mode: "optionalComputed", oneOf: ["ext4", "xfs"] },
    tags: {
      type: ["set", "string"],
      mode: "optional",
      refersTo: ["digitalocean_tag.id", "digitalocean_tag.name"],
      pattern: "^[a-zA-Z0-9:\\-_]{1,255}$",
    },
    id: { type: "string", mode: "computed" },
    urn: { type: "string", mode: "computed" },
    droplet_ids: { type: ["set", "number"], mode: "computed" },
    filesystem_label: { type: "string", mode: "computed" },
  },
  readySeconds: { min: 1, median: 3, max: 10 },
  priceUsdPerHour: (attributes: AttributeValues, { prices }: Catalogue): number =>
    (attributes.size as number) * hourlyPrice(prices.volumeGibUsdPerMonth),
} as const;
