/** Managed databases by the API. @module */
import type { ApiClient, Json } from "../api/api-client.js";
import { retag } from "../api/tagging.js";
import { attributesOf, bodyOf, differs, type KindApi } from "../kind-api.js";
import type { PlainValue, PlainValues } from "../plain-values.js";

/** `/v2/databases` */
export const databaseClusterApi: KindApi = {
  affects: {
    region: ["host", "private_host", "uri", "private_uri", "private_network_uuid"],
    size: ["storage_size_mib"],
  },
  create: async (wanted, api) => {
    const fields = ["name", "engine", "version", "size", "region", "private_network_uuid", "project_id", "tags"];
    const body = bodyOf(wanted, [...fields, "backup_restore", ["node_count", "num_nodes"]]);
    const { database } = await api.post("/v2/databases", { ...body, ...storageOf(wanted) });
    return databaseValues(database as Json, wanted);
  },
  read: readDatabase,
  isReady: ({ status }) => status === "online",
  finish: (made, wanted, api) => configure({ ...made, eviction_policy: null, sql_mode: null }, wanted, api),
  update: updateDatabase,
  remove: ({ id }, api) => api.delete(`/v2/databases/${id}`),
  identity: {
    by: ["name", "engine"],
    isLabelled: true,
    list: async (wanted, api) =>
      (await api.list("/v2/databases", "databases")).map((database) => databaseValues(database, wanted)),
  },
};

async function readDatabase(state: PlainValues, api: ApiClient): Promise<PlainValues | undefined> {
  const path = `/v2/databases/${state.id}`;
  const found = await api.find(path);
  if (found === undefined) return undefined;
  const values = databaseValues(found.database as Json, state);
  // Only where they were asked for: most engines do not know them.
  const eviction = state.eviction_policy === undefined ? {} : await api.get(`${path}/eviction_policy`);
  const mode = state.sql_mode === undefined ? {} : await api.get(`${path}/sql_mode`);
  return { ...values, ...attributesOf(eviction, ["eviction_policy"]), ...attributesOf(mode, ["sql_mode"]) };
}

async function updateDatabase(prior: PlainValues, wanted: PlainValues, api: ApiClient): Promise<void> {
  const path = `/v2/databases/${prior.id}`;
  if (differs(prior, wanted, "size", "node_count") || isGrown(prior, wanted)) {
    await api.put(`${path}/resize`, { ...bodyOf(wanted, ["size", ["node_count", "num_nodes"]]), ...storageOf(wanted) });
  }
  if (differs(prior, wanted, "region")) await api.put(`${path}/migrate`, { region: wanted.region });
  if (differs(prior, wanted, "version")) await api.put(`${path}/upgrade`, { version: wanted.version });
  if (differs(prior, wanted, "tags")) {
    await retag({ resource_id: String(prior.id), resource_type: "database" }, prior, wanted, api);
  }
  await configure(prior, wanted, api);
}

async function configure(prior: PlainValues, wanted: PlainValues, api: ApiClient): Promise<void> {
  const path = `/v2/databases/${prior.id}`;
  const [window] = (wanted.maintenance_window ?? []) as readonly PlainValues[];
  if (window !== undefined && differs(prior, wanted, "maintenance_window")) {
    await api.put(`${path}/maintenance`, { day: window.day, hour: window.hour });
  }
  for (const name of ["eviction_policy", "sql_mode"]) {
    if (wanted[name] !== undefined && differs(prior, wanted, name)) {
      await api.put(`${path}/${name}`, { [name]: wanted[name] });
    }
  }
}

function isGrown(prior: PlainValues, { storage_size_mib: wanted }: PlainValues): boolean {
  return wanted !== undefined && wanted !== prior.storage_size_mib;
}

/** The provider has the storage as text, the API as a number. */
function storageOf({ storage_size_mib: size }: PlainValues): object {
  return size === undefined ? {} : { storage_size_mib: Number(size) };
}

interface Connection {
  readonly [field: string]: string | number;
}

function databaseValues(database: Json, asked: PlainValues): PlainValues {
  const parts = database as Readonly<Record<string, Connection | null | undefined>>;
  const endpoints = (database.metrics_endpoints ?? []) as readonly Connection[];
  const storage = database.storage_size_mib as number | undefined;
  const fields = ["id", "name", "engine", "version", "size", "region", "private_network_uuid", "project_id", "tags"];
  return {
    ...attributesOf(database, [...fields, "status", ["node_count", "num_nodes"]]),
    urn: `do:dbaas:${database.id}`,
    ...connectionValues(parts.connection, "", ["host", "port", "uri", "database", "user", "password"]),
    ...connectionValues(parts.private_connection, "private_", ["host", "uri"]),
    ...connectionValues(parts.ui_connection, "ui_", ["host", "port", "uri", "database", "user", "password"]),
    ...(storage !== undefined && { storage_size_mib: String(storage) }),
    metrics_endpoints: endpoints.map(({ host, port }) => `https://${host}:${port}/metrics`),
    ...windowValues(parts.maintenance_window, asked),
  };
}

function connectionValues(connection: Connection | null | undefined, prefix: string, fields: readonly string[]) {
  if (connection === null || connection === undefined) return {};
  const known = fields.filter((field) => connection[field] !== undefined);
  return Object.fromEntries(known.map((field) => [prefix + field, connection[field]!]));
}

/** The window is shown only where one was asked for: every database has one. */
function windowValues(window: Connection | null | undefined, { maintenance_window }: PlainValues): PlainValues {
  const [asked] = (maintenance_window ?? []) as readonly PlainValues[];
  if (asked === undefined || window === null || window === undefined) return {};
  const spelled = (value: PlainValue, known: PlainValue): PlainValue =>
    String(value).toLowerCase().startsWith(String(known).toLowerCase()) ? known : value;
  return {
    maintenance_window: [{ day: spelled(window.day!, asked.day!), hour: spelled(window.hour!, asked.hour!) }],
  };
}
