/** The kind `digitalocean_droplet_autoscale`: a pool of droplets that the provider scales by itself. @module */
import type { Catalogue } from "../catalogue/catalogue.js";
import type { AttributeValues } from "../resource-kind.js";

/** A droplet autoscale pool: of a fixed number, or between two numbers by utilization. Priced at its smallest number. */
export const dropletAutoscale = {
  type: "digitalocean_droplet_autoscale",
  layer: "app",
  schemaVersion: 0,
  attributes: {
    name: { type: "string", mode: "required", minLength: 1 },
    id: { type: "string", mode: "computed" },
    status: { type: "string", mode: "computed" },
    current_utilization: { type: ["list", ["object", { cpu: "number", memory: "number" }]], mode: "computed" },
    created_at: { type: "string", mode: "computed" },
    updated_at: { type: "string", mode: "computed" },
  },
  blocks: {
    config: {
      nesting: "list",
      min: 1,
      max: 1,
      attributes: {
        min_instances: { type: "number", mode: "optional", integer: true, min: 1, max: 500 },
        max_instances: { type: "number", mode: "optional", integer: true, min: 1, max: 1000 },
        target_cpu_utilization: { type: "number", mode: "optional", min: 0.05, max: 1 },
        target_memory_utilization: { type: "number", mode: "optional", min: 0.05, max: 1 },
        cooldown_minutes: { type: "number", mode: "optional", integer: true, min: 5, max: 20 },
        target_number_instances: { type: "number", mode: "optional", integer: true, min: 1, max: 1000 },
      },
    },
    droplet_template: {
      nesting: "list",
      min: 1,
      max: 1,
      attributes: {
        size: { type: "string", mode: "required", catalogue: "dropletSizes" },
        region: { type: "string", mode: "required", catalogue: "regions" },
        image: { type: "string", mode: "required", minLength: 1 },
        tags: {
          type: ["set", "string"],
          mode: "optional",
          refersTo: ["digitalocean_tag.id", "digitalocean_tag.name"],
        },
        ssh_keys: {
          type: ["set", "string"],
          mode: "required",
          refersTo: ["digitalocean_ssh_key.id", "digitalocean_ssh_key.fingerprint"],
        },
        vpc_uuid: { type: "string", mode: "optional", refersTo: ["digitalocean_vpc.id"], sameRegion: true },
        with_droplet_agent: { type: "bool", mode: "optional" },
        project_id: { type: "string", mode: "optional", refersTo: ["digitalocean_project.id"] },
        ipv6: { type: "bool", mode: "optional" },
        user_data: { type: "string", mode: "optional", maxLength: 65536 },
      },
    },
  },
  readySeconds: { min: 30, median: 35, max: 71 },
  complaint: (attributes: AttributeValues): string | undefined => {
    const { min_instances: min, max_instances: max, target_number_instances: fixed } = poolConfig(attributes);
    if (fixed !== undefined) {
      if (min === undefined && max === undefined) return undefined;
      return "Expected config to have either target_number_instances or min_instances and max_instances, got both.";
    }
    if (min === undefined || max === undefined) {
      return "Expected config to have target_number_instances, or min_instances and max_instances.";
    }
    return min > max ? `Expected config.min_instances to be at most max_instances (${max}), got ${min}.` : undefined;
  },
  priceUsdPerHour: (attributes: AttributeValues, { dropletSizes }: Catalogue): number => {
    const { size } = attributes.droplet_template as { readonly size: string };
    return smallestPool(attributes) * dropletSizes[size]!.priceUsdPerHour;
  },
  dropletCount: (attributes: AttributeValues): number => {
    const { target_number_instances: fixed, max_instances: max } = poolConfig(attributes);
    return fixed ?? max ?? 0;
  },
} as const;

interface PoolConfig {
  readonly min_instances?: number;
  readonly max_instances?: number;
  readonly target_number_instances?: number;
}

function poolConfig(attributes: AttributeValues): PoolConfig {
  return attributes.config as PoolConfig;
}

function smallestPool(attributes: AttributeValues): number {
  const { target_number_instances: fixed, min_instances: min } = poolConfig(attributes);
  return fixed ?? min ?? 0;
}
