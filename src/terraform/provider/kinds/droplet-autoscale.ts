/** Autoscale pools of droplets by the API. @module */
import type { Json } from "../api/api-client.js";
import { attributesOf, type KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";

const POOLS = "/v2/droplets/autoscale";

/** `/v2/droplets/autoscale` */
export const dropletAutoscaleApi: KindApi = {
  affects: { config: ["status", "updated_at"], droplet_template: ["status", "updated_at"], name: ["updated_at"] },
  create: async (wanted, api) => poolValues((await api.post(POOLS, poolBody(wanted))).autoscale_pool as Json, wanted),
  read: async (state, api) => {
    const found = await api.find(`${POOLS}/${state.id}`);
    return found && poolValues(found.autoscale_pool as Json, state);
  },
  isReady: ({ status }) => status === "active",
  update: async ({ id }, wanted, api) => {
    await api.put(`${POOLS}/${id}`, poolBody(wanted));
  },
  // With its droplets.
  remove: ({ id }, api) => api.delete(`${POOLS}/${id}/dangerous`, { headers: { "X-Dangerous": "true" } }),
  removesSlowly: true,
  identity: {
    by: ["name"],
    list: async (wanted, api) => (await api.list(POOLS, "autoscale_pools")).map((pool) => poolValues(pool, wanted)),
  },
};

function poolBody({ name, config, droplet_template }: PlainValues): object {
  return { name, config, droplet_template };
}

function poolValues(pool: Json, asked: PlainValues): PlainValues {
  const template = pool.droplet_template as PlainValues;
  const askedTemplate = (asked.droplet_template ?? {}) as PlainValues;
  const utilization = pool.current_utilization as PlainValues | undefined;
  const fields = ["size", "region", "image", "tags", "ssh_keys", "vpc_uuid", "project_id", "user_data"];
  const switches = ["with_droplet_agent", "ipv6"].filter((name) => template[name] === true || name in askedTemplate);
  return {
    ...attributesOf(pool, ["id", "name", "status", "created_at", "updated_at"]),
    current_utilization: utilization === undefined ? [] : [attributesOf(utilization, ["cpu", "memory"])],
    config: configValues(pool.config as PlainValues),
    droplet_template: attributesOf(template, [...fields, ...switches]),
  };
}

/** Numbers that play no part are 0 in answers. */
function configValues(config: PlainValues): PlainValues {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== 0));
}
