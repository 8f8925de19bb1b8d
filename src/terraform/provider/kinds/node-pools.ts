/** Node pools in the words of the API and of the provider. @module */
import type { Json } from "../api/api-client.js";
import { attributesOf, bodyOf } from "../kind-api.js";
import type { PlainValue, PlainValues } from "../plain-values.js";

/** The body that makes or changes a pool. */
export function nodePoolBody(wanted: PlainValues): Record<string, unknown> {
  const isScaled = wanted.auto_scale === true;
  return {
    ...bodyOf(wanted, ["name", "size", "tags", "labels", "auto_scale", ["node_count", "count"], ["taint", "taints"]]),
    ...(isScaled && bodyOf(wanted, ["min_nodes", "max_nodes"])),
    ...(isScaled && wanted.node_count === undefined && { count: wanted.min_nodes }),
  };
}

/**
 * The attributes of a pool.
 *
 * @param asked - What is known of it. The number of nodes is shown only where one was asked for: otherwise the pool has its own.
 */
export function nodePoolValues(pool: Json, asked: PlainValues): PlainValues {
  const isScaled = pool.auto_scale === true;
  const count = isScaled ? asked.node_count : (pool.count as number);
  const nodes = (pool.nodes ?? []) as readonly Json[];
  return {
    ...attributesOf(pool, ["id", "name", "size", "labels", "auto_scale"]),
    tags: ownTags(pool.tags),
    ...(count !== undefined && { node_count: count }),
    ...(isScaled ? attributesOf(pool, ["min_nodes", "max_nodes"]) : { min_nodes: null, max_nodes: null }),
    actual_node_count: pool.count as number,
    nodes: nodes.map((node) => ({
      ...attributesOf(node, ["id", "name", "droplet_id", "created_at", "updated_at"]),
      status: (node.status as { readonly state?: string } | undefined)?.state ?? "",
    })),
    taint: ((pool.taints ?? []) as readonly Json[]).map((taint) => attributesOf(taint, ["key", "value", "effect"])),
  };
}

/** Whether all nodes of a pool run. */
export function isPoolRunning({ nodes }: PlainValues): boolean {
  return ((nodes ?? []) as readonly PlainValues[]).every(({ status }) => status === "running");
}

/** The tags that were asked for: Kubernetes adds some of its own. */
export function ownTags(tags: unknown): PlainValue {
  return ((tags ?? []) as readonly string[]).filter((tag) => tag !== "k8s" && !tag.startsWith("k8s:"));
}
