/** Database clusters and their parts: what is kept of them, and how it is found. @module */
import { databaseCluster } from "../../infra/resources/database-cluster.js";
import { notFound, unprocessable } from "../answer.js";
import type { Call } from "../call.js";
import type { JsonObject } from "../json.js";
import type { ChildRecord, PlainRecord } from "../records.js";
import type { World } from "../world.js";
import { charge } from "./bills.js";

/** What a cluster has many of. */
export type PartKind = "user" | "db" | "pool" | "replica" | "topic" | "logsink" | "schema" | "index" | "event";

/** Ports of the engines. */
const PORTS: Readonly<Record<string, number>> = {
  pg: 25060,
  advanced_pg: 25060,
  mysql: 25060,
  advanced_mysql: 25060,
  redis: 25061,
  valkey: 25061,
  mongodb: 27017,
  kafka: 25073,
  opensearch: 25060,
};
const SCHEMES: Readonly<Record<string, string>> = {
  pg: "postgresql",
  advanced_pg: "postgresql",
  advanced_mysql: "mysql",
  redis: "rediss",
  valkey: "rediss",
  opensearch: "https",
};

/** The database cluster that a path names. @throws Refusal */
export function databaseOf({ world, params }: Call): PlainRecord {
  const database = world.tables.databases.get(params.database_cluster_uuid!);
  if (database === undefined) throw notFound("cluster not found");
  return database;
}

/** Parts of a cluster. */
export function partsOf(world: World, database: PlainRecord, kind: PartKind): ChildRecord[] {
  return world.tables.databaseParts.list().filter((part) => part.parent === database.id && part.kind === kind);
}

/** The part of a cluster with a name. @throws Refusal */
export function partOf(world: World, database: PlainRecord, kind: PartKind, name: string): ChildRecord {
  const part = world.tables.databaseParts.get(partId(database, kind, name));
  if (part === undefined) throw notFound(`${kind} not found`);
  return part;
}

/** Adds a part. @throws Refusal when there is one of that name. */
export function addPart(
  world: World,
  database: PlainRecord,
  kind: PartKind,
  name: string,
  content: JsonObject,
): ChildRecord {
  const id = partId(database, kind, name);
  if (world.tables.databaseParts.peek(id) !== undefined) throw unprocessable(`${kind} name is not available`);
  return world.tables.databaseParts.add({ id, parent: String(database.id), kind, content });
}

/** Deletes a part. @throws Refusal */
export function deletePart(world: World, database: PlainRecord, kind: PartKind, name: string): void {
  world.tables.databaseParts.delete(partOf(world, database, kind, name).id);
}

/** What a part holds, as the API shows it. */
export function contentOf(part: ChildRecord): JsonObject {
  return part.content as JsonObject;
}

/** How to reach a cluster. */
export function connectionOf(database: PlainRecord, isPrivate: boolean, name = "defaultdb"): JsonObject {
  const engine = String(database.engine);
  const host = `${isPrivate ? "private-" : ""}${database.name}-do-user-1.db.ondigitalocean.com`;
  const port = PORTS[engine] ?? 25060;
  const password = String(database.password);
  const scheme = SCHEMES[engine] ?? engine;
  return {
    uri: `${scheme}://doadmin:${password}@${host}:${port}/${name}?sslmode=require`,
    database: name,
    host,
    port,
    user: "doadmin",
    password,
    ssl: true,
  };
}

/** Charges for a cluster, where its size is one of the catalogue. */
export function chargeDatabase(world: World, database: PlainRecord): void {
  if (!Object.hasOwn(world.catalogue.databaseSizes, String(database.size))) return;
  const attributes = {
    size: String(database.size),
    node_count: Number(database.num_nodes),
    storage_size_mib: String(database.storage_size_mib ?? 0),
  };
  const price = databaseCluster.priceUsdPerHour(attributes, world.catalogue);
  charge(world, `do:dbaas:${database.id}`, String(database.name), price);
}

/** Sizes of databases look like `db-s-1vcpu-1gb`. @throws Refusal */
export function checkDatabaseSize(size: string): string {
  if (!/^(db|gd|so|m|g|c|so1_5)\d*-/.test(size)) throw unprocessable("invalid size");
  return size;
}

function partId(database: PlainRecord, kind: PartKind, name: string): string {
  return `${database.id} ${kind} ${name}`;
}
