/** Node pools of Kubernetes clusters by the API. @module */
import type { ApiClient, Json } from "../api/api-client.js";
import type { KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";
import { isPoolRunning, nodePoolBody, nodePoolValues } from "./node-pools.js";

/** `/v2/kubernetes/clusters/{cluster}/node_pools` */
export const kubernetesNodePoolApi: KindApi = {
  affects: { node_count: ["actual_node_count", "nodes"] },
  create: async (wanted, api) => {
    const { node_pool } = await api.post(poolsOf(wanted), nodePoolBody(wanted));
    return poolValues(node_pool as Json, wanted);
  },
  read: readPool,
  isReady: isPoolRunning,
  update: async ({ id, cluster_id }, wanted, api) => {
    const { size: _, ...body } = nodePoolBody(wanted);
    await api.put(`${poolsOf({ cluster_id: cluster_id! })}/${id}`, { tags: [], labels: {}, taints: [], ...body });
  },
  remove: ({ id, cluster_id }, api) => api.delete(`${poolsOf({ cluster_id: cluster_id! })}/${id}`),
  removesSlowly: true,
  identity: {
    by: ["name"],
    isLabelled: true,
    within: "cluster_id",
    list: async (wanted, api) =>
      (await api.list(poolsOf(wanted), "node_pools")).map((pool) => poolValues(pool, wanted)),
  },
};

function poolsOf({ cluster_id }: PlainValues): string {
  return `/v2/kubernetes/clusters/${cluster_id}/node_pools`;
}

async function readPool(state: PlainValues, api: ApiClient): Promise<PlainValues | undefined> {
  if (state.cluster_id === undefined) return findPool(state, api);
  const found = await api.find(`${poolsOf(state)}/${state.id}`);
  return found && poolValues(found.node_pool as Json, state);
}

/** An import knows the pool's id alone. */
async function findPool(state: PlainValues, api: ApiClient): Promise<PlainValues | undefined> {
  for (const cluster of await api.list("/v2/kubernetes/clusters", "kubernetes_clusters")) {
    const pools = (cluster.node_pools ?? []) as readonly Json[];
    const pool = pools.find(({ id }) => id === state.id);
    if (pool !== undefined) return poolValues(pool, { cluster_id: cluster.id as string });
  }
  return undefined;
}

function poolValues(pool: Json, state: PlainValues): PlainValues {
  return { ...nodePoolValues(pool, state), cluster_id: state.cluster_id! };
}
