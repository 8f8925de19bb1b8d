/** The errors that the API description names, beyond 401, 404, 429 and 500: each where it says. */
import { describe, expect, it } from "vitest";
import { operationsInScope } from "../../src/emulator/index.js";
import { EmulatedAccount, type Reply } from "./emulated-account.js";
import { described, hasDescription } from "./referee.js";

type Case = (account: EmulatedAccount) => Promise<Reply>;

const FIREWALL = {
  name: "outer",
  inbound_rules: [{ protocol: "tcp", ports: "22", sources: { addresses: ["0.0.0.0/0"] } }],
};
const WRONG_RULES = { inbound_rules: [{ protocol: "gre", ports: "22", sources: { addresses: ["0.0.0.0/0"] } }] };

/** Does something with a firewall that is there. */
function onFirewall(id: string, body: object): Case {
  return async (account) => {
    const { firewall } = await account.ok("firewalls_create", { body: FIREWALL });
    return account.call(id, { params: { firewall_id: firewall.id }, body });
  };
}

/** Does something with an uploaded image. */
function onImage(id: string): Case {
  return async (account) => {
    const body = { name: "mine", url: "http://example.com/x.iso", region: "fra1" };
    const { image } = await account.ok("images_create_custom", { body });
    return account.call(id, { params: { image_id: image.id }, body: {} });
  };
}

/** Asks within a registry for a page that is none. */
function onRegistry(id: string): Case {
  return async (account) => {
    const body = { name: "own", subscription_tier_slug: "basic" };
    await account.ok("registry_create", { body });
    return account.call(id, { params: { registry_name: "own" }, query: { page: "none" } });
  };
}

const twoRegistries: (id: string, body?: object) => Case = (id, body) => async (account) => {
  for (const name of ["one", "two"])
    await account.ok("registries_create", { body: { name, subscription_tier_slug: "professional" } });
  return account.call(id, body === undefined ? {} : { body });
};

/** Does something with a database cluster. */
function onDatabase(id: string, body: object): Case {
  return async (account) => {
    const cluster = { name: "data", engine: "pg", size: "db-s-1vcpu-1gb", num_nodes: 1, region: "fra1" };
    const { database } = await account.ok("databases_create_cluster", { body: cluster });
    return account.call(id, { params: { database_cluster_uuid: database.id }, body });
  };
}

async function takenName(account: EmulatedAccount, id: string): Promise<Reply> {
  await account.ok("registry_create", { body: { name: "own", subscription_tier_slug: "basic" } });
  return account.call(id, { body: { name: "own" } });
}

async function spacesKey(account: EmulatedAccount, id: string): Promise<Reply> {
  const { key } = await account.ok("spacesKey_create", { body: { name: "app", grants: [] } });
  const grants = [{ bucket: "assets", permission: "everything" }];
  return account.call(id, { params: { access_key: key.access_key }, body: { name: "app", grants } });
}

/** `operation status`, and how it comes about. */
const cases: Readonly<Record<string, Case>> = {
  "images_post_account_transfer_create 400": onImage("images_post_account_transfer_create"),
  "images_post_account_transfer_accept 400": onImage("images_post_account_transfer_accept"),
  "images_post_account_transfer_cancel 400": onImage("images_post_account_transfer_cancel"),
  "images_post_account_transfer_decline 400": onImage("images_post_account_transfer_decline"),
  "droplets_destroy_retryWithAssociatedResources 409": async (account) => {
    const params = { droplet_id: (await account.droplet()).id };
    const headers = { "x-dangerous": "true" };
    await account.ok("droplets_destroy_withAssociatedResourcesDangerous", { params, headers });
    return account.call("droplets_destroy_retryWithAssociatedResources", { params });
  },
  "volumes_create 400": (account) =>
    account.call("volumes_create", { body: { name: "Data!", size_gigabytes: 10, region: "fra1" } }),
  "volumeSnapshots_create 400": async (account) =>
    account.call("volumeSnapshots_create", { params: { volume_id: (await account.volume()).id }, body: {} }),
  "snapshots_get 400": (account) => account.call("snapshots_get", { params: { snapshot_id: "not an id" } }),
  "snapshots_delete 400": (account) => account.call("snapshots_delete", { params: { snapshot_id: "not an id" } }),
  "tags_create 400": (account) => account.call("tags_create", { body: { name: "not good" } }),
  "projects_delete 412": async (account) => {
    const { project } = await account.ok("projects_create", { body: { name: "shop", purpose: "Service or API" } });
    const params = { project_id: project.id };
    const body = { resources: [`do:droplet:${(await account.droplet()).id}`] };
    await account.ok("projects_assign_resources", { params, body });
    return account.call("projects_delete", { params });
  },
  "firewalls_create 400": (account) => account.call("firewalls_create", { body: { name: "outer" } }),
  "firewalls_update 400": onFirewall("firewalls_update", { ...FIREWALL, name: "?" }),
  "firewalls_assign_droplets 400": onFirewall("firewalls_assign_droplets", { droplet_ids: [1] }),
  "firewalls_delete_droplets 400": onFirewall("firewalls_delete_droplets", { droplet_ids: ["one"] }),
  "firewalls_add_tags 400": onFirewall("firewalls_add_tags", { tags: ["not good"] }),
  "firewalls_delete_tags 400": onFirewall("firewalls_delete_tags", { tags: "web" }),
  "firewalls_add_rules 400": onFirewall("firewalls_add_rules", WRONG_RULES),
  "firewalls_delete_rules 400": onFirewall("firewalls_delete_rules", WRONG_RULES),
  "spacesKey_create 400": (account) => account.call("spacesKey_create", { body: {} }),
  "spacesKey_update 400": (account) => spacesKey(account, "spacesKey_update"),
  "spacesKey_patch 400": (account) => spacesKey(account, "spacesKey_patch"),
  "databases_update_do_settings 400": onDatabase("databases_update_do_settings", { do_settings: 7 }),
  "databases_update_do_settings 422": onDatabase("databases_update_do_settings", {
    do_settings: { service_cnames: ["?"] },
  }),
  "databases_update_autoscale 422": onDatabase("databases_update_autoscale", {
    storage: { enabled: true, threshold_percent: 99 },
  }),
  "registry_get 412": twoRegistries("registry_get"),
  "registry_delete 412": twoRegistries("registry_delete"),
  "registry_update_subscription 412": twoRegistries("registry_update_subscription", { tier_slug: "starter" }),
  "registry_validate_name 409": (account) => takenName(account, "registry_validate_name"),
  "registries_validate_name 409": (account) => takenName(account, "registries_validate_name"),
  "registry_list_repositoriesV2 400": onRegistry("registry_list_repositoriesV2"),
  "registries_list_repositoriesV2 400": onRegistry("registries_list_repositoriesV2"),
};

/** Tested for all operations alike, or by injected faults. */
const ELSEWHERE = ["401", "404", "429", "500", "default"];

describe.skipIf(!hasDescription)("the errors of the API description", () => {
  it("are all tested", () => {
    const named = operationsInScope().flatMap(({ id }) =>
      Object.keys(described(id)!.operation.responses)
        .filter((status) => !status.startsWith("2") && !ELSEWHERE.includes(status))
        .map((status) => `${id} ${status}`),
    );
    expect(Object.keys(cases).sort()).toEqual(named.sort());
  });

  it.each(Object.entries(cases))("come where they are named: %s", async (name, run) => {
    const account = await EmulatedAccount.open();
    const { status } = await run(account);
    expect(`${name.split(" ")[0]} ${status}`).toBe(name);
  });
});
