/** Users of managed databases by the API. @module */
import type { Json } from "../api/api-client.js";
import { attributesOf, bodyOf, differs, type KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";

/** `/v2/databases/{cluster}/users` */
export const databaseUserApi: KindApi = {
  affects: { mysql_auth_plugin: ["password"] },
  create: async (wanted, api) => {
    const body = { name: wanted.name, ...mysqlSettings(wanted), ...settingsBody(wanted) };
    const { user } = await api.post(`/v2/databases/${wanted.cluster_id}/users`, body);
    return userValues(user as Json, wanted);
  },
  read: async (state, api) => {
    const found = await api.find(`/v2/databases/${state.cluster_id}/users/${state.name}`);
    return found && userValues(found.user as Json, state);
  },
  update: async (prior, wanted, api) => {
    const path = `/v2/databases/${prior.cluster_id}/users/${prior.name}`;
    if (differs(prior, wanted, "mysql_auth_plugin")) await api.post(`${path}/reset_auth`, mysqlSettings(wanted));
    if (differs(prior, wanted, "settings")) await api.put(path, settingsBody(wanted));
  },
  remove: ({ cluster_id, name }, api) => api.delete(`/v2/databases/${cluster_id}/users/${name}`),
  identity: {
    by: ["name"],
    within: "cluster_id",
    list: async (wanted, api) => {
      const users = await api.list(`/v2/databases/${wanted.cluster_id}/users`, "users");
      return users.map((user) => userValues(user, wanted));
    },
  },
  // As the official provider: cluster and name, with a comma between.
  imported: (id) => {
    const [cluster_id = "", name = ""] = id.split(",");
    return { id: `${cluster_id}/user/${name}`, cluster_id, name };
  },
};

function mysqlSettings({ mysql_auth_plugin: plugin }: PlainValues): object {
  return plugin === undefined ? {} : { mysql_settings: { auth_plugin: plugin } };
}

function settingsBody({ settings }: PlainValues): object {
  const [first] = (settings ?? []) as readonly PlainValues[];
  if (first === undefined) return {};
  const rules = (first.acl ?? []) as readonly PlainValues[];
  const acl = rules.map((rule) => bodyOf(rule, ["topic", "permission"]));
  return { settings: { ...(acl.length > 0 && { acl }), ...bodyOf(first, ["opensearch_acl"]) } };
}

function userValues(user: Json, asked: PlainValues): PlainValues {
  const settings = user.settings as PlainValues | undefined;
  const mysql = user.mysql_settings as { readonly auth_plugin?: string } | undefined;
  return {
    ...attributesOf(user, ["name", "role", "password", "access_cert", "access_key"]),
    id: `${asked.cluster_id}/user/${user.name}`,
    cluster_id: asked.cluster_id!,
    // What nobody asked for is the engine's own choice.
    ...(asked.mysql_auth_plugin !== undefined && mysql !== undefined && { mysql_auth_plugin: mysql.auth_plugin ?? "" }),
    ...(asked.settings !== undefined && settings !== undefined && { settings: [settings] }),
  };
}
