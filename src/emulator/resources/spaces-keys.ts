/** Keys of the object storage. Buckets are not of this API: clients make them at an S3 endpoint. @module */
import { type Answer, badRequest, created, done, notFound } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { objectsField, optionalText } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { PlainRecord } from "../records.js";

const PERMISSIONS = ["read", "readwrite", "fullaccess", ""];

/** Operations on keys of the object storage. */
export const spacesKeyHandlers: Handlers = {
  spacesKey_list: (call) => {
    const { query } = call;
    const [name, bucket, permission] = [query.get("name"), query.get("bucket"), query.get("permission")];
    const keys = call.world.tables.spacesKeys.list().filter((key) => {
      const grants = key.grants as readonly JsonObject[];
      if (name !== null && key.name !== name) return false;
      if (bucket !== null && !grants.some((grant) => grant.bucket === bucket)) return false;
      return permission === null || grants.some((grant) => grant.permission === permission);
    });
    return listed(call, "keys", keys, view);
  },
  spacesKey_create: (call) => {
    const { world, body } = call;
    const name = nameIn(body);
    const grants = grantsIn(body);
    const key = world.tables.spacesKeys.add({
      id: `DO00${world.identity.hex(16).toUpperCase()}`,
      name,
      grants,
      created_at: world.timestamp,
    });
    return created({ key: { ...view(key), secret_key: world.identity.hex(43) } });
  },
  spacesKey_get: (call) => done({ key: view(keyOf(call)) }),
  spacesKey_delete: (call) => {
    call.world.tables.spacesKeys.delete(keyOf(call).id);
    return done();
  },
  spacesKey_update: (call) => update(call),
  spacesKey_patch: (call) => update(call),
};

function update(call: Call): Answer {
  const key = keyOf(call);
  if (call.body.name !== undefined) key.name = nameIn(call.body);
  if (call.body.grants !== undefined) key.grants = grantsIn(call.body);
  return done({ key: view(key) });
}

function nameIn(body: JsonObject): string {
  const name = optionalText(body, "name") ?? "";
  if (name === "") throw badRequest("name is required.");
  return name;
}

function grantsIn(body: JsonObject): JsonObject[] {
  return objectsField(body, "grants").map(({ bucket = "", permission = "" }) => {
    if (typeof bucket !== "string" || typeof permission !== "string" || !PERMISSIONS.includes(permission)) {
      throw badRequest("grants must hold a bucket and a permission: read, readwrite or fullaccess.");
    }
    return { bucket, permission };
  });
}

function view({ id, name, grants, created_at }: PlainRecord): JsonObject {
  return { name, grants, access_key: id, created_at };
}

function keyOf({ world, params }: Call): PlainRecord {
  const key = world.tables.spacesKeys.get(params.access_key!);
  if (key === undefined) throw notFound();
  return key;
}
