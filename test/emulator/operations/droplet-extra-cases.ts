/** How operations on what belongs to droplets, on pools, snapshots and reserved addresses succeed. @module */
import { expect } from "vitest";
import type { Body, EmulatedAccount } from "../emulated-account.js";
import type { SuccessCase, SuccessCases } from "./success-case.js";

const TEMPLATE = { region: "fra1", size: "s-1vcpu-1gb", image: "ubuntu-24-04-x64", ssh_keys: [], tags: ["pool"] };
const POOL = { name: "web", config: { target_number_instances: 2 }, droplet_template: TEMPLATE };
const CONFIRMED = { "x-dangerous": "true" };

/** Makes an autoscale pool. */
export async function pool(account: EmulatedAccount): Promise<Body> {
  return (await account.ok("autoscalepools_create", { body: POOL })).autoscale_pool;
}

async function reservedIp(account: EmulatedAccount): Promise<string> {
  return (await account.ok("reservedIPs_create", { body: { region: "fra1" } })).reserved_ip.ip;
}

async function volumeSnapshot(account: EmulatedAccount): Promise<Body> {
  const params = { volume_id: (await account.volume()).id };
  return (await account.ok("volumeSnapshots_create", { params, body: { name: "kept", tags: ["old"] } })).snapshot;
}

async function snapshotted(account: EmulatedAccount): Promise<Body> {
  const droplet = await account.droplet({ backups: true, backup_policy: { plan: "daily", hour: 4 } });
  await account.ok("dropletActions_post", {
    params: { droplet_id: droplet.id },
    body: { type: "snapshot", name: "kept" },
  });
  return droplet;
}

async function destroyed(account: EmulatedAccount): Promise<{ droplet_id: number }> {
  const params = { droplet_id: (await snapshotted(account)).id };
  await account.ok("droplets_destroy_withAssociatedResourcesDangerous", { params, headers: CONFIRMED });
  return params;
}

/** Success cases of what belongs to droplets. */
export const dropletExtraCases: SuccessCases = {
  droplets_list_snapshots: async (account) =>
    account.call("droplets_list_snapshots", { params: { droplet_id: (await snapshotted(account)).id } }),
  droplets_list_backups: async (account) =>
    account.call("droplets_list_backups", { params: { droplet_id: (await snapshotted(account)).id } }),
  droplets_get_backup_policy: async (account) =>
    account.call("droplets_get_backup_policy", { params: { droplet_id: (await snapshotted(account)).id } }),
  droplets_list_backup_policies: async (account) => {
    await snapshotted(account);
    return account.call("droplets_list_backup_policies");
  },
  droplets_list_supported_backup_policies: (account) => account.call("droplets_list_supported_backup_policies"),
  droplets_list_associatedResources: async (account) =>
    account.call("droplets_list_associatedResources", { params: { droplet_id: (await snapshotted(account)).id } }),
  droplets_destroy_withAssociatedResourcesSelective: async (account) => {
    const volume = await account.volume();
    const { id } = await account.droplet({ volumes: [volume.id] });
    const params = { droplet_id: id };
    return account.call("droplets_destroy_withAssociatedResourcesSelective", {
      params,
      body: { volumes: [volume.id] },
    });
  },
  droplets_destroy_withAssociatedResourcesDangerous: async (account) => {
    const params = { droplet_id: (await snapshotted(account)).id };
    return account.call("droplets_destroy_withAssociatedResourcesDangerous", { params, headers: CONFIRMED });
  },
  droplets_get_DestroyAssociatedResourcesStatus: async (account) =>
    account.call("droplets_get_DestroyAssociatedResourcesStatus", { params: await destroyed(account) }),
  droplets_destroy_retryWithAssociatedResources: (account) => retry(account),
};

/** Success case of a second attempt, after something that was under way kept a first one from succeeding; time must stand still. */
const retry: SuccessCase = async (account) => {
  const { id } = await account.droplet();
  account.emulator.advance(100);
  await account.ok("reservedIPs_create", { body: { droplet_id: id } });
  account.emulator.advance(100);
  const volume = await account.volume();
  const attach = { params: { volume_id: volume.id }, body: { type: "attach", droplet_id: id, region: "fra1" } };
  await account.ok("volumeActions_post_byId", attach);
  account.emulator.advance(100);
  await account.ok("volumeActions_post_byId", { params: attach.params, body: { type: "resize", size_gigabytes: 20 } });
  const params = { droplet_id: id };
  await account.ok("droplets_destroy_withAssociatedResourcesDangerous", { params, headers: CONFIRMED });
  const status = await account.ok("droplets_get_DestroyAssociatedResourcesStatus", { params });
  expect([status.failures, status.resources.volumes[0].error_message]).toEqual([1, "it has a pending event"]);
  account.emulator.advance(100);
  const reply = await account.call("droplets_destroy_retryWithAssociatedResources", { params });
  expect((await account.call("droplets_get", { params })).status).toBe(404);
  return reply;
};

/** Success cases of autoscale pools. */
export const poolCases: SuccessCases = {
  autoscalepools_list: async (account) => {
    await pool(account);
    return account.call("autoscalepools_list", { query: { name: "web" } });
  },
  autoscalepools_create: (account) => account.call("autoscalepools_create", { body: POOL }),
  autoscalepools_get: async (account) =>
    account.call("autoscalepools_get", { params: { autoscale_pool_id: (await pool(account)).id } }),
  autoscalepools_update: async (account) =>
    account.call("autoscalepools_update", {
      params: { autoscale_pool_id: (await pool(account)).id },
      body: {
        ...POOL,
        config: { min_instances: 1, max_instances: 5, target_cpu_utilization: 0.6, cooldown_minutes: 5 },
      },
    }),
  autoscalepools_delete: async (account) =>
    account.call("autoscalepools_delete", { params: { autoscale_pool_id: (await pool(account)).id } }),
  autoscalepools_delete_dangerous: async (account) =>
    account.call("autoscalepools_delete_dangerous", {
      params: { autoscale_pool_id: (await pool(account)).id },
      headers: CONFIRMED,
    }),
  autoscalepools_list_members: async (account) =>
    account.call("autoscalepools_list_members", { params: { autoscale_pool_id: (await pool(account)).id } }),
  autoscalepools_list_history: async (account) =>
    account.call("autoscalepools_list_history", { params: { autoscale_pool_id: (await pool(account)).id } }),
};

/** Success cases of snapshots. */
export const snapshotCases: SuccessCases = {
  snapshots_list: async (account) => {
    await snapshotted(account);
    await volumeSnapshot(account);
    return account.call("snapshots_list");
  },
  snapshots_get: async (account) =>
    account.call("snapshots_get", { params: { snapshot_id: (await volumeSnapshot(account)).id } }),
  snapshots_delete: async (account) => {
    await snapshotted(account);
    const { snapshots } = await account.ok("snapshots_list", { query: { resource_type: "droplet" } });
    return account.call("snapshots_delete", { params: { snapshot_id: snapshots[0].id } });
  },
  volumeSnapshots_get_byId: async (account) =>
    account.call("volumeSnapshots_get_byId", { params: { snapshot_id: (await volumeSnapshot(account)).id } }),
  volumeSnapshots_delete_byId: async (account) =>
    account.call("volumeSnapshots_delete_byId", { params: { snapshot_id: (await volumeSnapshot(account)).id } }),
  volumeSnapshots_list: async (account) => {
    const { resource_id } = await volumeSnapshot(account);
    return account.call("volumeSnapshots_list", { params: { volume_id: resource_id } });
  },
  volumeSnapshots_create: async (account) =>
    account.call("volumeSnapshots_create", {
      params: { volume_id: (await account.volume()).id },
      body: { name: "kept" },
    }),
};

/** Success cases of reserved addresses. */
export const reservedIpCases: SuccessCases = {
  reservedIPs_list: async (account) => {
    await account.ok("reservedIPs_create", { body: { droplet_id: (await account.droplet()).id } });
    return account.call("reservedIPs_list");
  },
  reservedIPs_create: async (account) =>
    account.call("reservedIPs_create", { body: { droplet_id: (await account.droplet()).id } }),
  reservedIPs_get: async (account) =>
    account.call("reservedIPs_get", { params: { reserved_ip: await reservedIp(account) } }),
  reservedIPs_delete: async (account) =>
    account.call("reservedIPs_delete", { params: { reserved_ip: await reservedIp(account) } }),
  reservedIPsActions_list: async (account) =>
    account.call("reservedIPsActions_list", { params: { reserved_ip: await reservedIp(account) } }),
  reservedIPsActions_post: async (account) =>
    account.call("reservedIPsActions_post", {
      params: { reserved_ip: await reservedIp(account) },
      body: { type: "assign", droplet_id: (await account.droplet()).id },
    }),
  reservedIPsActions_get: async (account) => {
    const params = { reserved_ip: await reservedIp(account) };
    const body = { type: "assign", droplet_id: (await account.droplet()).id };
    const { action } = await account.ok("reservedIPsActions_post", { params, body });
    return account.call("reservedIPsActions_get", { params: { ...params, action_id: action.id } });
  },
};
