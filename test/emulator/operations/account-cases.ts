/** How operations on bills, certificates, keys of the object storage and monitoring succeed. @module */
import { operationsInScope } from "../../../src/emulator/index.js";
import type { Body, EmulatedAccount, Reply } from "../emulated-account.js";
import { described, resolved } from "../referee.js";
import { pool } from "./droplet-extra-cases.js";
import type { SuccessCase, SuccessCases } from "./success-case.js";

const POLICY = {
  alerts: { email: ["ops@example.com"], slack: [] },
  compare: "GreaterThan",
  description: "busy",
  enabled: true,
  entities: [],
  tags: ["web"],
  type: "v1/insights/droplet/cpu",
  value: 80,
  window: "5m",
};
const DESTINATION = {
  name: "logs",
  type: "opensearch_ext",
  config: { endpoint: "logs.example.com", index_name: "logs" },
};

async function invoice(account: EmulatedAccount): Promise<{ invoice_uuid: string }> {
  await account.droplet();
  return { invoice_uuid: (await account.ok("invoices_list")).invoice_preview.invoice_uuid };
}

async function certificate(account: EmulatedAccount): Promise<Body> {
  const body = { name: "own", type: "custom", private_key: "key", leaf_certificate: "leaf" };
  return (await account.ok("certificates_create", { body })).certificate;
}

async function spacesKey(account: EmulatedAccount): Promise<{ access_key: string }> {
  const body = { name: "app", grants: [{ bucket: "assets", permission: "read" }] };
  return { access_key: (await account.ok("spacesKey_create", { body })).key.access_key };
}

async function policy(account: EmulatedAccount): Promise<{ alert_uuid: string }> {
  return { alert_uuid: (await account.ok("monitoring_create_alertPolicy", { body: POLICY })).policy.uuid };
}

async function destination(account: EmulatedAccount): Promise<{ destination_uuid: string }> {
  return {
    destination_uuid: (await account.ok("monitoring_create_destination", { body: DESTINATION })).destination.id,
  };
}

async function sink(account: EmulatedAccount): Promise<{ sink_uuid: string }> {
  const resources = [{ urn: "do:kubernetes:5ba4518b-b9e2-4978-aa92-2d4c727e8824", name: "cluster" }];
  await account.ok("monitoring_create_sink", { body: { ...(await destination(account)), resources } });
  return { sink_uuid: (await account.ok("monitoring_list_sinks")).sinks[0].id };
}

/** Success cases of bills. */
export const billingCases: SuccessCases = {
  balance_get: async (account) => {
    await account.droplet();
    return account.call("balance_get");
  },
  billingHistory_list: (account) => account.call("billingHistory_list"),
  invoices_list: (account) => account.call("invoices_list"),
  invoices_get_byUUID: async (account) => account.call("invoices_get_byUUID", { params: await invoice(account) }),
  invoices_get_csvByUUID: async (account) => account.call("invoices_get_csvByUUID", { params: await invoice(account) }),
  invoices_get_pdfByUUID: async (account) => account.call("invoices_get_pdfByUUID", { params: await invoice(account) }),
  invoices_get_summaryByUUID: async (account) =>
    account.call("invoices_get_summaryByUUID", { params: await invoice(account) }),
  billingInsights_list: async (account) => {
    await account.droplet();
    const params = { account_urn: "do:team:1", start_date: "2020-01-01", end_date: "2099-01-01" };
    return account.call("billingInsights_list", { params });
  },
};

/** Success cases of certificates and keys of the object storage. */
export const certificateCases: SuccessCases = {
  certificates_list: async (account) => {
    await certificate(account);
    return account.call("certificates_list", { query: { name: "own" } });
  },
  certificates_create: async (account) => {
    await account.ok("domains_create", { body: { name: "example.com" } });
    return account.call("certificates_create", {
      body: { name: "free", type: "lets_encrypt", dns_names: ["www.example.com"] },
    });
  },
  certificates_get: async (account) =>
    account.call("certificates_get", { params: { certificate_id: (await certificate(account)).id } }),
  certificates_delete: async (account) =>
    account.call("certificates_delete", { params: { certificate_id: (await certificate(account)).id } }),
  spacesKey_list: async (account) => {
    await spacesKey(account);
    return account.call("spacesKey_list", { query: { bucket: "assets" } });
  },
  spacesKey_create: (account) =>
    account.call("spacesKey_create", { body: { name: "all", grants: [{ bucket: "", permission: "fullaccess" }] } }),
  spacesKey_get: async (account) => account.call("spacesKey_get", { params: await spacesKey(account) }),
  spacesKey_delete: async (account) => account.call("spacesKey_delete", { params: await spacesKey(account) }),
  spacesKey_update: async (account) =>
    account.call("spacesKey_update", { params: await spacesKey(account), body: { name: "renamed", grants: [] } }),
  spacesKey_patch: async (account) =>
    account.call("spacesKey_patch", { params: await spacesKey(account), body: { name: "renamed" } }),
};

/** Success cases of alert policies and log sinks. */
export const alertCases: SuccessCases = {
  monitoring_list_alertPolicy: async (account) => {
    await policy(account);
    return account.call("monitoring_list_alertPolicy");
  },
  monitoring_create_alertPolicy: (account) => account.call("monitoring_create_alertPolicy", { body: POLICY }),
  monitoring_get_alertPolicy: async (account) =>
    account.call("monitoring_get_alertPolicy", { params: await policy(account) }),
  monitoring_update_alertPolicy: async (account) =>
    account.call("monitoring_update_alertPolicy", { params: await policy(account), body: { ...POLICY, value: 90 } }),
  monitoring_delete_alertPolicy: async (account) =>
    account.call("monitoring_delete_alertPolicy", { params: await policy(account) }),
  monitoring_create_destination: (account) => account.call("monitoring_create_destination", { body: DESTINATION }),
  monitoring_list_destinations: async (account) => {
    await destination(account);
    return account.call("monitoring_list_destinations");
  },
  monitoring_get_destination: async (account) =>
    account.call("monitoring_get_destination", { params: await destination(account) }),
  monitoring_update_destination: async (account) =>
    account.call("monitoring_update_destination", { params: await destination(account), body: DESTINATION }),
  monitoring_delete_destination: async (account) =>
    account.call("monitoring_delete_destination", { params: await destination(account) }),
  monitoring_create_sink: async (account) =>
    account.call("monitoring_create_sink", { body: { ...(await destination(account)), resources: [] } }),
  monitoring_list_sinks: async (account) => {
    await sink(account);
    return account.call("monitoring_list_sinks");
  },
  monitoring_get_sink: async (account) => account.call("monitoring_get_sink", { params: await sink(account) }),
  monitoring_delete_sink: async (account) => account.call("monitoring_delete_sink", { params: await sink(account) }),
};

/** Makes what has metrics, and gives its id. */
const SUBJECTS: Readonly<Record<string, (account: EmulatedAccount) => Promise<string | number>>> = {
  host_id: async (account) => (await account.droplet()).id,
  lb_id: async (account) => (await account.loadBalancer()).id,
  autoscale_pool_id: async (account) => (await pool(account)).id,
  app_id: () => Promise.resolve("2db3c021-15ad-4088-bfe8-99dc972b9cf6"),
  db_id: async (account) => {
    const body = { name: "data", engine: "mysql", size: "db-s-1vcpu-1gb", num_nodes: 1, region: "fra1" };
    return (await account.ok("databases_create_cluster", { body })).database.id;
  },
};

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: { readonly enum?: readonly string[] };
}

/** Asks for a metric with every parameter that the description requires. */
function metricCase(id: string): SuccessCase {
  return async (account): Promise<Reply> => {
    const parameters = (described(id)?.operation.parameters ?? []).map(
      (each) => resolved(each) as unknown as Parameter,
    );
    const query: Record<string, string | number> = {};
    for (const { name, schema, in: place, required } of parameters) {
      if (place !== "query" || required !== true) continue;
      if (name === "start") query.start = Math.floor(account.emulator.now) - 600;
      else if (name === "end") query.end = Math.floor(account.emulator.now);
      else query[name] = (await SUBJECTS[name]?.(account)) ?? schema?.enum?.[0] ?? "any";
    }
    return account.call(id, { query });
  };
}

/** Success cases of the metrics, which are all alike. */
export const metricCases: SuccessCases = Object.fromEntries(
  operationsInScope()
    .filter(({ path }) => path.startsWith("/v2/monitoring/metrics/"))
    .map(({ id }) => [id, metricCase(id)]),
);
