/** Reserved addresses by the API. @module */
import type { ApiClient, Json } from "../api/api-client.js";
import { waitForAction } from "../api/waiting.js";
import { differs, type KindApi } from "../kind-api.js";
import type { PlainValue, PlainValues } from "../plain-values.js";

/** `/v2/reserved_ips`. The address is the id. */
export const reservedIpApi: KindApi = {
  create: async ({ region }, api) =>
    reservedIpValues((await api.post("/v2/reserved_ips", { region })).reserved_ip as Json),
  finish: async ({ id }, { droplet_id }, api) => {
    if (droplet_id !== undefined) await assign(id!, droplet_id, api);
  },
  read: async ({ id }, api) => {
    const found = await api.find(`/v2/reserved_ips/${id}`);
    return found && reservedIpValues(found.reserved_ip as Json);
  },
  update: async (prior, { droplet_id }, api) => {
    if (differs(prior, { droplet_id: droplet_id ?? null }, "droplet_id")) await assign(prior.id!, droplet_id, api);
  },
  remove: async ({ id }, api) => {
    const found = await api.find(`/v2/reserved_ips/${id}`);
    if (found === undefined) return;
    const { droplet } = found.reserved_ip as { readonly droplet: Json | null };
    if (droplet !== null) await assign(id!, undefined, api);
    await api.delete(`/v2/reserved_ips/${id}`);
  },
};

function reservedIpValues({ ip, region, droplet }: Json): PlainValues {
  const assigned = droplet as { readonly id?: number } | null | undefined;
  return {
    id: ip as string,
    ip_address: ip as string,
    urn: `do:reservedip:${ip}`,
    region: (region as { readonly slug: string }).slug,
    droplet_id: assigned?.id ?? null,
  };
}

/** Gives the address to a droplet, or to none. */
async function assign(ip: PlainValue, droplet: PlainValue | undefined, api: ApiClient): Promise<void> {
  const path = `/v2/reserved_ips/${ip}/actions`;
  const body = droplet === undefined ? { type: "unassign" } : { type: "assign", droplet_id: droplet };
  await waitForAction((await api.post(path, body)).action as Json, path, api);
}
