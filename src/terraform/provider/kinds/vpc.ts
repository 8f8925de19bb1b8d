/** VPCs by the API. @module */
import type { Json } from "../api/api-client.js";
import { whileInTheWay } from "../api/waiting.js";
import { attributesOf, bodyOf, type KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";

/** `/v2/vpcs` */
export const vpcApi: KindApi = {
  create: async (wanted, api) =>
    vpcValues((await api.post("/v2/vpcs", bodyOf(wanted, ["name", "region", "description", "ip_range"]))).vpc as Json),
  read: async ({ id }, api) => {
    const found = await api.find(`/v2/vpcs/${id}`);
    return found && vpcValues(found.vpc as Json);
  },
  update: async ({ id }, wanted, api) => {
    await api.put(`/v2/vpcs/${id}`, { name: wanted.name, description: wanted.description ?? "" });
  },
  // What was in it may take a while to leave.
  remove: ({ id }, api) => whileInTheWay(`Deleting the VPC ${id}`, [403, 409], api, () => api.delete(`/v2/vpcs/${id}`)),
  identity: {
    by: ["name", "region"],
    list: async (_, api) => (await api.list("/v2/vpcs", "vpcs")).map(vpcValues),
  },
};

function vpcValues(vpc: Json): PlainValues {
  return attributesOf(vpc, ["id", "urn", "name", "region", "description", "ip_range", "default", "created_at"]);
}
