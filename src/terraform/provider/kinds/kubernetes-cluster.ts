/** Kubernetes clusters by the API. @module */
import type { ApiClient, Json } from "../api/api-client.js";
import { attributesOf, bodyOf, differs, type FieldNames, type KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";
import { nodePoolBody, nodePoolValues, ownTags } from "./node-pools.js";

const CLUSTERS = "/v2/kubernetes/clusters";

/** `/v2/kubernetes/clusters` */
export const kubernetesClusterApi: KindApi = {
  affects: { version: ["updated_at"], ha: ["endpoint"] },
  implied: { auto_upgrade: false },
  create: async (wanted, api) => {
    const fields = ["region", "version", "vpc_uuid", "cluster_subnet", "service_subnet"];
    const body = { ...bodyOf(wanted, fields), ...changeable(wanted) };
    const pool = nodePoolBody(wanted.node_pool as PlainValues);
    return clusterValues(
      (await api.post(CLUSTERS, { ...body, node_pools: [pool] })).kubernetes_cluster as Json,
      wanted,
    );
  },
  read: readCluster,
  // The answer to the request that made it has no credentials.
  isReady: ({ status, kube_config }) => status === "running" && kube_config !== undefined,
  finish: async ({ id }, wanted, api) => {
    if (wanted.registry_integration === true) await integrate(id as string, true, api);
  },
  update: updateCluster,
  remove: ({ id, destroy_all_associated_resources }, api) =>
    destroy_all_associated_resources === true
      ? api.delete(`${CLUSTERS}/${id}/destroy_with_associated_resources/dangerous`, {
          headers: { "X-Dangerous": "true" },
        })
      : api.delete(`${CLUSTERS}/${id}`),
  removesSlowly: true,
  identity: {
    by: ["name", "region"],
    isLabelled: true,
    list: async (wanted, api) =>
      (await api.list(CLUSTERS, "kubernetes_clusters")).map((cluster) => clusterValues(cluster, wanted)),
  },
};

const BLOCKS: FieldNames = [
  "control_plane_firewall",
  "routing_agent",
  "amd_gpu_device_plugin",
  "amd_gpu_device_metrics_exporter_plugin",
];

/** What a request that changes a cluster may say, too. */
function changeable(wanted: PlainValues): object {
  const { cluster_autoscaler_configuration: autoscaler, maintenance_policy: policy } = wanted;
  const [first] = (autoscaler ?? []) as readonly PlainValues[];
  return {
    ...bodyOf(wanted, ["name", "tags", "auto_upgrade", "surge_upgrade", "ha", ...BLOCKS]),
    ...(policy !== undefined && { maintenance_policy: bodyOf(policy as PlainValues, ["day", "start_time"]) }),
    ...(first !== undefined && { cluster_autoscaler_configuration: first }),
  };
}

async function updateCluster(prior: PlainValues, wanted: PlainValues, api: ApiClient): Promise<void> {
  const path = `${CLUSTERS}/${prior.id}`;
  await api.put(path, { tags: [], ...changeable(wanted) });
  if (differs(prior, wanted, "node_pool")) {
    const { size: _, ...body } = nodePoolBody(wanted.node_pool as PlainValues);
    const { id } = prior.node_pool as PlainValues;
    await api.put(`${path}/node_pools/${id}`, { tags: [], labels: {}, taints: [], ...body });
  }
  if (differs(prior, wanted, "version")) await api.post(`${path}/upgrade`, { version: wanted.version });
  if (differs(prior, wanted, "registry_integration")) {
    await integrate(String(prior.id), wanted.registry_integration === true, api);
  }
}

async function integrate(id: string, isWanted: boolean, api: ApiClient): Promise<void> {
  const body = { cluster_uuids: [id] };
  if (isWanted) await api.post("/v2/kubernetes/registry", body);
  else await api.delete("/v2/kubernetes/registry", { body });
}

async function readCluster(state: PlainValues, api: ApiClient): Promise<PlainValues | undefined> {
  const found = await api.find(`${CLUSTERS}/${state.id}`);
  if (found === undefined) return undefined;
  const values = clusterValues(found.kubernetes_cluster as Json, state);
  const known = (state.kube_config ?? []) as readonly PlainValues[];
  // Every look at the credentials makes new ones.
  if (known.length > 0) return { ...values, kube_config: known };
  if (values.status !== "running") return values;
  return { ...values, kube_config: [await kubeConfig(String(state.id), api)] };
}

async function kubeConfig(id: string, api: ApiClient): Promise<PlainValues> {
  const credentials = await api.get(`${CLUSTERS}/${id}/credentials`);
  const { text = "" } = await api.get(`${CLUSTERS}/${id}/kubeconfig`);
  return {
    ...attributesOf(credentials, ["token", "expires_at", ["host", "server"]]),
    ...attributesOf(credentials, [
      ["cluster_ca_certificate", "certificate_authority_data"],
      ["client_key", "client_key_data"],
      ["client_certificate", "client_certificate_data"],
    ]),
    raw_config: text as string,
  };
}

function clusterValues(cluster: Json, asked: PlainValues): PlainValues {
  const pools = (cluster.node_pools ?? []) as readonly Json[];
  const askedPool = (asked.node_pool ?? {}) as PlainValues;
  const pool = pools.find(({ id }) => id === askedPool.id) ?? pools[0]!;
  const fields = ["id", "name", "region", "version", "ha", "auto_upgrade", "surge_upgrade", "vpc_uuid"];
  const autoscaler = cluster.cluster_autoscaler_configuration as PlainValues | null | undefined;
  return {
    ...attributesOf(cluster, [...fields, "cluster_subnet", "service_subnet", "endpoint", "created_at", "updated_at"]),
    ...attributesOf(cluster, [
      ["ipv4_address", "ipv4"],
      ["registry_integration", "registry_enabled"],
    ]),
    ...attributesOf(cluster, ["maintenance_policy", ...BLOCKS]),
    urn: `do:kubernetes:${cluster.id}`,
    tags: ownTags(cluster.tags),
    status: (cluster.status as { readonly state: string }).state,
    node_pool: nodePoolValues(pool, askedPool),
    ...(asked.cluster_autoscaler_configuration !== undefined &&
      autoscaler !== undefined && { cluster_autoscaler_configuration: autoscaler === null ? [] : [autoscaler] }),
  };
}
