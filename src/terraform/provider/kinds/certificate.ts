/** Certificates by the API. @module */
import type { Json } from "../api/api-client.js";
import { attributesOf, bodyOf, type KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";
import { certificateIdOf } from "./certificate-names.js";

/** `/v2/certificates`. The name is the id, since renewals of Let's Encrypt change the API's. */
export const certificateApi: KindApi = {
  create: async (wanted, api) => {
    const body = bodyOf(wanted, ["name", "type", "private_key", "leaf_certificate", "certificate_chain"]);
    const names = wanted.type === "lets_encrypt" ? bodyOf(wanted, [["domains", "dns_names"]]) : {};
    return certificateValues((await api.post("/v2/certificates", { ...body, ...names })).certificate as Json);
  },
  read: async ({ id }, api) => {
    const found = await api.find(`/v2/certificates/${await certificateIdOf(String(id), api)}`);
    return found && certificateValues(found.certificate as Json);
  },
  isReady: ({ state }) => state === "verified",
  remove: async ({ id }, api) => api.delete(`/v2/certificates/${await certificateIdOf(String(id), api)}`),
  identity: {
    by: ["name"],
    list: async (_, api) => (await api.list("/v2/certificates", "certificates")).map(certificateValues),
  },
};

function certificateValues(certificate: Json): PlainValues {
  const { id, name, type } = certificate as { [field: string]: string };
  return {
    ...attributesOf(certificate, ["name", "type", "state", "not_after", "sha1_fingerprint"]),
    // Of a certificate of one's own, nobody asked for the names: they are in it.
    ...(type === "lets_encrypt" && attributesOf(certificate, [["domains", "dns_names"]])),
    id: name!,
    uuid: id!,
  };
}
