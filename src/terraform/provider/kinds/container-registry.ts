/** Container registries by the API. @module */
import type { ApiClient, Json } from "../api/api-client.js";
import { attributesOf, bodyOf, type KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";

const SERVER = "registry.digitalocean.com";

/** `/v2/registry`. The name is the id; an account has one. */
export const containerRegistryApi: KindApi = {
  create: async (wanted, api) => {
    const { registry } = await api.post("/v2/registry", bodyOf(wanted, ["name", "subscription_tier_slug", "region"]));
    return registryValues(registry as Json, wanted);
  },
  read: readRegistry,
  update: async (_, { subscription_tier_slug }, api) => {
    await api.post("/v2/registry/subscription", { tier_slug: subscription_tier_slug });
  },
  remove: (_, api) => api.delete("/v2/registry"),
  removesSlowly: true,
  identity: {
    by: ["name"],
    list: async (_, api) => {
      const found = await readRegistry({}, api);
      return found === undefined ? [] : [found];
    },
  },
};

async function readRegistry({ id }: PlainValues, api: ApiClient): Promise<PlainValues | undefined> {
  const registry = (await api.find("/v2/registry"))?.registry as Json | undefined;
  if (registry === undefined || (id !== undefined && registry.name !== id)) return undefined;
  const { subscription } = await api.get("/v2/registry/subscription");
  const { tier } = subscription as { readonly tier: { readonly slug: string } };
  return registryValues(registry, { subscription_tier_slug: tier.slug });
}

function registryValues(registry: Json, { subscription_tier_slug }: PlainValues): PlainValues {
  return {
    ...attributesOf(registry, ["name", "region", "storage_usage_bytes", "created_at"]),
    id: registry.name as string,
    server_url: SERVER,
    endpoint: `${SERVER}/${registry.name}`,
    ...(subscription_tier_slug !== undefined && { subscription_tier_slug }),
  };
}
