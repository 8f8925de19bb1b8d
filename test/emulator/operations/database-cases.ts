/** How operations on database clusters succeed. @module */
import type { EmulatedAccount } from "../emulated-account.js";
import type { SuccessCase, SuccessCases } from "./success-case.js";

type Params = Readonly<Record<string, string>>;
type Made = (account: EmulatedAccount) => Promise<Params>;

const RULES = [{ type: "ip_addr", value: "192.0.2.1" }];
const REPLICA = { name: "copy", size: "db-s-1vcpu-1gb", region: "fra1" };
const POOL = { name: "pool", mode: "transaction", size: 5, db: "defaultdb", user: "doadmin" };
const SINK = {
  sink_name: "logs",
  sink_type: "rsyslog",
  config: { server: "192.0.2.5", port: 514, tls: false, format: "rfc5424" },
};
const SCHEMA = { subject_name: "orders", schema_type: "AVRO", schema: '{"type":"record","name":"order","fields":[]}' };

/** Makes a cluster of an engine. */
function cluster(engine: string): Made {
  return async (account) => {
    const body = { name: "data", engine, size: "db-s-2vcpu-4gb", num_nodes: 2, region: "fra1", tags: ["prod"] };
    return { database_cluster_uuid: (await account.ok("databases_create_cluster", { body })).database.id };
  };
}

const postgres = cluster("pg");
const kafka = cluster("kafka");

/** Makes a cluster and something in it. */
function withPart(made: Made, id: string, body: object, params: Params): Made {
  return async (account) => {
    const own = await made(account);
    await account.ok(id, { params: own, body });
    return { ...own, ...params };
  };
}

const user = withPart(postgres, "databases_add_user", { name: "app" }, { username: "app" });
const database = withPart(postgres, "databases_add", { name: "shop" }, { database_name: "shop" });
const pool = withPart(postgres, "databases_add_connectionPool", POOL, { pool_name: "pool" });
const replica = withPart(postgres, "databases_create_replica", REPLICA, { replica_name: "copy" });
const topic = withPart(kafka, "databases_create_kafka_topic", { name: "orders" }, { topic_name: "orders" });
const schema = withPart(kafka, "databases_create_kafka_schema", SCHEMA, { subject_name: "orders", version: "1" });
const index: Made = async (account) => ({
  ...(await cluster("opensearch")(account)),
  index_name: ".opensearch-observability",
});
const sink: Made = async (account) => {
  const params = await postgres(account);
  const made = await account.ok("databases_create_logsink", { params, body: SINK });
  return { ...params, logsink_id: made.sink.sink_id };
};
const migration: Made = async (account) => {
  const params = await postgres(account);
  const body = { source: { host: "db.example.com", port: 5432, dbname: "old", username: "u", password: "p" } };
  return { ...params, migration_id: (await account.ok("databases_update_onlineMigration", { params, body })).id };
};

/** What each operation needs, and what it is sent. */
const NEEDS: Readonly<Record<string, readonly [made: Made, body?: object]>> = {
  databases_list_options: [() => Promise.resolve({})],
  databases_list_clusters: [postgres],
  databases_get_cluster: [postgres],
  databases_destroy_cluster: [postgres],
  databases_get_config: [cluster("mysql")],
  databases_patch_config: [cluster("mysql"), { config: { connect_timeout: 30 } }],
  databases_get_ca: [postgres],
  databases_get_migrationStatus: [migration],
  databases_update_onlineMigration: [
    postgres,
    { source: { host: "db.example.com", port: 5432, dbname: "old", username: "u", password: "p" } },
  ],
  databases_delete_onlineMigration: [migration],
  databases_update_region: [postgres, { region: "nyc3" }],
  databases_update_clusterSize: [postgres, { size: "db-s-4vcpu-8gb", num_nodes: 3, storage_size_mib: 204800 }],
  databases_list_firewall_rules: [withPart(postgres, "databases_update_firewall_rules", { rules: RULES }, {})],
  databases_update_firewall_rules: [postgres, { rules: RULES }],
  databases_get_do_settings: [postgres],
  databases_update_do_settings: [postgres, { do_settings: { service_cnames: ["db.example.com"] } }],
  databases_update_maintenanceWindow: [postgres, { day: "monday", hour: "02:00" }],
  databases_install_update: [postgres],
  databases_list_backups: [postgres],
  databases_list_events_logs: [postgres],
  databases_list_replicas: [replica],
  databases_create_replica: [postgres, REPLICA],
  databases_get_replica: [replica],
  databases_destroy_replica: [replica],
  databases_promote_replica: [replica],
  databases_list_users: [user],
  databases_add_user: [cluster("mysql"), { name: "app", mysql_settings: { auth_plugin: "mysql_native_password" } }],
  databases_get_user: [user],
  databases_delete_user: [user],
  databases_update_user: [user, { settings: { pg_allow_replication: true } }],
  databases_reset_auth: [user, {}],
  databases_list: [database],
  databases_add: [postgres, { name: "shop" }],
  databases_get: [database],
  databases_delete: [database],
  databases_list_connectionPools: [pool],
  databases_add_connectionPool: [postgres, POOL],
  databases_get_connectionPool: [pool],
  databases_update_connectionPool: [pool, { mode: "session", size: 8, db: "defaultdb", user: "doadmin" }],
  databases_delete_connectionPool: [pool],
  databases_get_evictionPolicy: [cluster("valkey")],
  databases_update_evictionPolicy: [cluster("valkey"), { eviction_policy: "allkeys_lru" }],
  databases_get_sql_mode: [cluster("mysql")],
  databases_update_sql_mode: [cluster("mysql"), { sql_mode: "ANSI" }],
  databases_get_autoscale: [postgres],
  databases_update_autoscale: [postgres, { storage: { enabled: true, threshold_percent: 80, increment_gib: 10 } }],
  databases_list_kafka_topics: [topic],
  databases_create_kafka_topic: [kafka, { name: "orders", partition_count: 3, replication_factor: 2 }],
  databases_get_kafka_topic: [topic],
  databases_update_kafka_topic: [topic, { partition_count: 5, config: { retention_ms: 60000 } }],
  databases_delete_kafka_topic: [topic],
  databases_list_logsink: [sink],
  databases_create_logsink: [postgres, SINK],
  databases_get_logsink: [sink],
  databases_update_logsink: [sink, { config: SINK.config }],
  databases_delete_logsink: [sink],
  databases_list_kafka_schemas: [schema],
  databases_create_kafka_schema: [kafka, SCHEMA],
  databases_get_kafka_schema: [schema],
  databases_delete_kafka_schema: [schema],
  databases_get_kafka_schema_version: [schema],
  databases_get_kafka_schema_config: [kafka],
  databases_update_kafka_schema_config: [kafka, { compatibility_level: "FULL" }],
  databases_get_kafka_schema_subject_config: [schema],
  databases_update_kafka_schema_subject_config: [schema, { compatibility_level: "NONE" }],
  databases_get_cluster_metrics_credentials: [() => Promise.resolve({})],
  databases_update_cluster_metrics_credentials: [
    () => Promise.resolve({}),
    { credentials: { basic_auth_username: "reader", basic_auth_password: "secret" } },
  ],
  databases_list_opeasearch_indexes: [index],
  databases_delete_opensearch_index: [index],
};

/** Success cases of database clusters. */
export const databaseCases: SuccessCases = {
  databases_create_cluster: (account) =>
    account.call("databases_create_cluster", {
      body: {
        name: "data",
        engine: "pg",
        version: "17",
        size: "db-s-1vcpu-1gb",
        num_nodes: 1,
        region: "fra1",
        rules: RULES,
      },
    }),
  databases_update_major_version: async (account) => {
    const body = { name: "data", engine: "pg", version: "16", size: "db-s-1vcpu-1gb", num_nodes: 1, region: "fra1" };
    const { database: made } = await account.ok("databases_create_cluster", { body });
    const params = { database_cluster_uuid: made.id };
    return account.call("databases_update_major_version", { params, body: { version: "17" } });
  },
  ...Object.fromEntries(
    Object.entries(NEEDS).map(([id, [made, body]]): [string, SuccessCase] => [
      id,
      async (account) => account.call(id, { params: await made(account), ...(body === undefined ? {} : { body }) }),
    ]),
  ),
};
