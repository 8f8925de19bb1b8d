/** The kind `digitalocean_droplet`: a group of equal virtual machines. @module */
import type { Catalogue } from "../catalogue/catalogue.js";
import type { AttributeValues } from "../resource-kind.js";

/** A group of droplets: `count` instances of one `size`. The size is changed in place (power off, resize, power on). */
export const droplet = {
  type: "digitalocean_droplet",
  layer: "app",
  group: true,
  schemaVersion: 1,
  attributes: {
    count: { type: "number", mode: "optional", default: 1, meta: true, integer: true, min: 0, max: 500 },
    image: { type: "string", mode: "required", replaces: true, minLength: 1 },
    name: { type: "string", mode: "required", minLength: 1 },
    region: { type: "string", mode: "optionalComputed", replaces: true, catalogue: "regions" },
    size: { type: "string", mode: "required", catalogue: "dropletSizes" },
    backups: { type: "bool", mode: "optional", default: false },
    ipv6: { type: "bool", mode: "optional", default: false, replaces: "whenDisabled" },
    ipv6_address: { type: "string", mode: "optionalComputed" },
    private_networking: { type: "bool", mode: "optionalComputed" },
    ssh_keys: {
      type: ["set", "string"],
      mode: "optional",
      replaces: true,
      refersTo: ["digitalocean_ssh_key.id", "digitalocean_ssh_key.fingerprint"],
    },
    user_data: { type: "string", mode: "optional", replaces: true, minLength: 1, maxLength: 65536 },
    volume_ids: {
      type: ["set", "string"],
      mode: "optionalComputed",
      refersTo: ["digitalocean_volume.id"],
      sameRegion: true,
    },
    monitoring: { type: "bool", mode: "optional", default: false, replaces: true },
    droplet_agent: { type: "bool", mode: "optional", replaces: true },
    resize_disk: { type: "bool", mode: "optional", default: true },
    graceful_shutdown: { type: "bool", mode: "optional", default: false },
    tags: {
      type: ["set", "string"],
      mode: "optional",
      refersTo: ["digitalocean_tag.id", "digitalocean_tag.name"],
      pattern: "^[a-zA-Z0-9:\\-_]{1,255}$",
    },
    vpc_uuid: {
      type: "string",
      mode: "optionalComputed",
      replaces: true,
      refersTo: ["digitalocean_vpc.id"],
      sameRegion: true,
    },
    id: { type: "string", mode: "computed" },
    urn: { type: "string", mode: "computed" },
    disk: { type: "number", mode: "computed" },
    vcpus: { type: "number", mode: "computed" },
    memory: { type: "number", mode: "computed" },
    price_hourly: { type: "number", mode: "computed" },
    price_monthly: { type: "number", mode: "computed" },
    status: { type: "string", mode: "computed" },
    locked: { type: "bool", mode: "computed" },
    ipv4_address: { type: "string", mode: "computed" },
    ipv4_address_private: { type: "string", mode: "computed" },
    created_at: { type: "string", mode: "computed" },
  },
  blocks: {
    backup_policy: {
      nesting: "list",
      max: 1,
      attributes: {
        plan: { type: "string", mode: "optional", oneOf: ["daily", "weekly"] },
        weekday: { type: "string", mode: "optional", oneOf: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
        hour: { type: "number", mode: "optional", integer: true, min: 0, max: 20 },
      },
    },
  },
  timeouts: ["create", "update", "delete"],
  readySeconds: { min: 30, median: 35, max: 71 },
  complaint: (attributes: AttributeValues): string | undefined =>
    attributes.backup_policy !== undefined && attributes.backups !== true
      ? "Expected backups to be true, since there is a backup_policy."
      : undefined,
  priceUsdPerHour: (attributes: AttributeValues, { dropletSizes, prices }: Catalogue): number => {
    const price = dropletSizes[attributes.size as string]!.priceUsdPerHour;
    if (attributes.backups !== true) return price;
    const policy = attributes.backup_policy as { readonly plan?: string } | undefined;
    return price * (1 + (policy?.plan === "daily" ? prices.dailyBackupShare : prices.weeklyBackupShare));
  },
  dropletCount: (): number => 1,
} as const;
