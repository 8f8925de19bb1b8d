/** How operations on networks, tags, projects and names succeed. @module */
import type { Body, EmulatedAccount } from "../emulated-account.js";
import type { SuccessCases } from "./success-case.js";

const RULE = { entry_protocol: "tcp", entry_port: 90, target_protocol: "tcp", target_port: 90 };
const INBOUND = [{ protocol: "tcp", ports: "22", sources: { addresses: ["0.0.0.0/0"] } }];
const PROJECT = { name: "shop", purpose: "Service or API", environment: "Production", description: "what sells" };

async function firewall(account: EmulatedAccount): Promise<Body> {
  const body = { name: "outer", inbound_rules: INBOUND, tags: ["web"], droplet_ids: [(await account.droplet()).id] };
  return (await account.ok("firewalls_create", { body })).firewall;
}

async function project(account: EmulatedAccount): Promise<Body> {
  return (await account.ok("projects_create", { body: PROJECT })).project;
}

async function domain(account: EmulatedAccount): Promise<string> {
  return (await account.ok("domains_create", { body: { name: "example.com", ip_address: "192.0.2.1" } })).domain.name;
}

async function record(account: EmulatedAccount): Promise<{ domain_name: string; domain_record_id: number }> {
  const params = { domain_name: await domain(account) };
  const body = { type: "A", name: "www", data: "192.0.2.7" };
  const { domain_record } = await account.ok("domains_create_record", { params, body });
  return { ...params, domain_record_id: domain_record.id };
}

async function peering(account: EmulatedAccount): Promise<{ vpc_id: string; vpc_peering_id: string }> {
  const params = { vpc_id: (await account.vpc()).id };
  const other = await account.vpc({ name: "outer", region: "nyc3" });
  const { peering: made } = await account.ok("vpcs_create_peerings", {
    params,
    body: { name: "both", vpc_id: other.id },
  });
  return { ...params, vpc_peering_id: made.id };
}

/** Success cases of load balancers and firewalls. */
export const balancerCases: SuccessCases = {
  loadBalancers_create: (account) =>
    account.call("loadBalancers_create", {
      body: { name: "front", region: "fra1", size_unit: 2, droplet_ids: [], forwarding_rules: [RULE] },
    }),
  loadBalancers_list: async (account) => {
    await account.loadBalancer();
    return account.call("loadBalancers_list");
  },
  loadBalancers_get: async (account) => {
    await account.droplet({ tags: ["web"] });
    return account.call("loadBalancers_get", { params: { lb_id: (await account.loadBalancer()).id } });
  },
  loadBalancers_update: async (account) => {
    const { id } = await account.loadBalancer();
    const body = {
      name: "renamed",
      region: "fra1",
      tag: "api",
      forwarding_rules: [RULE],
      algorithm: "least_connections",
    };
    return account.call("loadBalancers_update", { params: { lb_id: id }, body });
  },
  loadBalancers_delete: async (account) =>
    account.call("loadBalancers_delete", { params: { lb_id: (await account.loadBalancer()).id } }),
  loadBalancers_delete_cache: async (account) => {
    const glb_settings = { target_protocol: "http", target_port: 80, cdn: { is_enabled: true } };
    const { id } = await account.loadBalancer({ type: "GLOBAL", glb_settings });
    return account.call("loadBalancers_delete_cache", { params: { lb_id: id } });
  },
  loadBalancers_add_droplets: async (account) => {
    const { id } = await account.loadBalancer({ tag: undefined, droplet_ids: [] });
    const body = { droplet_ids: [(await account.droplet()).id] };
    return account.call("loadBalancers_add_droplets", { params: { lb_id: id }, body });
  },
  loadBalancers_remove_droplets: async (account) => {
    const droplet_ids = [(await account.droplet()).id];
    const { id } = await account.loadBalancer({ tag: undefined, droplet_ids });
    return account.call("loadBalancers_remove_droplets", { params: { lb_id: id }, body: { droplet_ids } });
  },
  loadBalancers_add_forwardingRules: async (account) =>
    account.call("loadBalancers_add_forwardingRules", {
      params: { lb_id: (await account.loadBalancer()).id },
      body: { forwarding_rules: [RULE] },
    }),
  loadBalancers_remove_forwardingRules: async (account) => {
    const params = { lb_id: (await account.loadBalancer()).id };
    await account.ok("loadBalancers_add_forwardingRules", { params, body: { forwarding_rules: [RULE] } });
    return account.call("loadBalancers_remove_forwardingRules", { params, body: { forwarding_rules: [RULE] } });
  },
  firewalls_list: async (account) => {
    await firewall(account);
    return account.call("firewalls_list");
  },
  firewalls_create: (account) => account.call("firewalls_create", { body: { name: "outer", inbound_rules: INBOUND } }),
  firewalls_get: async (account) =>
    account.call("firewalls_get", { params: { firewall_id: (await firewall(account)).id } }),
  firewalls_update: async (account) =>
    account.call("firewalls_update", {
      params: { firewall_id: (await firewall(account)).id },
      body: {
        name: "outer",
        outbound_rules: [{ protocol: "udp", ports: "all", destinations: { addresses: ["::/0"] } }],
      },
    }),
  firewalls_delete: async (account) =>
    account.call("firewalls_delete", { params: { firewall_id: (await firewall(account)).id } }),
  firewalls_assign_droplets: async (account) =>
    account.call("firewalls_assign_droplets", {
      params: { firewall_id: (await firewall(account)).id },
      body: { droplet_ids: [(await account.droplet({ name: "web-2" })).id] },
    }),
  firewalls_delete_droplets: async (account) => {
    const { id, droplet_ids } = await firewall(account);
    return account.call("firewalls_delete_droplets", { params: { firewall_id: id }, body: { droplet_ids } });
  },
  firewalls_add_tags: async (account) =>
    account.call("firewalls_add_tags", {
      params: { firewall_id: (await firewall(account)).id },
      body: { tags: ["api"] },
    }),
  firewalls_delete_tags: async (account) =>
    account.call("firewalls_delete_tags", {
      params: { firewall_id: (await firewall(account)).id },
      body: { tags: ["web"] },
    }),
  firewalls_add_rules: async (account) =>
    account.call("firewalls_add_rules", {
      params: { firewall_id: (await firewall(account)).id },
      body: { inbound_rules: [{ protocol: "tcp", ports: "8000-9000", sources: { tags: ["web"] } }] },
    }),
  firewalls_delete_rules: async (account) =>
    account.call("firewalls_delete_rules", {
      params: { firewall_id: (await firewall(account)).id },
      body: { inbound_rules: INBOUND },
    }),
};

/** Success cases of virtual networks. */
export const vpcCases: SuccessCases = {
  vpcs_list: async (account) => {
    await account.vpc();
    return account.call("vpcs_list");
  },
  vpcs_create: (account) =>
    account.call("vpcs_create", {
      body: { name: "inner", region: "fra1", ip_range: "10.10.10.0/24", description: "own" },
    }),
  vpcs_get: async (account) => account.call("vpcs_get", { params: { vpc_id: (await account.vpc()).id } }),
  vpcs_update: async (account) =>
    account.call("vpcs_update", {
      params: { vpc_id: (await account.vpc()).id },
      body: { name: "renamed", default: true },
    }),
  vpcs_patch: async (account) =>
    account.call("vpcs_patch", { params: { vpc_id: (await account.vpc()).id }, body: { description: "other" } }),
  vpcs_delete: async (account) => account.call("vpcs_delete", { params: { vpc_id: (await account.vpc()).id } }),
  vpcs_list_members: async (account) => {
    const { id } = await account.vpc();
    await account.droplet({ vpc_uuid: id });
    return account.call("vpcs_list_members", { params: { vpc_id: id }, query: { resource_type: "droplet" } });
  },
  vpcs_list_peerings: async (account) => {
    const { vpc_id } = await peering(account);
    return account.call("vpcs_list_peerings", { params: { vpc_id } });
  },
  vpcs_create_peerings: async (account) => {
    const params = { vpc_id: (await account.vpc()).id };
    const other = await account.vpc({ name: "outer" });
    return account.call("vpcs_create_peerings", { params, body: { name: "both", vpc_id: other.id } });
  },
  vpcs_patch_peerings: async (account) =>
    account.call("vpcs_patch_peerings", { params: await peering(account), body: { name: "renamed" } }),
};

/** Success cases of tags and projects. */
export const projectCases: SuccessCases = {
  tags_list: async (account) => {
    await account.droplet({ tags: ["web"] });
    return account.call("tags_list");
  },
  tags_create: (account) => account.call("tags_create", { body: { name: "web" } }),
  tags_get: async (account) => {
    await account.droplet({ tags: ["web"] });
    return account.call("tags_get", { params: { tag_id: "web" } });
  },
  tags_delete: async (account) => {
    await account.droplet({ tags: ["web"] });
    return account.call("tags_delete", { params: { tag_id: "web" } });
  },
  tags_assign_resources: async (account) => {
    await account.ok("tags_create", { body: { name: "web" } });
    const resources = [
      { resource_id: String((await account.droplet()).id), resource_type: "droplet" },
      { resource_id: (await account.volume()).id, resource_type: "volume" },
    ];
    return account.call("tags_assign_resources", { params: { tag_id: "web" }, body: { resources } });
  },
  tags_unassign_resources: async (account) => {
    const { id } = await account.droplet({ tags: ["web"] });
    const resources = [{ resource_id: String(id), resource_type: "droplet" }];
    return account.call("tags_unassign_resources", { params: { tag_id: "web" }, body: { resources } });
  },
  projects_list: (account) => account.call("projects_list"),
  projects_create: (account) => account.call("projects_create", { body: PROJECT }),
  projects_get: async (account) =>
    account.call("projects_get", { params: { project_id: (await project(account)).id } }),
  projects_get_default: (account) => account.call("projects_get_default"),
  projects_update: async (account) =>
    account.call("projects_update", {
      params: { project_id: (await project(account)).id },
      body: { ...PROJECT, name: "other", is_default: true },
    }),
  projects_update_default: (account) =>
    account.call("projects_update_default", { body: { ...PROJECT, is_default: true } }),
  projects_patch: async (account) =>
    account.call("projects_patch", { params: { project_id: (await project(account)).id }, body: { name: "other" } }),
  projects_patch_default: (account) => account.call("projects_patch_default", { body: { name: "other" } }),
  projects_delete: async (account) =>
    account.call("projects_delete", { params: { project_id: (await project(account)).id } }),
  projects_list_resources: async (account) => {
    const params = { project_id: (await project(account)).id };
    const body = { resources: [`do:droplet:${(await account.droplet()).id}`] };
    await account.ok("projects_assign_resources", { params, body });
    return account.call("projects_list_resources", { params });
  },
  projects_assign_resources: async (account) => {
    const params = { project_id: (await project(account)).id };
    const body = { resources: [`do:volume:${(await account.volume()).id}`, "do:droplet:1"] };
    return account.call("projects_assign_resources", { params, body });
  },
  projects_list_resources_default: async (account) => {
    await account.droplet();
    return account.call("projects_list_resources_default");
  },
  projects_assign_resources_default: async (account) => {
    const body = { resources: [`do:volume:${(await account.volume()).id}`] };
    return account.call("projects_assign_resources_default", { body });
  },
};

/** Success cases of domains. */
export const domainCases: SuccessCases = {
  domains_list: async (account) => {
    await domain(account);
    return account.call("domains_list");
  },
  domains_create: (account) => account.call("domains_create", { body: { name: "example.org" } }),
  domains_get: async (account) => account.call("domains_get", { params: { domain_name: await domain(account) } }),
  domains_delete: async (account) => account.call("domains_delete", { params: { domain_name: await domain(account) } }),
  domains_list_records: async (account) =>
    account.call("domains_list_records", { params: { domain_name: await domain(account) }, query: { type: "NS" } }),
  domains_create_record: async (account) =>
    account.call("domains_create_record", {
      params: { domain_name: await domain(account) },
      body: { type: "MX", name: "@", data: "mail.example.com.", priority: 10 },
    }),
  domains_get_record: async (account) => account.call("domains_get_record", { params: await record(account) }),
  domains_patch_record: async (account) =>
    account.call("domains_patch_record", { params: await record(account), body: { type: "A", name: "blog" } }),
  domains_update_record: async (account) =>
    account.call("domains_update_record", {
      params: await record(account),
      body: { type: "A", data: "192.0.2.9", ttl: 60 },
    }),
  domains_delete_record: async (account) => account.call("domains_delete_record", { params: await record(account) }),
};
