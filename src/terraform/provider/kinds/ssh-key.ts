/** SSH keys by the API. @module */
import type { Json } from "../api/api-client.js";
import { bodyOf, type KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";

/** `/v2/account/keys` */
export const sshKeyApi: KindApi = {
  create: async (wanted, api) => {
    const { ssh_key } = await api.post("/v2/account/keys", bodyOf(wanted, ["name", "public_key"]));
    return sshKeyValues(ssh_key as Json, wanted);
  },
  read: async (state, api) => {
    const found = await api.find(`/v2/account/keys/${state.id}`);
    return found && sshKeyValues(found.ssh_key as Json, state);
  },
  update: async ({ id }, { name }, api) => {
    await api.put(`/v2/account/keys/${id}`, { name });
  },
  remove: ({ id }, api) => api.delete(`/v2/account/keys/${id}`),
  identity: {
    by: ["public_key"],
    list: async (wanted, api) =>
      (await api.list("/v2/account/keys", "ssh_keys")).map((key) => sshKeyValues(key, wanted)),
  },
};

function sshKeyValues(key: Json, { public_key }: PlainValues): PlainValues {
  const { id, name, fingerprint, public_key: text } = key as { [field: string]: string };
  // A key read from a file ends with a line break that the API drops.
  const isSame = typeof public_key === "string" && public_key.trim() === text!.trim();
  return { id: String(id), name: name!, fingerprint: fingerprint!, public_key: isSame ? public_key : text! };
}
