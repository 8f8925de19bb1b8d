/** Users, databases, connection pools and replicas of database clusters. @module */
import { databaseCluster } from "../../infra/resources/database-cluster.js";
import { type Answer, created, done, Refusal, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import {
  flagField,
  integerField,
  objectField,
  objectsField,
  optionalInteger,
  optionalObject,
  optionalText,
  requiredWord,
  textField,
  textsField,
} from "../fields.js";
import type { JsonObject } from "../json.js";
import type { PlainRecord } from "../records.js";
import type { World } from "../world.js";
import {
  addPart,
  checkDatabaseSize,
  connectionOf,
  contentOf,
  databaseOf,
  deletePart,
  type PartKind,
  partOf,
  partsOf,
} from "./database-records.js";

/** Operations on users, databases, connection pools and replicas. */
export const databaseUserHandlers: Handlers = {
  databases_list_users: (call) => listParts(call, "user", "users"),
  databases_add_user: (call) => {
    const database = databaseOf(call);
    const name = textField(call.body, "name");
    const user = newUser(call.world, database, name, "normal", call.body);
    return created({ user: contentOf(addPart(call.world, database, "user", name, user)) });
  },
  databases_get_user: (call) => done({ user: contentOf(userOf(call)) }),
  databases_delete_user: (call) => {
    if (contentOf(userOf(call)).role === "primary") throw unprocessable("the primary user cannot be deleted");
    return removePart(call, "user", call.params.username!);
  },
  databases_update_user: (call) => {
    const user = userOf(call);
    user.content = { ...contentOf(user), settings: userSettings(objectField(call.body, "settings")) };
    return created({ user: user.content as JsonObject });
  },
  databases_reset_auth: (call) => {
    const user = userOf(call);
    const mysql = mysqlSettings(call.body);
    const password = `emulated-${call.world.identity.hex(16)}`;
    user.content = { ...contentOf(user), password, ...(mysql === undefined ? {} : { mysql_settings: mysql }) };
    return done({ user: user.content as JsonObject });
  },
  databases_list: (call) => listParts(call, "db", "dbs"),
  databases_add: (call) => {
    const database = databaseOf(call);
    const name = textField(call.body, "name");
    return created({ db: contentOf(addPart(call.world, database, "db", name, { name })) });
  },
  databases_get: (call) =>
    done({ db: contentOf(partOf(call.world, databaseOf(call), "db", call.params.database_name!)) }),
  databases_delete: (call) => removePart(call, "db", call.params.database_name!),
  databases_list_connectionPools: (call) => listParts(call, "pool", "pools"),
  databases_add_connectionPool: (call) => {
    const database = databaseOf(call);
    if (database.engine !== "pg") throw unprocessable("connection pools are only supported for PostgreSQL");
    const name = textField(call.body, "name");
    const pool = poolIn(call, database, name);
    return created({ pool: contentOf(addPart(call.world, database, "pool", name, pool)) });
  },
  databases_get_connectionPool: (call) =>
    done({ pool: contentOf(partOf(call.world, databaseOf(call), "pool", call.params.pool_name!)) }),
  databases_update_connectionPool: (call) => {
    const database = databaseOf(call);
    const name = call.params.pool_name!;
    const pool = partOf(call.world, database, "pool", name);
    pool.content = poolIn(call, database, name);
    return done();
  },
  databases_delete_connectionPool: (call) => removePart(call, "pool", call.params.pool_name!),
  databases_list_replicas: (call) => listParts(call, "replica", "replicas"),
  databases_create_replica: createReplica,
  databases_get_replica: (call) =>
    done({ replica: contentOf(partOf(call.world, databaseOf(call), "replica", call.params.replica_name!)) }),
  databases_destroy_replica: (call) => removePart(call, "replica", call.params.replica_name!),
  databases_promote_replica: (call) => {
    const database = databaseOf(call);
    const replica = contentOf(partOf(call.world, database, "replica", call.params.replica_name!));
    if (replica.status !== "online") throw unprocessable("the replica is not online yet");
    deletePart(call.world, database, "replica", call.params.replica_name!);
    const { id, name, region, size, tags } = replica;
    call.world.tables.databases.add({
      ...database,
      id: String(id),
      name,
      region,
      size,
      tags,
      status: "online",
      num_nodes: 1,
    });
    return done();
  },
};

/** Transitions of replicas. The subject is the part's id. */
export const replicaTransitions: Transitions = {
  "replica.online": (world, id) => {
    const replica = world.tables.databaseParts.peek(id);
    if (replica !== undefined) replica.content = { ...contentOf(replica), status: "online" };
  },
};

/** A user as the API shows it, with a password that opens nothing. */
export function newUser(
  world: World,
  { engine }: PlainRecord,
  name: string,
  role: "primary" | "normal",
  body: JsonObject,
): JsonObject {
  const mysql = mysqlSettings(body);
  const given = optionalObject(body, "settings");
  const settings = given && userSettings(given);
  return {
    name,
    role,
    password: `emulated-${world.identity.hex(16)}`,
    ...(engine === "mysql" ? { mysql_settings: mysql ?? { auth_plugin: "caching_sha2_password" } } : {}),
    ...(settings === undefined ? {} : { settings }),
  };
}

/** Settings of a user, each only where its engine is given it. */
function userSettings(given: JsonObject): JsonObject {
  const settings: Record<string, JsonObject[string]> = {};
  if (given.pg_allow_replication !== undefined)
    settings.pg_allow_replication = flagField(given, "pg_allow_replication");
  if (given.opensearch_acl !== undefined) {
    settings.opensearch_acl = objectsField(given, "opensearch_acl").map((rule) => ({
      index: textField(rule, "index"),
      permission: requiredWord(rule, "permission", ["deny", "admin", "read", "readwrite", "write"]),
    }));
  }
  if (given.acl !== undefined) {
    settings.acl = objectsField(given, "acl").map((rule) => ({
      id: optionalText(rule, "id") ?? textField(rule, "topic"),
      topic: textField(rule, "topic"),
      permission: requiredWord(rule, "permission", ["admin", "consume", "produce", "produceconsume"]),
    }));
  }
  const mongo = optionalObject(given, "mongo_user_settings");
  if (mongo !== undefined) {
    const role = requiredWord(mongo, "role", ["readOnly", "readWrite", "dbAdmin"]);
    settings.mongo_user_settings = { databases: textsField(mongo, "databases"), role };
  }
  return settings;
}

function mysqlSettings(body: JsonObject): JsonObject | undefined {
  const settings = optionalObject(body, "mysql_settings");
  if (settings === undefined) return undefined;
  return { auth_plugin: requiredWord(settings, "auth_plugin", ["mysql_native_password", "caching_sha2_password"]) };
}

/** Answers with the parts of a cluster under a name. */
export function listParts({ world, ...call }: Call, kind: PartKind, name: string): Answer {
  return done({ [name]: partsOf(world, databaseOf({ world, ...call }), kind).map(contentOf) });
}

/** Deletes a part and answers. */
export function removePart(call: Call, kind: PartKind, name: string): Answer {
  deletePart(call.world, databaseOf(call), kind, name);
  return done();
}

function userOf(call: Call): ReturnType<typeof partOf> {
  return partOf(call.world, databaseOf(call), "user", call.params.username!);
}

function poolIn({ world, body }: Call, database: PlainRecord, name: string): JsonObject {
  const db = textField(body, "db");
  if (!partsOf(world, database, "db").some((part) => contentOf(part).name === db))
    throw unprocessable("database not found");
  const user = optionalText(body, "user") || "doadmin";
  if (!partsOf(world, database, "user").some((part) => contentOf(part).name === user))
    throw unprocessable("user not found");
  const size = integerField(body, "size");
  if (size < 1) throw unprocessable("size must be at least 1.");
  return {
    name,
    mode: textField(body, "mode"),
    size,
    db,
    user,
    connection: connectionOf(database, false, name),
    private_connection: connectionOf(database, true, name),
  };
}

function createReplica(call: Call): Answer {
  const { world, body } = call;
  const database = databaseOf(call);
  if (database.status !== "online") throw new Refusal(422, "unprocessable_entity", "the cluster is not online yet");
  const name = textField(body, "name");
  const size = checkDatabaseSize(optionalText(body, "size") ?? String(database.size));
  const part = addPart(world, database, "replica", name, {
    id: world.identity.uuid(),
    name,
    region: optionalText(body, "region") || database.region,
    size,
    status: "creating",
    tags: textsField(body, "tags"),
    created_at: world.timestamp,
    private_network_uuid: database.private_network_uuid,
    connection: connectionOf(database, false),
    private_connection: connectionOf(database, true),
    storage_size_mib: optionalInteger(body, "storage_size_mib") ?? database.storage_size_mib,
  });
  world.after(world.drawSeconds(databaseCluster.readySeconds), "replica.online", part.id);
  return created({ replica: contentOf(part) });
}
