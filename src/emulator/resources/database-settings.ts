/** Settings of database clusters: configuration, maintenance, eviction, modes, backups, migration. @module */
import { type Answer, badRequest, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { integerField, objectField, optionalInteger, optionalObject, optionalWord, textField } from "../fields.js";
import { isJsonObject } from "../json.js";
import type { PlainRecord } from "../records.js";
import { databaseOf } from "./database-records.js";
import { listParts } from "./database-users.js";

const POLICIES = ["noeviction", "allkeys_lru", "allkeys_random", "volatile_lru", "volatile_random", "volatile_ttl"];
const CERTIFICATE = Buffer.from("-----BEGIN CERTIFICATE-----\nemulated\n-----END CERTIFICATE-----\n").toString(
  "base64",
);
const HOST_NAME = /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)+$/;

/** Operations on settings of database clusters. */
export const databaseSettingHandlers: Handlers = {
  databases_get_config: (call) => done({ config: databaseOf(call).config }),
  databases_patch_config: (call) => {
    const database = databaseOf(call);
    database.config = { ...(database.config as object), ...objectField(call.body, "config") };
    return { status: 200 };
  },
  databases_get_ca: (call) => {
    databaseOf(call);
    return done({ ca: { certificate: CERTIFICATE } });
  },
  databases_get_migrationStatus: (call) => done(migrationOf(databaseOf(call))),
  databases_update_onlineMigration: (call) => {
    const database = databaseOf(call);
    objectField(call.body, "source");
    const migration = { id: call.world.identity.uuid(), status: "running", created_at: call.world.timestamp };
    database.migration = migration;
    return done(migration);
  },
  databases_delete_onlineMigration: (call) => {
    const database = databaseOf(call);
    if (migrationOf(database).id !== call.params.migration_id) throw notFound();
    database.migration = undefined;
    return done();
  },
  databases_get_do_settings: (call) => done({ do_settings: databaseOf(call).do_settings }),
  databases_update_do_settings: (call) => {
    const database = databaseOf(call);
    const settings = call.body.do_settings;
    if (!isJsonObject(settings)) throw badRequest("do_settings must be an object.");
    const names = settings.service_cnames;
    if (!Array.isArray(names) || !names.every((name) => HOST_NAME.test(String(name)))) {
      throw unprocessable("service_cnames must hold host names.");
    }
    database.do_settings = { service_cnames: names };
    return done();
  },
  databases_update_maintenanceWindow: (call) => {
    const database = databaseOf(call);
    const day = textField(call.body, "day");
    database.maintenance_window = { day, hour: textField(call.body, "hour"), pending: false };
    return done();
  },
  databases_install_update: (call) => {
    databaseOf(call);
    return done();
  },
  databases_list_backups: (call) => {
    const { created_at } = databaseOf(call);
    return done({
      backups: [{ created_at, size_gigabytes: 0.03, incremental: false }],
      scheduled_backup_time: { backup_hour: 20, backup_minute: 40, backup_interval_hours: 24 },
    });
  },
  databases_list_events_logs: (call) => listParts(call, "event", "events"),
  databases_get_evictionPolicy: (call) => done({ eviction_policy: cacheOf(call).eviction_policy }),
  databases_update_evictionPolicy: (call) => {
    const database = cacheOf(call);
    const policy = optionalWord(call.body, "eviction_policy", POLICIES);
    if (policy === undefined) throw unprocessable("eviction_policy is required.");
    database.eviction_policy = policy;
    return done();
  },
  databases_get_sql_mode: (call) => done({ sql_mode: mysqlOf(call).sql_mode }),
  databases_update_sql_mode: (call) => {
    mysqlOf(call).sql_mode = textField(call.body, "sql_mode");
    return done();
  },
  databases_get_autoscale: (call) => done({ autoscale: databaseOf(call).autoscale }),
  databases_update_autoscale: updateAutoscale,
  databases_get_cluster_metrics_credentials: ({ world }) =>
    done({
      credentials: { credentials: world.tables.settings.peek("database-metrics")?.credentials ?? DEFAULT_CREDENTIALS },
    }),
  databases_update_cluster_metrics_credentials: ({ world, body }) => {
    const given = objectField(objectWithin(body.credentials), "credentials");
    const credentials = {
      basic_auth_username: textField(given, "basic_auth_username"),
      basic_auth_password: textField(given, "basic_auth_password"),
    };
    world.tables.settings.restore({ id: "database-metrics", credentials });
    return done();
  },
};

const DEFAULT_CREDENTIALS = { basic_auth_username: "emulator", basic_auth_password: "emulated" };

function updateAutoscale(call: Call): Answer {
  const database = databaseOf(call);
  const storage = optionalObject(call.body, "storage");
  if (storage === undefined || typeof storage.enabled !== "boolean")
    throw unprocessable("storage.enabled is required.");
  if (storage.enabled) {
    const threshold = integerField(storage, "threshold_percent");
    const increment = optionalInteger(storage, "increment_gib") ?? 10;
    if (threshold < 15 || threshold > 95) throw unprocessable("threshold_percent must be from 15 to 95.");
    if (increment < 10 || increment > 500) throw unprocessable("increment_gib must be from 10 to 500.");
  }
  database.autoscale = { storage };
  return done();
}

/** Clients write credentials within credentials, as they are shown. */
function objectWithin(value: unknown): { readonly credentials: never } {
  const object = isJsonObject(value) ? value : {};
  return { credentials: (isJsonObject(object.credentials) ? object.credentials : object) as never };
}

function migrationOf({ migration }: PlainRecord): { readonly id: string } {
  if (!isJsonObject(migration)) throw notFound("no migration is running");
  return migration as unknown as { readonly id: string };
}

function cacheOf(call: Call): PlainRecord {
  const database = databaseOf(call);
  if (database.engine !== "redis" && database.engine !== "valkey") {
    throw unprocessable("eviction policies are only supported for Redis and Valkey");
  }
  return database;
}

function mysqlOf(call: Call): PlainRecord {
  const database = databaseOf(call);
  if (database.engine !== "mysql") throw unprocessable("SQL modes are only supported for MySQL");
  return database;
}
