/** DNS records by the API. @module */
import type { Json } from "../api/api-client.js";
import { attributesOf, bodyOf, type KindApi } from "../kind-api.js";
import type { PlainValue, PlainValues } from "../plain-values.js";

/** `/v2/domains/{domain}/records` */
export const recordApi: KindApi = {
  affects: { name: ["fqdn"] },
  create: async (wanted, api) => {
    const { domain_record } = await api.post(`/v2/domains/${wanted.domain}/records`, recordBody(wanted));
    return recordValues(domain_record as Json, wanted);
  },
  read: async (state, api) => {
    const found = await api.find(`/v2/domains/${state.domain}/records/${state.id}`);
    return found && recordValues(found.domain_record as Json, state);
  },
  update: async ({ id, domain }, wanted, api) => {
    await api.put(`/v2/domains/${domain}/records/${id}`, recordBody(wanted));
  },
  remove: ({ id, domain }, api) => api.delete(`/v2/domains/${domain}/records/${id}`),
  identity: {
    by: ["type", "name"],
    within: "domain",
    list: async (wanted, api) => {
      const records = await api.list(`/v2/domains/${wanted.domain}/records`, "domain_records");
      return records.map((record) => recordValues(record, wanted));
    },
  },
  // As the official provider: domain and id, with a comma between.
  imported: (id) => {
    const [domain = "", record = ""] = id.split(",");
    return { id: record, domain };
  },
};

function recordBody(wanted: PlainValues): object {
  return bodyOf(wanted, ["type", "name", "priority", "port", "ttl", "weight", "flags", "tag", ["value", "data"]]);
}

function recordValues(record: Json, { domain, value }: PlainValues): PlainValues {
  const { id, name, data } = record as { id: number; name: string; data: string };
  const fields = ["type", "name", "priority", "port", "ttl", "weight", "flags", "tag"];
  // The API takes names with a dot at the end and gives them back without.
  const isSame = typeof value === "string" && value.replace(/\.$/, "") === data.replace(/\.$/, "");
  return {
    ...attributesOf(record, fields),
    id: String(id),
    domain: domain as PlainValue,
    value: isSame ? value : data,
    fqdn: name === "@" ? String(domain) : `${name}.${domain}`,
  };
}
