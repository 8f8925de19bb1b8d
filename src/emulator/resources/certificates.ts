/** Certificates: uploaded ones, and those of Let's Encrypt. @module */
import { createHash } from "node:crypto";
import { certificate as certificateKind } from "../../infra/resources/certificate.js";
import { type Answer, created, done, notFound, Refusal, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import { timestamp } from "../emulator-time.js";
import { optionalWord, textField, textsField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { PlainRecord } from "../records.js";
import type { World } from "../world.js";

const DAYS = 86_400;
/** How long certificates hold. Unit: seconds. @see https://letsencrypt.org/docs/faq/ for the 90 days */
const VALID_SECONDS = { lets_encrypt: 90 * DAYS, custom: 365 * DAYS };

/** Operations on certificates. */
export const certificateHandlers: Handlers = {
  certificates_list: (call) => {
    const name = call.query.get("name");
    const certificates = call.world.tables.certificates.list().filter((each) => name === null || each.name === name);
    return listed(call, "certificates", certificates, (each) => each as JsonObject);
  },
  certificates_create: create,
  certificates_get: (call) => done({ certificate: certificateOf(call) as JsonObject }),
  certificates_delete: (call) => {
    const { id } = certificateOf(call);
    if (isUsed(call.world, String(id))) {
      throw new Refusal(403, "forbidden", "Make sure the certificate is not in use before deleting it");
    }
    call.world.tables.certificates.delete(id);
    return done();
  },
};

/** Transitions of certificates. */
export const certificateTransitions: Transitions = {
  "certificate.verified": (world, id) => {
    const certificate = world.tables.certificates.peek(id);
    if (certificate !== undefined) certificate.state = "verified";
  },
};

function create({ world, body }: Call): Answer {
  const name = textField(body, "name");
  const type = optionalWord(body, "type", ["custom", "lets_encrypt"]) ?? "custom";
  for (const other of world.tables.certificates.all()) {
    if (other.name === name) throw unprocessable("A certificate with this name already exists.");
  }
  const leaf = type === "custom" ? checkedLeaf(body) : "";
  const names = type === "custom" ? [] : textsField(body, "dns_names");
  if (type === "lets_encrypt") checkNames(world, names);
  const isCustom = type === "custom";
  const certificate: PlainRecord = world.tables.certificates.add({
    id: world.identity.uuid(),
    name,
    not_after: timestamp(world.time.now() + VALID_SECONDS[type]),
    sha1_fingerprint: isCustom ? createHash("sha1").update(leaf).digest("hex") : world.identity.hex(40),
    created_at: world.timestamp,
    dns_names: names,
    state: isCustom ? "verified" : "pending",
    type,
  });
  if (!isCustom) world.after(world.drawSeconds(certificateKind.readySeconds), "certificate.verified", certificate.id);
  return created({ certificate: certificate as JsonObject });
}

/** The leaf certificate of an upload, whose key is looked at and forgotten. */
function checkedLeaf(body: JsonObject): string {
  textField(body, "private_key");
  return textField(body, "leaf_certificate");
}

/** Let's Encrypt certificates are for domains of the account. */
function checkNames(world: World, names: readonly string[]): void {
  if (names.length === 0) throw unprocessable("dns_names is required.");
  for (const name of names) {
    const plain = name.replace(/^\*\./, "");
    const isOwn = world.tables.domains.list().some(({ id }) => plain === id || plain.endsWith(`.${id}`));
    if (!isOwn) throw unprocessable(`dns_names: the domain of ${name} is not managed by this account.`);
  }
}

function isUsed(world: World, id: string): boolean {
  return world.tables.loadBalancers
    .list()
    .some(({ settings }) => (settings.forwarding_rules as JsonObject[]).some((rule) => rule.certificate_id === id));
}

function certificateOf({ world, params }: Call): PlainRecord {
  const certificate = world.tables.certificates.get(params.certificate_id!);
  if (certificate === undefined) throw notFound();
  return certificate;
}
