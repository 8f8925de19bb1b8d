/** Firewalls of managed databases by the API. @module */
import type { ApiClient, Json } from "../api/api-client.js";
import { attributesOf, type KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";

/** `/v2/databases/{cluster}/firewall`. The id is the cluster's. */
export const databaseFirewallApi: KindApi = {
  create: async (wanted, api) => {
    await putRules(wanted, api);
    return (await readFirewall({ ...wanted, id: wanted.cluster_id! }, api))!;
  },
  read: readFirewall,
  update: (_, wanted, api) => putRules(wanted, api),
  remove: async ({ cluster_id }, api) => {
    if ((await api.find(`/v2/databases/${cluster_id}`)) !== undefined) await putRules({ cluster_id: cluster_id! }, api);
  },
  imported: (id) => ({ id, cluster_id: id }),
};

async function putRules({ cluster_id, rule }: PlainValues, api: ApiClient): Promise<void> {
  const items = (rule ?? []) as readonly PlainValues[];
  const rules = items.map(({ type, value }) => ({ type, value }));
  await api.put(`/v2/databases/${cluster_id}/firewall`, { rules });
}

async function readFirewall({ id, cluster_id }: PlainValues, api: ApiClient): Promise<PlainValues | undefined> {
  const found = await api.find(`/v2/databases/${cluster_id}/firewall`);
  const rules = (found?.rules ?? []) as readonly Json[];
  if (rules.length === 0) return undefined;
  return {
    id: id!,
    cluster_id: cluster_id!,
    rule: rules.map((rule) => attributesOf(rule, ["type", "value", "uuid", "created_at"])),
  };
}
