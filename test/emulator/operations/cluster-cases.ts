/** How operations on Kubernetes clusters and container registries succeed. @module */
import type { Body, EmulatedAccount } from "../emulated-account.js";
import type { SuccessCase, SuccessCases } from "./success-case.js";

const POOL = { name: "workers", size: "s-2vcpu-4gb", count: 2, tags: ["worker"], labels: { tier: "web" } };
const CLUSTER = { name: "main", region: "fra1", version: "1.32.5-do.5", node_pools: [POOL] };

async function cluster(account: EmulatedAccount): Promise<{ cluster_id: string }> {
  const { kubernetes_cluster } = await account.ok("kubernetes_create_cluster", { body: CLUSTER });
  return { cluster_id: kubernetes_cluster.id };
}

async function nodePool(account: EmulatedAccount): Promise<{ cluster_id: string; node_pool_id: string }> {
  const params = await cluster(account);
  const { node_pool } = await account.ok("kubernetes_add_nodePool", { params, body: { ...POOL, name: "more" } });
  return { ...params, node_pool_id: node_pool.id };
}

async function registry(account: EmulatedAccount): Promise<{ registry_name: string }> {
  const body = { name: "own", subscription_tier_slug: "basic", region: "fra1" };
  return { registry_name: (await account.ok("registry_create", { body })).registry.name };
}

/** Success cases of clusters. */
export const clusterCases: SuccessCases = {
  kubernetes_list_clusters: async (account) => {
    await cluster(account);
    return account.call("kubernetes_list_clusters");
  },
  kubernetes_create_cluster: (account) =>
    account.call("kubernetes_create_cluster", { body: { ...CLUSTER, ha: true, auto_upgrade: true, tags: ["prod"] } }),
  kubernetes_get_cluster: async (account) => account.call("kubernetes_get_cluster", { params: await cluster(account) }),
  kubernetes_update_cluster: async (account) =>
    account.call("kubernetes_update_cluster", {
      params: await cluster(account),
      body: {
        name: "renamed",
        tags: ["new"],
        maintenance_policy: { start_time: "12:00", day: "any" },
        surge_upgrade: false,
      },
    }),
  kubernetes_delete_cluster: async (account) =>
    account.call("kubernetes_delete_cluster", { params: await cluster(account) }),
  kubernetes_list_associatedResources: async (account) =>
    account.call("kubernetes_list_associatedResources", { params: await cluster(account) }),
  kubernetes_destroy_associatedResourcesSelective: async (account) =>
    account.call("kubernetes_destroy_associatedResourcesSelective", {
      params: await cluster(account),
      body: { volumes: [] },
    }),
  kubernetes_destroy_associatedResourcesDangerous: async (account) =>
    account.call("kubernetes_destroy_associatedResourcesDangerous", { params: await cluster(account) }),
  kubernetes_get_kubeconfig: async (account) =>
    account.call("kubernetes_get_kubeconfig", { params: await cluster(account) }),
  kubernetes_get_credentials: async (account) =>
    account.call("kubernetes_get_credentials", { params: await cluster(account) }),
  kubernetes_get_availableUpgrades: async (account) =>
    account.call("kubernetes_get_availableUpgrades", { params: await cluster(account) }),
  kubernetes_upgrade_cluster: async (account) =>
    account.call("kubernetes_upgrade_cluster", { params: await cluster(account), body: { version: "1.33.1-do.4" } }),
  kubernetes_list_nodePools: async (account) =>
    account.call("kubernetes_list_nodePools", { params: await cluster(account) }),
  kubernetes_add_nodePool: async (account) =>
    account.call("kubernetes_add_nodePool", {
      params: await cluster(account),
      body: { ...POOL, name: "elastic", auto_scale: true, min_nodes: 1, max_nodes: 4 },
    }),
  kubernetes_get_nodePool: async (account) =>
    account.call("kubernetes_get_nodePool", { params: await nodePool(account) }),
  kubernetes_update_nodePool: async (account) =>
    account.call("kubernetes_update_nodePool", {
      params: await nodePool(account),
      body: { name: "renamed", count: 3 },
    }),
  kubernetes_delete_nodePool: async (account) =>
    account.call("kubernetes_delete_nodePool", { params: await nodePool(account) }),
  kubernetes_delete_node: async (account) => {
    const params = await nodePool(account);
    const { node_pool } = await account.ok("kubernetes_get_nodePool", { params });
    return account.call("kubernetes_delete_node", { params: { ...params, node_id: node_pool.nodes[0].id } });
  },
  kubernetes_recycle_node_pool: async (account) =>
    account.call("kubernetes_recycle_node_pool", { params: await nodePool(account), body: { nodes: [] } }),
  kubernetes_get_clusterUser: async (account) =>
    account.call("kubernetes_get_clusterUser", { params: await cluster(account) }),
  kubernetes_list_options: (account) => account.call("kubernetes_list_options"),
  kubernetes_run_clusterLint: async (account) =>
    account.call("kubernetes_run_clusterLint", { params: await cluster(account), body: { include_groups: ["basic"] } }),
  kubernetes_get_clusterLintResults: async (account) => {
    const params = await cluster(account);
    await account.ok("kubernetes_run_clusterLint", { params, body: {} });
    return account.call("kubernetes_get_clusterLintResults", { params });
  },
  kubernetes_add_registry: async (account) => {
    await registry(account);
    const { cluster_id } = await cluster(account);
    return account.call("kubernetes_add_registry", { body: { cluster_uuids: [cluster_id] } });
  },
  kubernetes_remove_registry: async (account) => {
    const { cluster_id } = await cluster(account);
    return account.call("kubernetes_remove_registry", { body: { cluster_uuids: [cluster_id] } });
  },
  kubernetes_add_registries: async (account) => {
    const { cluster_id } = await cluster(account);
    const { registry_name } = await registry(account);
    const body = { cluster_uuids: [cluster_id], registries: [registry_name] };
    return account.call("kubernetes_add_registries", { body });
  },
  kubernetes_remove_registries: async (account) => {
    const { cluster_id } = await cluster(account);
    return account.call("kubernetes_remove_registries", { body: { cluster_uuids: [cluster_id], registries: ["own"] } });
  },
  kubernetes_get_status_messages: async (account) =>
    account.call("kubernetes_get_status_messages", { params: await cluster(account) }),
};

/** What is done with a registry under a path with its name. */
function within(id: string, body?: Body): SuccessCase {
  return async (account) =>
    account.call(id, { params: await registry(account), ...(body === undefined ? {} : { body }) });
}

/** Garbage collections take their time, so time must not fly. */
async function collected(
  account: EmulatedAccount,
  family: string,
): Promise<{ registry_name: string; garbage_collection_uuid: string }> {
  const params = await registry(account);
  const { garbage_collection } = await account.ok(`${family}_run_garbageCollection`, { params });
  return { ...params, garbage_collection_uuid: garbage_collection.uuid };
}

function imageCases(family: "registry" | "registries"): SuccessCases {
  const image = async (account: EmulatedAccount): Promise<Body> => {
    const params = await registry(account);
    const digest = account.emulator.pushImage(params.registry_name, "team/app", "v1", 4096);
    return { ...params, repository_name: "team/app", repository_tag: "v1", manifest_digest: digest };
  };
  return {
    [`${family}_list_repositoriesV2`]: async (account) => {
      const { registry_name } = await image(account);
      return account.call(`${family}_list_repositoriesV2`, { params: { registry_name } });
    },
    [`${family}_list_repositoryTags`]: async (account) =>
      account.call(`${family}_list_repositoryTags`, { params: await image(account) }),
    [`${family}_delete_repositoryTag`]: async (account) =>
      account.call(`${family}_delete_repositoryTag`, { params: await image(account) }),
    [`${family}_list_repositoryManifests`]: async (account) =>
      account.call(`${family}_list_repositoryManifests`, { params: await image(account) }),
    [`${family}_delete_repositoryManifest`]: async (account) =>
      account.call(`${family}_delete_repositoryManifest`, { params: await image(account) }),
    [`${family}_run_garbageCollection`]: within(`${family}_run_garbageCollection`),
    [`${family}_get_garbageCollection`]: async (account) =>
      account.call(`${family}_get_garbageCollection`, { params: await collected(account, family) }),
    [`${family}_list_garbageCollections`]: async (account) =>
      account.call(`${family}_list_garbageCollections`, { params: await collected(account, family) }),
    [`${family}_update_garbageCollection`]: async (account) =>
      account.call(`${family}_update_garbageCollection`, {
        params: await collected(account, family),
        body: { cancel: true },
      }),
    ...(family === "registries"
      ? {
          registries_delete_repository: async (account) =>
            account.call("registries_delete_repository", { params: await image(account) }),
        }
      : {
          registry_list_repositories: async (account) =>
            account.call("registry_list_repositories", {
              params: { registry_name: (await image(account)).registry_name },
            }),
        }),
  } as SuccessCases;
}

/** Success cases of container registries. */
export const registryCases: SuccessCases = {
  registry_get: within("registry_get"),
  registry_create: (account) =>
    account.call("registry_create", { body: { name: "own", subscription_tier_slug: "professional", region: "fra1" } }),
  registry_delete: within("registry_delete"),
  registry_get_subscription: within("registry_get_subscription"),
  registry_update_subscription: within("registry_update_subscription", { tier_slug: "professional" }),
  registry_get_dockerCredentials: within("registry_get_dockerCredentials"),
  registry_validate_name: (account) => account.call("registry_validate_name", { body: { name: "free" } }),
  registry_get_options: (account) => account.call("registry_get_options"),
  registries_list: within("registries_list"),
  registries_create: (account) => account.call("registries_create", { body: { name: "second", region: "syd1" } }),
  registries_get: within("registries_get"),
  registries_delete: within("registries_delete"),
  registries_get_dockerCredentials: within("registries_get_dockerCredentials"),
  registries_get_subscription: within("registries_get_subscription"),
  registries_update_subscription: within("registries_update_subscription", { tier_slug: "basic" }),
  registries_get_options: (account) => account.call("registries_get_options"),
  registries_validate_name: (account) => account.call("registries_validate_name", { body: { name: "free" } }),
  ...imageCases("registry"),
  ...imageCases("registries"),
};
