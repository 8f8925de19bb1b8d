/** Database clusters. @module */
import type { Duration } from "../../infra/resource-kind.js";
import { databaseCluster } from "../../infra/resources/database-cluster.js";
import { type Answer, accepted, created, done, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import {
  integerField,
  objectsField,
  optionalInteger,
  optionalText,
  optionalWord,
  textField,
  textsField,
} from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { PlainRecord } from "../records.js";
import type { World } from "../world.js";
import { stopCharging } from "./bills.js";
import { checkRegion } from "./checks.js";
import {
  addPart,
  chargeDatabase,
  checkDatabaseSize,
  connectionOf,
  contentOf,
  databaseOf,
  partsOf,
} from "./database-records.js";
import { newUser } from "./database-users.js";
import { projectOfUrn } from "./project-records.js";
import { ensureTags } from "./tag-records.js";
import { vpcFor } from "./vpc-records.js";

/** Engines and their versions, the newest last. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  pg: ["14", "15", "16", "17"],
  mysql: ["8"],
  redis: ["7"],
  valkey: ["8"],
  mongodb: ["7.0", "8.0"],
  kafka: ["3.8"],
  opensearch: ["2"],
  advanced_pg: ["17"],
  advanced_mysql: ["8"],
};
const ENGINES = Object.keys(VERSIONS);
const LAYOUTS = [1, 2, 3];
const NAME = /^[a-z][a-z0-9-]{1,62}$/;
const RULE_TYPES = ["droplet", "k8s", "ip_addr", "tag", "app"] as const;

/** Operations on database clusters. */
export const databaseHandlers: Handlers = {
  databases_list_options: ({ world }) => done(optionsView(world)),
  databases_list_clusters: (call) => {
    const tag = call.query.get("tag_name");
    const all = call.world.tables.databases.list();
    const chosen = tag === null ? all : all.filter(({ tags }) => (tags as string[]).includes(tag));
    return listed(call, "databases", chosen, (database) => view(call.world, database));
  },
  databases_create_cluster: create,
  databases_get_cluster: (call) => done({ database: view(call.world, databaseOf(call)) }),
  databases_destroy_cluster: (call) => {
    const { world } = call;
    const database = databaseOf(call);
    for (const part of [...world.tables.databaseParts.all()]) {
      if (part.parent === database.id) world.tables.databaseParts.delete(part.id);
    }
    world.tables.databases.delete(database.id);
    world.tables.assignments.delete(`do:dbaas:${database.id}`);
    stopCharging(world, `do:dbaas:${database.id}`);
    return done();
  },
  databases_update_region: (call) => {
    const database = databaseOf(call);
    database.region = checkRegion(call.world, textField(call.body, "region"));
    return change(call.world, database, "migrating");
  },
  databases_update_clusterSize: (call) => {
    const { world, body } = call;
    const database = databaseOf(call);
    const size = checkDatabaseSize(textField(body, "size"));
    const nodes = checkedNodes(integerField(body, "num_nodes"));
    const storage = optionalInteger(body, "storage_size_mib");
    if (storage !== undefined && storage < Number(database.storage_size_mib)) {
      throw unprocessable("storage_size_mib must not be smaller than it is.");
    }
    Object.assign(database, { size, num_nodes: nodes, storage_size_mib: storage ?? database.storage_size_mib });
    chargeDatabase(world, database);
    return change(world, database, "resizing", world.times.databaseResize);
  },
  databases_list_firewall_rules: (call) => done({ rules: databaseOf(call).rules }),
  databases_update_firewall_rules: (call) => {
    const database = databaseOf(call);
    database.rules = rulesIn(call, database);
    return done();
  },
  databases_update_major_version: (call) => {
    const database = databaseOf(call);
    const version = textField(call.body, "version");
    const known = VERSIONS[String(database.engine)]!;
    if (known.indexOf(version) <= known.indexOf(String(database.version))) {
      throw unprocessable(`version must be newer than ${database.version}; known: ${known.join(", ")}.`);
    }
    database.version = version;
    change(call.world, database, "resizing");
    return done();
  },
};

/** Transitions of database clusters. */
export const databaseTransitions: Transitions = {
  "database.online": (world, id) => {
    const database = world.tables.databases.peek(id);
    if (database !== undefined) database.status = "online";
  },
};

function create(call: Call): Answer {
  const { world, body } = call;
  const name = textField(body, "name");
  if (!NAME.test(name)) throw unprocessable("invalid cluster name");
  for (const other of world.tables.databases.all())
    if (other.name === name) throw unprocessable("cluster name is not available");
  const engine = optionalWord(body, "engine", ENGINES);
  if (engine === undefined) throw unprocessable("engine is required.");
  const known = VERSIONS[engine]!;
  const version = optionalText(body, "version") ?? known.at(-1)!;
  if (!known.includes(version)) throw unprocessable(`invalid version; known: ${known.join(", ")}`);
  const region = checkRegion(world, textField(body, "region"));
  const size = checkDatabaseSize(textField(body, "size"));
  const nodes = checkedNodes(integerField(body, "num_nodes"));
  const tags = textsField(body, "tags");
  ensureTags(world, tags);
  const database: PlainRecord = world.tables.databases.add({
    id: world.identity.uuid(),
    name,
    engine,
    version,
    semantic_version: `${version}.0`,
    num_nodes: nodes,
    size,
    region,
    status: "creating",
    created_at: world.timestamp,
    private_network_uuid: vpcFor(world, region, optionalText(body, "private_network_uuid")).id,
    tags,
    password: `emulated-${world.identity.hex(16)}`,
    maintenance_window: { day: "tuesday", hour: "14:00:00", pending: false },
    storage_size_mib: optionalInteger(body, "storage_size_mib") ?? includedMib(world, size),
    rules: [],
    config: {},
    eviction_policy: "noeviction",
    sql_mode: "ANSI,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,NO_ZERO_DATE,NO_ZERO_IN_DATE,STRICT_ALL_TABLES",
    do_settings: { service_cnames: [] },
    autoscale: { storage: { enabled: false } },
  });
  const projectId = optionalText(body, "project_id");
  if (projectId) {
    world.tables.assignments.restore({ id: `do:dbaas:${database.id}`, projectId, assignedAt: world.timestamp });
  }
  database.rules = rulesIn(call, database);
  addPart(world, database, "db", "defaultdb", { name: "defaultdb" });
  addPart(world, database, "user", "doadmin", newUser(world, database, "doadmin", "primary", {}));
  addPart(world, database, "event", "1", {
    id: world.identity.uuid(),
    cluster_name: name,
    event_type: "cluster_create",
    create_time: world.timestamp,
  });
  if (engine === "opensearch") addFirstIndex(world, database);
  world.after(world.drawSeconds(databaseCluster.readySeconds), "database.online", database.id);
  chargeDatabase(world, database);
  return created({ database: view(world, database) });
}

/** OpenSearch begins with an index of its own. */
function addFirstIndex(world: World, database: PlainRecord): void {
  const name = ".opensearch-observability";
  addPart(world, database, "index", name, {
    index_name: name,
    number_of_shards: 1,
    number_of_replicas: 0,
    size: 208,
    created_time: world.timestamp,
    status: "open",
    health: "green",
  });
}

function change(
  world: World,
  database: PlainRecord,
  status: string,
  seconds: Duration = databaseCluster.readySeconds,
): Answer {
  database.status = status;
  world.after(world.drawSeconds(seconds), "database.online", database.id);
  return accepted();
}

function checkedNodes(nodes: number): number {
  if (nodes < 1 || nodes > 15) throw unprocessable("num_nodes must be from 1 to 15.");
  return nodes;
}

function includedMib({ catalogue }: World, size: string): number {
  const bytes = catalogue.databaseSizes[size]?.diskBytes ?? 10 * 1024 ** 3;
  return Math.round(bytes / 1024 ** 2);
}

function rulesIn({ world, body }: Call, database: PlainRecord): JsonObject[] {
  return objectsField(body, "rules").map((rule) => ({
    uuid: optionalText(rule, "uuid") || world.identity.uuid(),
    cluster_uuid: database.id,
    type: optionalWord(rule, "type", RULE_TYPES) ?? textField(rule, "type"),
    value: textField(rule, "value"),
    created_at: world.timestamp,
    ...(rule.description === undefined ? {} : { description: optionalText(rule, "description") ?? "" }),
  }));
}

function view(world: World, database: PlainRecord): JsonObject {
  const dbs = partsOf(world, database, "db").map((part) => contentOf(part).name);
  return {
    id: database.id,
    name: database.name,
    engine: database.engine,
    version: database.version,
    semantic_version: database.semantic_version,
    num_nodes: database.num_nodes,
    size: database.size,
    region: database.region,
    status: database.status,
    created_at: database.created_at,
    private_network_uuid: database.private_network_uuid,
    tags: database.tags,
    db_names: dbs,
    connection: connectionOf(database, false),
    private_connection: connectionOf(database, true),
    users: partsOf(world, database, "user").map(contentOf),
    maintenance_window: database.maintenance_window,
    project_id: projectOfUrn(world, `do:dbaas:${database.id}`),
    rules: database.rules,
    version_end_of_life: "2029-11-08T00:00:00Z",
    version_end_of_availability: "2029-05-08T00:00:00Z",
    storage_size_mib: database.storage_size_mib,
    do_settings: database.do_settings,
  };
}

function optionsView({ catalogue }: World): JsonObject {
  const regions = Object.keys(catalogue.regions);
  const sizes = Object.keys(catalogue.databaseSizes);
  const layouts = LAYOUTS.map((nodes) => ({ num_nodes: nodes, sizes }));
  const each = (entry: (versions: readonly string[]) => JsonObject[string]): JsonObject =>
    Object.fromEntries(Object.entries(VERSIONS).map(([engine, versions]) => [engine, entry(versions)]));
  const ends = { end_of_life: "2029-11-08T00:00:00Z", end_of_availability: "2029-05-08T00:00:00Z" };
  return {
    options: each((versions) => ({ regions, versions, layouts, default_version: versions.at(-1) })),
    version_availability: each((versions) => versions.map((version) => ({ ...ends, version }))),
  };
}
