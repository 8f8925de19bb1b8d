/** Tags by the API. @module */
import type { Json } from "../api/api-client.js";
import type { KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";

/** `/v2/tags` */
export const tagApi: KindApi = {
  create: async ({ name }, api) => tagValues((await api.post("/v2/tags", { name })).tag as Json),
  read: async ({ id }, api) => {
    const found = await api.find(`/v2/tags/${encodeURIComponent(String(id))}`);
    return found && tagValues(found.tag as Json);
  },
  remove: ({ id }, api) => api.delete(`/v2/tags/${encodeURIComponent(String(id))}`),
  identity: { by: ["name"], list: async (_, api) => (await api.list("/v2/tags", "tags")).map(tagValues) },
};

function tagValues({ name, resources }: Json): PlainValues {
  const counts = (resources ?? {}) as Readonly<Record<string, { readonly count?: number } | undefined>> & Json;
  const count = (kind: string): number => (counts[kind] as { readonly count?: number } | undefined)?.count ?? 0;
  return {
    id: name as string,
    name: name as string,
    total_resource_count: (counts.count as number | undefined) ?? 0,
    droplets_count: count("droplets"),
    images_count: count("images"),
    volumes_count: count("volumes"),
    volume_snapshots_count: count("volume_snapshots"),
    databases_count: count("databases"),
  };
}
