/** Domains and their records. @module */
import { type Answer, created, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { optionalInteger, optionalText, optionalWord, textField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { ChildRecord, PlainRecord } from "../records.js";
import type { World } from "../world.js";

const NAME = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;
const TYPES = ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "SOA", "SRV", "TXT"] as const;
/** Numbers some types must have. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  MX: ["priority"],
  SRV: ["priority", "port", "weight"],
  CAA: ["flags"],
};
const TTL_SECONDS = 1800;

/** Operations on domains and their records. */
export const domainHandlers: Handlers = {
  domains_list: (call) =>
    listed(call, "domains", call.world.tables.domains.list(), (domain) => view(call.world, domain)),
  domains_create: createDomain,
  domains_get: (call) => done({ domain: view(call.world, domainOf(call)) }),
  domains_delete: (call) => {
    const { tables } = call.world;
    const domain = domainOf(call);
    for (const record of recordsOf(call.world, domain)) tables.domainRecords.delete(record.id);
    tables.domains.delete(domain.id);
    tables.assignments.delete(`do:domain:${domain.id}`);
    return done();
  },
  domains_list_records: (call) => {
    const type = call.query.get("type");
    const name = call.query.get("name");
    const domain = domainOf(call);
    const records = recordsOf(call.world, domain).filter(
      (record) => (type === null || record.type === type) && (name === null || fullName(record, domain) === name),
    );
    return listed(call, "domain_records", records, recordView);
  },
  domains_create_record: (call) => {
    const domain = domainOf(call);
    const fields = fieldsOf(call.body);
    return created({ domain_record: recordView(addRecord(call.world, domain, fields)) });
  },
  domains_get_record: (call) => done({ domain_record: recordView(recordOf(call)) }),
  domains_patch_record: updateRecord,
  domains_update_record: updateRecord,
  domains_delete_record: (call) => {
    call.world.tables.domainRecords.delete(recordOf(call).id);
    return done();
  },
};

function createDomain(call: Call): Answer {
  const { world, body } = call;
  const name = textField(body, "name").toLowerCase();
  if (!NAME.test(name)) throw unprocessable("name must be a valid domain name.");
  if (world.tables.domains.peek(name) !== undefined) throw unprocessable("domain already exists in your account");
  const domain = world.tables.domains.add({ id: name, created_at: world.timestamp });
  addRecord(world, domain, { type: "SOA", name: "@", data: "1800", ttl: TTL_SECONDS });
  for (const host of ["ns1", "ns2", "ns3"]) {
    addRecord(world, domain, { type: "NS", name: "@", data: `${host}.digitalocean.com`, ttl: TTL_SECONDS });
  }
  const address = optionalText(body, "ip_address");
  if (address) addRecord(world, domain, { type: "A", name: "@", data: address, ttl: TTL_SECONDS });
  return created({ domain: { ...view(world, domain), zone_file: null, ttl: null } });
}

function updateRecord(call: Call): Answer {
  const record = recordOf(call);
  const own = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
  Object.assign(record, fieldsOf({ ...own, ...call.body }));
  return done({ domain_record: recordView(record) });
}

/** What a request says about a record, checked. */
function fieldsOf(body: JsonObject): JsonObject {
  const type = optionalWord(body, "type", TYPES);
  if (type === undefined) throw unprocessable("type is required.");
  for (const name of NEEDED[type] ?? [])
    if (optionalInteger(body, name) === undefined) throw unprocessable(`${name} is required.`);
  if (type === "CAA" && !optionalText(body, "tag")) throw unprocessable("tag is required.");
  return {
    type,
    name: type === "SOA" ? "@" : textField(body, "name"),
    data: type === "SOA" ? (optionalText(body, "data") ?? "1800") : textField(body, "data"),
    priority: optionalInteger(body, "priority") ?? null,
    port: optionalInteger(body, "port") ?? null,
    ttl: optionalInteger(body, "ttl") ?? TTL_SECONDS,
    weight: optionalInteger(body, "weight") ?? null,
    flags: optionalInteger(body, "flags") ?? null,
    tag: optionalText(body, "tag") ?? null,
  };
}

function addRecord(world: World, domain: PlainRecord, fields: JsonObject): ChildRecord {
  const empty = { priority: null, port: null, weight: null, flags: null, tag: null };
  return world.tables.domainRecords.add({
    id: world.identity.integer(),
    parent: String(domain.id),
    ...empty,
    ...fields,
  });
}

function recordsOf(world: World, domain: PlainRecord): ChildRecord[] {
  return world.tables.domainRecords.list().filter(({ parent }) => parent === domain.id);
}

function fullName(record: ChildRecord, domain: PlainRecord): string {
  return record.name === "@" ? String(domain.id) : `${record.name}.${domain.id}`;
}

function recordView({ parent: _, ...record }: ChildRecord): JsonObject {
  return record as JsonObject;
}

function view(world: World, domain: PlainRecord): JsonObject {
  const lines = recordsOf(world, domain).map((record) => {
    const priority = record.priority === null ? "" : `${record.priority} `;
    return `${fullName(record, domain)}. ${record.ttl} IN ${record.type} ${priority}${record.data}`;
  });
  return {
    name: domain.id,
    ttl: TTL_SECONDS,
    zone_file: `$ORIGIN ${domain.id}.\n$TTL ${TTL_SECONDS}\n${lines.join("\n")}\n`,
  };
}

function domainOf({ world, params }: Call): PlainRecord {
  const domain = world.tables.domains.get(params.domain_name!);
  if (domain === undefined) throw notFound();
  return domain;
}

function recordOf(call: Call): ChildRecord {
  const domain = domainOf(call);
  const record = call.world.tables.domainRecords.get(call.params.domain_record_id!);
  if (record?.parent !== domain.id) throw notFound();
  return record;
}
