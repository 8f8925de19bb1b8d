/** SSH keys. @module */
import { createHash } from "node:crypto";
import { created, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { optionalText, textField } from "../fields.js";
import type { JsonObject, JsonValue } from "../json.js";
import { listed } from "../page.js";
import type { PlainRecord } from "../records.js";
import type { World } from "../world.js";

/** A public key in OpenSSH's form: type, key, comment. */
const PUBLIC_KEY = /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d+|sk-[\w.@-]+) ([A-Za-z0-9+/]+={0,2})(?: |$)/;

/** Operations on SSH keys. */
export const sshKeyHandlers: Handlers = {
  sshKeys_list: (call) => listed(call, "ssh_keys", call.world.tables.sshKeys.list(), (key) => key as JsonObject),
  sshKeys_create: (call) => {
    const { world, body } = call;
    const name = textField(body, "name");
    const publicKey = textField(body, "public_key").trim();
    const fingerprint = fingerprintOf(publicKey);
    for (const key of world.tables.sshKeys.all()) {
      if (key.fingerprint === fingerprint) throw unprocessable("SSH Key is already in use on your account");
    }
    const key = world.tables.sshKeys.add({ id: world.identity.integer(), fingerprint, public_key: publicKey, name });
    return created({ ssh_key: key as JsonObject });
  },
  sshKeys_get: (call) => done({ ssh_key: keyOf(call) as JsonObject }),
  sshKeys_update: (call) => {
    const key = keyOf(call);
    key.name = optionalText(call.body, "name") ?? key.name;
    return done({ ssh_key: key as JsonObject });
  },
  sshKeys_delete: (call) => {
    call.world.tables.sshKeys.delete(keyOf(call).id);
    return done();
  },
};

/** The ids of keys that are named by id or fingerprint. @throws Refusal */
export function sshKeysFor(world: World, names: readonly JsonValue[]): number[] {
  return names.map((name) => {
    const key = find(world, String(name));
    if (key === undefined) throw unprocessable(`${String(name)} are invalid key identifiers for Droplet creation.`);
    return key.id as number;
  });
}

/** @see RFC 4716, section 4: the MD5 of the key, in pairs of digits */
function fingerprintOf(publicKey: string): string {
  const encoded = PUBLIC_KEY.exec(publicKey)?.[1];
  if (encoded === undefined) throw unprocessable("Key invalid, key should be of the format `type key [comment]`");
  const digest = createHash("md5").update(Buffer.from(encoded, "base64")).digest("hex");
  return digest.match(/../g)!.join(":");
}

function find(world: World, name: string): PlainRecord | undefined {
  const key = world.tables.sshKeys.get(name);
  if (key !== undefined) return key;
  return world.tables.sshKeys.list().find(({ fingerprint }) => fingerprint === name);
}

function keyOf({ world, params }: Call): PlainRecord {
  const key = find(world, params.ssh_key_identifier!);
  if (key === undefined) throw notFound();
  return key;
}
