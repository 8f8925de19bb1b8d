/** The kind `digitalocean_database_cluster`: a managed database. @module */
import { hourlyPrice } from "../catalogue/billing.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type { AttributeValues } from "../resource-kind.js";

/** A managed database of `node_count` nodes of one `size`: a primary and its standbys. Size and count are changed in place. */
export const databaseCluster = {
  type: "digitalocean_database_cluster",
  layer: "app",
  schemaVersion: 0,
  attributes: {
    name: { type: "string", mode: "required", replaces: true, minLength: 1 },
    engine: {
      type: "string",
      mode: "required",
      replaces: true,
      oneOf: ["pg", "mysql", "redis", "valkey", "mongodb", "kafka", "opensearch"],
    },
    version: { type: "string", mode: "optional", minLength: 1 },
    size: { type: "string", mode: "required", catalogue: "databaseSizes" },
    region: { type: "string", mode: "required", catalogue: "regions" },
    node_count: { type: "number", mode: "required", integer: true, min: 1, max: 15 },
    storage_size_mib: { type: "string", mode: "optionalComputed", pattern: "^\\d+$" },
    private_network_uuid: {
      type: "string",
      mode: "optionalComputed",
      replaces: true,
      refersTo: ["digitalocean_vpc.id"],
      sameRegion: true,
    },
    project_id: { type: "string", mode: "optionalComputed", replaces: true, refersTo: ["digitalocean_project.id"] },
    eviction_policy: { type: "string", mode: "optional", minLength: 1 },
    sql_mode: { type: "string", mode: "optional" },
    tags: {
      type: ["set", "string"],
      mode: "optional",
      refersTo: ["digitalocean_tag.id", "digitalocean_tag.name"],
      pattern: "^[a-zA-Z0-9:\\-_]{1,255}$",
    },
    id: { type: "string", mode: "computed" },
    urn: { type: "string", mode: "computed" },
    host: { type: "string", mode: "computed" },
    private_host: { type: "string", mode: "computed" },
    port: { type: "number", mode: "computed" },
    uri: { type: "string", mode: "computed", sensitive: true },
    private_uri: { type: "string", mode: "computed", sensitive: true },
    database: { type: "string", mode: "computed" },
    user: { type: "string", mode: "computed" },
    password: { type: "string", mode: "computed", sensitive: true },
    ui_host: { type: "string", mode: "computed" },
    ui_port: { type: "number", mode: "computed" },
    ui_uri: { type: "string", mode: "computed", sensitive: true },
    ui_database: { type: "string", mode: "computed" },
    ui_user: { type: "string", mode: "computed" },
    ui_password: { type: "string", mode: "computed", sensitive: true },
    metrics_endpoints: { type: ["list", "string"], mode: "computed" },
  },
  blocks: {
    maintenance_window: {
      nesting: "list",
      attributes: {
        day: {
          type: "string",
          mode: "required",
          pattern: "^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$",
        },
        hour: { type: "string", mode: "required", pattern: "^\\d{1,2}:\\d{2}(?::\\d{2})?$" },
      },
    },
    backup_restore: {
      nesting: "list",
      max: 1,
      attributes: {
        database_name: { type: "string", mode: "required", minLength: 1 },
        backup_created_at: { type: "string", mode: "optional" },
      },
    },
  },
  timeouts: ["create"],
  readySeconds: { min: 163, median: 240, max: 323 },
  complaint: (attributes: AttributeValues): string | undefined => {
    if (attributes.version === undefined) return 'Expected version to be set, such as "17" for engine "pg".';
    if (attributes.sql_mode !== undefined && attributes.engine !== "mysql") {
      return "Expected sql_mode to be left out: only MySQL knows it.";
    }
    return undefined;
  },
  priceUsdPerHour: (attributes: AttributeValues, { databaseSizes, prices }: Catalogue): number => {
    const size = databaseSizes[attributes.size as string]!;
    const storageMib = Number(attributes.storage_size_mib ?? 0);
    const extraGib = Math.max(0, storageMib / 1024 - size.diskBytes / 1024 ** 3);
    const storage = extraGib * hourlyPrice(prices.databaseStorageGibUsdPerMonth);
    return (attributes.node_count as number) * (size.priceUsdPerHour + storage);
  },
} as const;
