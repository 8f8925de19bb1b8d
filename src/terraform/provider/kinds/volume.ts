/** Volumes by the API. @module */
import type { Json } from "../api/api-client.js";
import { retag } from "../api/tagging.js";
import { waitForAction } from "../api/waiting.js";
import { attributesOf, bodyOf, differs, type KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";

/** `/v2/volumes` */
export const volumeApi: KindApi = {
  create: async (wanted, api) => {
    const body = bodyOf(wanted, ["name", "region", "description", "snapshot_id", "tags", ["size", "size_gigabytes"]]);
    const filesystem = bodyOf(wanted, [
      ["filesystem_type", "filesystem_type"],
      ["initial_filesystem_type", "filesystem_type"],
      ["initial_filesystem_label", "filesystem_label"],
    ]);
    return volumeValues((await api.post("/v2/volumes", { ...body, ...filesystem })).volume as Json);
  },
  read: async ({ id }, api) => {
    const found = await api.find(`/v2/volumes/${id}`);
    return found && volumeValues(found.volume as Json);
  },
  refusal: (prior, wanted) =>
    Number(wanted.size) < Number(prior.size)
      ? `Expected size to be at least ${prior.size}, got ${wanted.size}. A volume cannot be made smaller.`
      : undefined,
  update: async (prior, wanted, api) => {
    const path = `/v2/volumes/${prior.id}/actions`;
    if (differs(prior, wanted, "size")) {
      const body = { type: "resize", size_gigabytes: wanted.size, region: prior.region };
      await waitForAction((await api.post(path, body)).action as Json, path, api);
    }
    if (differs(prior, wanted, "tags")) {
      await retag({ resource_id: String(prior.id), resource_type: "volume" }, prior, wanted, api);
    }
  },
  remove: ({ id }, api) => api.delete(`/v2/volumes/${id}`),
  identity: {
    by: ["name", "region"],
    isLabelled: true,
    list: async (_, api) => (await api.list("/v2/volumes", "volumes")).map(volumeValues),
  },
};

function volumeValues(volume: Json): PlainValues {
  const fields = ["id", "name", "description", "tags", "droplet_ids", "filesystem_type", "filesystem_label"];
  return {
    ...attributesOf(volume, [...fields, ["size", "size_gigabytes"]]),
    urn: `do:volume:${volume.id}`,
    region: (volume.region as { readonly slug: string }).slug,
  };
}
