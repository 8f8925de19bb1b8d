/** How operations on droplets, images and volumes succeed. @module */
import type { EmulatedAccount } from "../emulated-account.js";
import type { SuccessCases } from "./success-case.js";

const PUBLIC_KEY =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJmPdyQxuWdQUqfFhtXnkbHXSzQ9JXhaFPYYrxo0yBVd tester@example.com";

async function sshKey(account: EmulatedAccount): Promise<number> {
  const { ssh_key } = await account.ok("sshKeys_create", { body: { name: "mine", public_key: PUBLIC_KEY } });
  return ssh_key.id;
}

async function customImage(account: EmulatedAccount): Promise<number> {
  const { image } = await account.ok("images_create_custom", {
    body: {
      name: "mine",
      url: "http://example.com/image.img.gz",
      region: "fra1",
      distribution: "Ubuntu",
      tags: ["own"],
    },
  });
  return image.id;
}

async function actionOn(account: EmulatedAccount, id: number): Promise<number> {
  const { action } = await account.ok("dropletActions_post", { params: { droplet_id: id }, body: { type: "reboot" } });
  return action.id;
}

/** Success cases of account, regions, sizes, keys, images. */
export const imageCases: SuccessCases = {
  account_get: (account) => account.call("account_get"),
  regions_list: (account) => account.call("regions_list"),
  sizes_list: (account) => account.call("sizes_list", { query: { per_page: 200 } }),
  images_list: (account) => account.call("images_list", { query: { type: "distribution" } }),
  images_create_custom: (account) =>
    account.call("images_create_custom", { body: { name: "x", url: "http://example.com/x.iso", region: "nyc3" } }),
  images_get: (account) => account.call("images_get", { params: { image_id: "ubuntu-24-04-x64" } }),
  images_update: async (account) =>
    account.call("images_update", { params: { image_id: await customImage(account) }, body: { name: "renamed" } }),
  images_delete: async (account) => account.call("images_delete", { params: { image_id: await customImage(account) } }),
  images_post_account_transfer_create: async (account) =>
    account.call("images_post_account_transfer_create", {
      params: { image_id: await customImage(account) },
      body: { recipient_email: "other@example.com" },
    }),
  images_post_account_transfer_accept: async (account) => {
    const image = await customImage(account);
    const body = { transfer_id: image, recipient_uuid: "00000000-0000-4000-8000-000000000009" };
    return account.call("images_post_account_transfer_accept", { params: { image_id: image }, body });
  },
  images_post_account_transfer_cancel: async (account) => {
    const image = await customImage(account);
    return account.call("images_post_account_transfer_cancel", {
      params: { image_id: image },
      body: { transfer_id: image },
    });
  },
  images_post_account_transfer_decline: async (account) => {
    const image = await customImage(account);
    return account.call("images_post_account_transfer_decline", {
      params: { image_id: image },
      body: { transfer_id: image },
    });
  },
  imageActions_list: async (account) =>
    account.call("imageActions_list", { params: { image_id: await customImage(account) } }),
  imageActions_post: async (account) =>
    account.call("imageActions_post", {
      params: { image_id: await customImage(account) },
      body: { type: "transfer", region: "nyc3" },
    }),
  imageActions_get: async (account) => {
    const image = await customImage(account);
    const action = await account.ok("imageActions_post", { params: { image_id: image }, body: { type: "convert" } });
    return account.call("imageActions_get", { params: { image_id: image, action_id: action.id } });
  },
  sshKeys_list: async (account) => {
    await sshKey(account);
    return account.call("sshKeys_list");
  },
  sshKeys_create: (account) => account.call("sshKeys_create", { body: { name: "mine", public_key: PUBLIC_KEY } }),
  sshKeys_get: async (account) =>
    account.call("sshKeys_get", { params: { ssh_key_identifier: await sshKey(account) } }),
  sshKeys_update: async (account) =>
    account.call("sshKeys_update", {
      params: { ssh_key_identifier: await sshKey(account) },
      body: { name: "renamed" },
    }),
  sshKeys_delete: async (account) =>
    account.call("sshKeys_delete", { params: { ssh_key_identifier: await sshKey(account) } }),
};

/** Success cases of droplets and their actions. */
export const dropletCases: SuccessCases = {
  droplets_list: async (account) => {
    await account.droplet({ tags: ["web"], ipv6: true, backups: true });
    return account.call("droplets_list", { query: { tag_name: "web" } });
  },
  droplets_create: async (account) => {
    const key = await sshKey(account);
    const volume = await account.volume();
    const body = { size: "s-2vcpu-4gb", image: "debian-12-x64", region: "fra1", ssh_keys: [key], volumes: [volume.id] };
    return account.call("droplets_create", {
      body: { names: ["a"], ...body, user_data: "#!/bin/sh", monitoring: true },
    });
  },
  droplets_destroy_byTag: async (account) => {
    await account.droplet({ tags: ["old"] });
    return account.call("droplets_destroy_byTag", { query: { tag_name: "old" } });
  },
  droplets_get: async (account) =>
    account.call("droplets_get", { params: { droplet_id: (await account.droplet()).id } }),
  droplets_destroy: async (account) =>
    account.call("droplets_destroy", { params: { droplet_id: (await account.droplet()).id } }),
  droplets_list_kernels: async (account) =>
    account.call("droplets_list_kernels", { params: { droplet_id: (await account.droplet()).id } }),
  droplets_list_firewalls: async (account) => {
    const { id } = await account.droplet();
    await account.ok("firewalls_create", {
      body: {
        name: "outer",
        droplet_ids: [id],
        inbound_rules: [{ protocol: "tcp", ports: "22", sources: { addresses: ["0.0.0.0/0"] } }],
      },
    });
    return account.call("droplets_list_firewalls", { params: { droplet_id: id } });
  },
  droplets_list_neighbors: async (account) =>
    account.call("droplets_list_neighbors", { params: { droplet_id: (await account.droplet()).id } }),
  droplets_list_neighborsIds: (account) => account.call("droplets_list_neighborsIds"),
  dropletActions_list: async (account) => {
    const { id } = await account.droplet();
    await actionOn(account, id);
    return account.call("dropletActions_list", { params: { droplet_id: id } });
  },
  dropletActions_post: async (account) =>
    account.call("dropletActions_post", {
      params: { droplet_id: (await account.droplet()).id },
      body: { type: "snapshot", name: "kept" },
    }),
  dropletActions_post_byTag: async (account) => {
    await account.droplet({ tags: ["web"] });
    return account.call("dropletActions_post_byTag", { query: { tag_name: "web" }, body: { type: "power_cycle" } });
  },
  dropletActions_get: async (account) => {
    const { id } = await account.droplet();
    return account.call("dropletActions_get", { params: { droplet_id: id, action_id: await actionOn(account, id) } });
  },
  actions_list: async (account) => {
    await actionOn(account, (await account.droplet()).id);
    return account.call("actions_list");
  },
  actions_get: async (account) =>
    account.call("actions_get", { params: { action_id: await actionOn(account, (await account.droplet()).id) } }),
};

/** Success cases of volumes and their actions. */
export const volumeCases: SuccessCases = {
  volumes_list: async (account) => {
    await account.volume();
    return account.call("volumes_list", { query: { name: "data", region: "fra1" } });
  },
  volumes_create: (account) =>
    account.call("volumes_create", { body: { name: "data", size_gigabytes: 5, region: "nyc3", tags: ["kept"] } }),
  volumes_delete_byName: async (account) => {
    await account.volume();
    return account.call("volumes_delete_byName", { query: { name: "data", region: "fra1" } });
  },
  volumes_get: async (account) => account.call("volumes_get", { params: { volume_id: (await account.volume()).id } }),
  volumes_delete: async (account) =>
    account.call("volumes_delete", { params: { volume_id: (await account.volume()).id } }),
  volumeActions_post: async (account) => {
    const { id } = await account.droplet();
    const { name } = await account.volume();
    return account.call("volumeActions_post", {
      body: { type: "attach", volume_name: name, droplet_id: id, region: "fra1" },
    });
  },
  volumeActions_list: async (account) =>
    account.call("volumeActions_list", { params: { volume_id: (await account.volume()).id } }),
  volumeActions_post_byId: async (account) =>
    account.call("volumeActions_post_byId", {
      params: { volume_id: (await account.volume()).id },
      body: { type: "resize", size_gigabytes: 20, region: "fra1" },
    }),
  volumeActions_get: async (account) => {
    const { id } = await account.volume();
    const params = { volume_id: id };
    const { action } = await account.ok("volumeActions_post_byId", {
      params,
      body: { type: "resize", size_gigabytes: 20 },
    });
    return account.call("volumeActions_get", { params: { ...params, action_id: action.id } });
  },
};
