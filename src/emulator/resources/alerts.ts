/** Alert policies, and where logs are sent to. Neither does anything: nothing is sent. @module */
import { type Answer, accepted, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import {
  objectField,
  objectsField,
  optionalNumber,
  optionalText,
  requiredWord,
  textField,
  textsField,
} from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { PlainRecord } from "../records.js";

const TYPE = /^v1\/(insights|dbaas|droplet)\/[a-z0-9_/]+$/;
const WINDOWS = ["5m", "10m", "30m", "1h"];
const DESTINATION_TYPES = ["opensearch_dbaas", "opensearch_ext"];

/** Operations on alert policies and log sinks. */
export const alertHandlers: Handlers = {
  monitoring_list_alertPolicy: (call) => listed(call, "policies", call.world.tables.alerts.list(), policyView),
  monitoring_create_alertPolicy: (call) => {
    const { world } = call;
    const policy = world.tables.alerts.add({ id: world.identity.uuid(), ...policyIn(call.body) });
    return done({ policy: policyView(policy) });
  },
  monitoring_get_alertPolicy: (call) => done({ policy: policyView(policyOf(call)) }),
  monitoring_update_alertPolicy: (call) => {
    const policy = policyOf(call);
    Object.assign(policy, policyIn(call.body));
    return done({ policy: policyView(policy) });
  },
  monitoring_delete_alertPolicy: (call) => {
    call.world.tables.alerts.delete(policyOf(call).id);
    return done();
  },
  monitoring_list_destinations: ({ world }) => {
    const destinations = world.tables.sinks.list().filter(({ kind }) => kind === "destination");
    return done({ destinations: destinations.map(destinationView) });
  },
  monitoring_create_destination: (call) => {
    const { world } = call;
    const settings = destinationIn(call.body);
    const destination = world.tables.sinks.add({ id: world.identity.uuid(), kind: "destination", ...settings });
    return done({ destination: destinationView(destination) });
  },
  monitoring_get_destination: (call) => done({ destination: destinationView(destinationOf(call)) }),
  monitoring_update_destination: (call) => {
    Object.assign(destinationOf(call), destinationIn(call.body));
    return done();
  },
  monitoring_delete_destination: (call) => {
    call.world.tables.sinks.delete(destinationOf(call).id);
    return done();
  },
  monitoring_list_sinks: (call) => {
    const resource = call.query.get("resource_id");
    const sinks = call.world.tables.sinks.list().filter(({ kind }) => kind === "sink");
    const chosen = sinks.filter(
      ({ resources }) => resource === null || (resources as JsonObject[]).some(({ urn }) => urn === resource),
    );
    return done({ sinks: chosen.map((sink) => sinkView(call, sink)) });
  },
  monitoring_create_sink: createSink,
  monitoring_get_sink: (call) => done({ sink: sinkView(call, sinkOf(call)) }),
  monitoring_delete_sink: (call) => {
    call.world.tables.sinks.delete(sinkOf(call).id);
    return done();
  },
};

function policyIn(body: JsonObject): JsonObject {
  const alerts = objectField(body, "alerts");
  const type = textField(body, "type");
  if (!TYPE.test(type)) throw unprocessable("type must be a metric such as v1/insights/droplet/cpu.");
  const value = optionalNumber(body, "value");
  if (value === undefined) throw unprocessable("value is required.");
  return {
    alerts: { email: textsField(alerts, "email"), slack: objectsField(alerts, "slack") },
    compare: requiredWord(body, "compare", ["GreaterThan", "LessThan"]),
    description: textField(body, "description"),
    enabled: body.enabled !== false,
    entities: textsField(body, "entities"),
    tags: textsField(body, "tags"),
    type,
    value,
    window: requiredWord(body, "window", WINDOWS),
  };
}

function policyView({ id, ...policy }: PlainRecord): JsonObject {
  return { uuid: id, ...policy } as JsonObject;
}

function policyOf({ world, params }: Call): PlainRecord {
  const policy = world.tables.alerts.get(params.alert_uuid!);
  if (policy === undefined) throw notFound();
  return policy;
}

function destinationIn(body: JsonObject): JsonObject {
  const config = objectField(body, "config");
  textField(config, "endpoint");
  // Credentials are not kept: nothing is ever sent there.
  const { credentials: _, ...kept } = config;
  return { name: optionalText(body, "name") ?? "", type: requiredWord(body, "type", DESTINATION_TYPES), config: kept };
}

function destinationView({ id, name, type, config }: PlainRecord): JsonObject {
  return { id, name, type, config: { id, ...(config as JsonObject) } };
}

function destinationOf({ world, params }: Call): PlainRecord {
  const destination = world.tables.sinks.get(params.destination_uuid!);
  if (destination?.kind !== "destination") throw notFound();
  return destination;
}

function createSink({ world, body }: Call): Answer {
  const destination = world.tables.sinks.get(textField(body, "destination_uuid"));
  if (destination?.kind !== "destination") throw notFound();
  const resources = objectsField(body, "resources");
  for (const resource of resources) textField(resource, "urn");
  world.tables.sinks.add({ id: world.identity.uuid(), kind: "sink", destination: destination.id, resources });
  return accepted();
}

function sinkOf({ world, params }: Call): PlainRecord {
  const sink = world.tables.sinks.get(params.sink_uuid!);
  if (sink?.kind !== "sink") throw notFound();
  return sink;
}

function sinkView({ world }: Call, sink: PlainRecord): JsonObject {
  const destination = world.tables.sinks.peek(String(sink.destination));
  return {
    id: sink.id,
    urn: `do:sink:${sink.id}`,
    destination: destination === undefined ? {} : destinationView(destination),
    resources: sink.resources,
  };
}
