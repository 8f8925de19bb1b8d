/** Domains by the API. @module */
import type { Json } from "../api/api-client.js";
import { bodyOf, type KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";

/** `/v2/domains` */
export const domainApi: KindApi = {
  create: async (wanted, api) =>
    domainValues((await api.post("/v2/domains", bodyOf(wanted, ["name", "ip_address"]))).domain as Json),
  read: async ({ id }, api) => {
    const found = await api.find(`/v2/domains/${id}`);
    return found && domainValues(found.domain as Json);
  },
  remove: ({ id }, api) => api.delete(`/v2/domains/${id}`),
  identity: { by: ["name"], list: async (_, api) => (await api.list("/v2/domains", "domains")).map(domainValues) },
};

function domainValues({ name, ttl }: Json): PlainValues {
  return { id: name as string, name: name as string, urn: `do:domain:${name}`, ttl: (ttl as number | null) ?? 1800 };
}
