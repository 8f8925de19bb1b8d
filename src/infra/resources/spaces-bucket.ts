/** The kind `digitalocean_spaces_bucket`: object storage. @module */
import { hourlyPrice } from "../catalogue/billing.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type { AttributeValues } from "../resource-kind.js";

/** A bucket; one subscription covers all buckets of an account. Its id is its name. */
export const spacesBucket = {
  type: "digitalocean_spaces_bucket",
  layer: "support",
  pricedOnce: true,
  schemaVersion: 0,
  attributes: {
    name: { type: "string", mode: "required", pattern: "^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$" },
    region: { type: "string", mode: "optional", default: "nyc3", replaces: true, catalogue: "regions" },
    acl: { type: "string", mode: "optional", default: "private", oneOf: ["private", "public-read"] },
    force_destroy: { type: "bool", mode: "optional", default: false },
    id: { type: "string", mode: "computed" },
    urn: { type: "string", mode: "computed" },
    bucket_domain_name: { type: "string", mode: "computed" },
    endpoint: { type: "string", mode: "computed" },
  },
  blocks: {
    versioning: {
      nesting: "list",
      max: 1,
      attributes: { enabled: { type: "bool", mode: "optional", default: false } },
    },
    cors_rule: {
      nesting: "list",
      attributes: {
        allowed_methods: { type: ["list", "string"], mode: "required" },
        allowed_origins: { type: ["list", "string"], mode: "required" },
        allowed_headers: { type: ["list", "string"], mode: "optional" },
        max_age_seconds: { type: "number", mode: "optional", integer: true, min: 0 },
      },
    },
    lifecycle_rule: {
      nesting: "list",
      attributes: {
        id: { type: "string", mode: "optionalComputed", maxLength: 255 },
        prefix: { type: "string", mode: "optional" },
        enabled: { type: "bool", mode: "required" },
        abort_incomplete_multipart_upload_days: { type: "number", mode: "optional", integer: true, min: 0 },
      },
      blocks: {
        expiration: {
          nesting: "set",
          max: 1,
          attributes: {
            date: { type: "string", mode: "optional", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
            days: { type: "number", mode: "optional", integer: true, min: 0 },
            expired_object_delete_marker: { type: "bool", mode: "optional" },
          },
        },
        noncurrent_version_expiration: {
          nesting: "set",
          max: 1,
          attributes: { days: { type: "number", mode: "optional", integer: true, min: 1 } },
        },
      },
    },
  },
  readySeconds: { min: 1, median: 5, max: 30 },
  priceUsdPerHour: (_: AttributeValues, { prices }: Catalogue): number => hourlyPrice(prices.spacesUsdPerMonth),
} as const;
