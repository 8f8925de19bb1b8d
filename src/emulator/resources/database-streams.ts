/** Kafka topics and schemas, OpenSearch indexes and log sinks of database clusters. @module */
import { created, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { objectField, optionalInteger, optionalObject, optionalWord, textField } from "../fields.js";
import type { JsonObject } from "../json.js";
import type { PlainRecord } from "../records.js";
import { addPart, contentOf, databaseOf, deletePart, partOf, partsOf } from "./database-records.js";
import { listParts, removePart } from "./database-users.js";

const LEVELS = [
  "NONE",
  "BACKWARD",
  "BACKWARD_TRANSITIVE",
  "FORWARD",
  "FORWARD_TRANSITIVE",
  "FULL",
  "FULL_TRANSITIVE",
] as const;
const SINK_TYPES = ["rsyslog", "elasticsearch", "opensearch", "datadog"] as const;
const SCHEMA_TYPES = ["AVRO", "JSON", "PROTOBUF"] as const;

/** Operations on topics, schemas, indexes and log sinks. */
export const databaseStreamHandlers: Handlers = {
  databases_list_kafka_topics: (call) => {
    const topics = partsOf(call.world, databaseOf(call), "topic").map(contentOf);
    const short = topics.map(({ name, state, replication_factor, partitions }) => ({
      name,
      state,
      replication_factor,
      partition_count: (partitions as unknown[]).length,
    }));
    return done({ topics: short });
  },
  databases_create_kafka_topic: (call) => {
    const database = kafkaOf(call);
    const name = textField(call.body, "name");
    return created({ topic: contentOf(addPart(call.world, database, "topic", name, topicIn(name, call.body))) });
  },
  databases_get_kafka_topic: (call) => done({ topic: contentOf(topicOf(call)) }),
  databases_update_kafka_topic: (call) => {
    const topic = topicOf(call);
    const old = contentOf(topic);
    const count = (old.partitions as unknown[]).length;
    const config = { ...(old.config as JsonObject), ...optionalObject(call.body, "config") };
    if ((optionalInteger(call.body, "partition_count") ?? count) < count)
      throw unprocessable("partitions cannot be removed");
    const { replication_factor } = old;
    topic.content = topicIn(String(old.name), { replication_factor, partition_count: count, ...call.body, config });
    return done({ topic: topic.content as JsonObject });
  },
  databases_delete_kafka_topic: (call) => removePart(call, "topic", call.params.topic_name!),
  databases_list_logsink: (call) => listParts(call, "logsink", "sinks"),
  databases_create_logsink: (call) => {
    const { world, body } = call;
    const database = databaseOf(call);
    const name = textField(body, "sink_name");
    const type = optionalWord(body, "sink_type", SINK_TYPES);
    if (type === undefined) throw unprocessable("sink_type is required.");
    const id = world.identity.uuid();
    const sink = { sink_id: id, sink_name: name, sink_type: type, config: objectField(body, "config") };
    return created({ sink: contentOf(addPart(world, database, "logsink", id, sink)) });
  },
  databases_get_logsink: (call) => done(contentOf(sinkOf(call))),
  databases_update_logsink: (call) => {
    const sink = sinkOf(call);
    sink.content = { ...contentOf(sink), config: objectField(call.body, "config") };
    return { status: 200 };
  },
  databases_delete_logsink: (call) => {
    deletePart(call.world, databaseOf(call), "logsink", call.params.logsink_id!);
    return { status: 200 };
  },
  databases_list_kafka_schemas: (call) => listParts(call, "schema", "subjects"),
  databases_create_kafka_schema: (call) => {
    const { world, body } = call;
    const database = kafkaOf(call);
    const subject = textField(body, "subject_name");
    const type = optionalWord(body, "schema_type", SCHEMA_TYPES);
    if (type === undefined) throw unprocessable("schema_type is required.");
    const schema = textField(body, "schema");
    const content = { schema_id: world.identity.integer(), subject_name: subject, schema_type: type, schema };
    return created(contentOf(addPart(world, database, "schema", subject, content)));
  },
  databases_get_kafka_schema: (call) => done({ ...contentOf(schemaOf(call)), version: "1" }),
  databases_delete_kafka_schema: (call) => removePart(call, "schema", call.params.subject_name!),
  databases_get_kafka_schema_version: (call) => {
    const schema = contentOf(schemaOf(call));
    const { version } = call.params;
    if (version !== "1" && version !== "latest") throw notFound();
    return done({ ...schema, version: "1" });
  },
  databases_get_kafka_schema_config: (call) => done({ compatibility_level: levelOf(databaseOf(call)) }),
  databases_update_kafka_schema_config: (call) => {
    const database = databaseOf(call);
    database.compatibility = levelIn(call.body);
    return done({ compatibility_level: database.compatibility });
  },
  databases_get_kafka_schema_subject_config: (call) => {
    const schema = contentOf(schemaOf(call));
    return done({ subject_name: schema.subject_name, compatibility_level: schema.level ?? levelOf(databaseOf(call)) });
  },
  databases_update_kafka_schema_subject_config: (call) => {
    const schema = schemaOf(call);
    const level = levelIn(call.body);
    schema.content = { ...contentOf(schema), level };
    return done({ subject_name: call.params.subject_name, compatibility_level: level });
  },
  databases_list_opeasearch_indexes: (call) => listParts(call, "index", "indexes"),
  databases_delete_opensearch_index: (call) => removePart(call, "index", call.params.index_name!),
};

function kafkaOf(call: Call): PlainRecord {
  const database = databaseOf(call);
  if (database.engine !== "kafka") throw unprocessable("this operation is only supported for Kafka");
  return database;
}

function topicIn(name: string, body: JsonObject): JsonObject {
  const count = optionalInteger(body, "partition_count") ?? 3;
  const factor = optionalInteger(body, "replication_factor") ?? 2;
  if (count < 1 || count > 2048) throw unprocessable("partition_count must be from 1 to 2048.");
  if (factor < 1) throw unprocessable("replication_factor must be at least 1.");
  return {
    name,
    state: "active",
    replication_factor: factor,
    partitions: Array.from({ length: count }, (_, id) => ({
      id,
      size: 0,
      in_sync_replicas: factor,
      earliest_offset: 0,
      consumer_groups: [],
    })),
    config: { cleanup_policy: "delete", compression_type: "producer", ...topicConfig(body) },
  };
}

/** Settings of a topic: words, switches and numbers, each under a name that says which. */
function topicConfig(body: JsonObject): JsonObject {
  const config = optionalObject(body, "config") ?? {};
  for (const [name, value] of Object.entries(config)) {
    const isWord = /_(policy|type|version)$/.test(name);
    const isSwitch = /^preallocate$|_enable$/.test(name);
    const isNumber = Number.isSafeInteger(value) || (name.endsWith("_ratio") && typeof value === "number");
    const isRight = isWord ? typeof value === "string" : isSwitch ? typeof value === "boolean" : isNumber;
    if (!isRight) throw unprocessable(`config.${name} is not what it must be.`);
  }
  return config;
}

function topicOf(call: Call): ReturnType<typeof partOf> {
  return partOf(call.world, databaseOf(call), "topic", call.params.topic_name!);
}

function sinkOf(call: Call): ReturnType<typeof partOf> {
  return partOf(call.world, databaseOf(call), "logsink", call.params.logsink_id!);
}

function schemaOf(call: Call): ReturnType<typeof partOf> {
  return partOf(call.world, databaseOf(call), "schema", call.params.subject_name!);
}

function levelOf({ compatibility }: PlainRecord): string {
  return String(compatibility ?? "BACKWARD");
}

function levelIn(body: JsonObject): string {
  const level = optionalWord(body, "compatibility_level", LEVELS);
  if (level === undefined) throw unprocessable("compatibility_level is required.");
  return level;
}
