/** The kind `digitalocean_kubernetes_node_pool`: further nodes of a cluster. @module */
import type { Catalogue } from "../catalogue/catalogue.js";
import type { AttributeValues } from "../resource-kind.js";

/** A pool of nodes: of a fixed number, or scaled by the cluster between two numbers. Priced at its smallest number. */
export const kubernetesNodePool = {
  type: "digitalocean_kubernetes_node_pool",
  layer: "app",
  schemaVersion: 0,
  attributes: {
    cluster_id: {
      type: "string",
      mode: "required",
      replaces: true,
      minLength: 1,
      refersTo: ["digitalocean_kubernetes_cluster.id"],
    },
    name: { type: "string", mode: "required", minLength: 1 },
    size: { type: "string", mode: "required", replaces: true, catalogue: "dropletSizes" },
    node_count: { type: "number", mode: "optional", integer: true, min: 0, max: 1000 },
    auto_scale: { type: "bool", mode: "optional", default: false },
    min_nodes: { type: "number", mode: "optional", integer: true, min: 0, max: 1000 },
    max_nodes: { type: "number", mode: "optional", integer: true, min: 1, max: 1000 },
    tags: {
      type: ["set", "string"],
      mode: "optional",
      refersTo: ["digitalocean_tag.id", "digitalocean_tag.name"],
      pattern: "^[a-zA-Z0-9:\\-_]{1,255}$",
    },
    labels: { type: ["map", "string"], mode: "optional" },
    id: { type: "string", mode: "computed" },
    actual_node_count: { type: "number", mode: "computed" },
    nodes: {
      type: [
        "list",
        [
          "object",
          {
            id: "string",
            name: "string",
            status: "string",
            droplet_id: "string",
            created_at: "string",
            updated_at: "string",
          },
        ],
      ],
      mode: "computed",
    },
  },
  blocks: {
    taint: {
      nesting: "set",
      attributes: {
        key: { type: "string", mode: "required" },
        value: { type: "string", mode: "required" },
        effect: { type: "string", mode: "required", oneOf: ["NoSchedule", "PreferNoSchedule", "NoExecute"] },
      },
    },
  },
  timeouts: ["create", "delete"],
  readySeconds: { min: 60, median: 90, max: 180 },
  complaint: (attributes: AttributeValues): string | undefined => nodePoolComplaint(attributes, ""),
  priceUsdPerHour: (attributes: AttributeValues, catalogue: Catalogue): number => nodePoolPrice(attributes, catalogue),
  dropletCount: (attributes: AttributeValues): number => nodePoolNodes(attributes).most,
} as const;

/** Fewest and most nodes of a pool. */
export function nodePoolNodes(pool: AttributeValues): { readonly fewest: number; readonly most: number } {
  const count = (pool.node_count as number | undefined) ?? 1;
  if (pool.auto_scale !== true) return { fewest: count, most: count };
  return { fewest: (pool.min_nodes as number | undefined) ?? 1, most: (pool.max_nodes as number | undefined) ?? count };
}

/** Price of the fewest nodes of a pool. Unit: USD per hour. */
export function nodePoolPrice(pool: AttributeValues, { dropletSizes }: Catalogue): number {
  return nodePoolNodes(pool).fewest * dropletSizes[pool.size as string]!.priceUsdPerHour;
}

/** What is wrong with the numbers of a pool, or undefined. */
export function nodePoolComplaint(pool: AttributeValues, prefix: string): string | undefined {
  const { auto_scale: scaled, min_nodes: min, max_nodes: max, node_count: count } = pool;
  if (scaled !== true) {
    return count === undefined ? `Expected ${prefix}node_count to be set, since auto_scale is false.` : undefined;
  }
  if (min === undefined || max === undefined) {
    return `Expected ${prefix}min_nodes and ${prefix}max_nodes to be set, since auto_scale is true.`;
  }
  return min > max ? `Expected ${prefix}min_nodes to be at most max_nodes (${max}), got ${min}.` : undefined;
}
