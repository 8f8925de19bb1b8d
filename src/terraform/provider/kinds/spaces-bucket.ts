/** Buckets, by S3. @module */
import type { ApiClient } from "../api/api-client.js";
import { elementsOf, textOf, xmlOf } from "../api/xml.js";
import { differs, type KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";
import { corsValues, corsXml, lifecycleValues, lifecycleXml } from "./bucket-rules.js";

/** `PUT /{bucket}` and what hangs on it. The name is the id. */
export const spacesBucketApi: KindApi = {
  create: async ({ name, region, acl }, api) => {
    const headers = { "x-amz-acl": String(acl ?? "private") };
    await api.spaces.send({ method: "PUT", bucket: String(name), headers });
    return bucketValues(String(name), String(region));
  },
  finish: (_, wanted, api) => configure({}, wanted, api),
  read: readBucket,
  update: async (prior, wanted, api) => {
    const bucket = String(prior.name);
    if (differs(prior, wanted, "acl")) {
      const headers = { "x-amz-acl": String(wanted.acl) };
      await api.spaces.send({ method: "PUT", bucket, query: { acl: "" }, headers });
    }
    await configure(prior, wanted, api);
  },
  remove: async ({ name, force_destroy }, api) => {
    const bucket = String(name);
    if (force_destroy === true) await emptyBucket(bucket, api);
    await api.spaces.send({ method: "DELETE", bucket });
  },
  // As the official provider: region and name, with a comma between.
  imported: (id) => {
    const [region = "", name = ""] = id.split(",");
    return { id: name, name, region };
  },
};

function bucketValues(name: string, region: string): PlainValues {
  const host = `${region}.digitaloceanspaces.com`;
  return { id: name, name, region, urn: `do:space:${name}`, bucket_domain_name: `${name}.${host}`, endpoint: host };
}

/** Brings what hangs on a bucket from what it was to what it shall be. */
async function configure(prior: PlainValues, wanted: PlainValues, api: ApiClient): Promise<void> {
  const bucket = String(wanted.name);
  if (differs(prior, wanted, "versioning")) {
    const isOn = (wanted.versioning as PlainValues | undefined)?.enabled === true;
    const body = xmlOf("VersioningConfiguration", { Status: isOn ? "Enabled" : "Suspended" });
    if (isOn || prior.versioning !== undefined) {
      await api.spaces.send({ method: "PUT", bucket, query: { versioning: "" }, body });
    }
  }
  if (differs(prior, wanted, "cors_rule")) await putRules(bucket, "cors", corsXml, wanted.cors_rule, api);
  if (differs(prior, wanted, "lifecycle_rule")) {
    await putRules(bucket, "lifecycle", lifecycleXml, wanted.lifecycle_rule, api);
  }
}

async function putRules(
  bucket: string,
  name: string,
  xml: (rules: readonly PlainValues[]) => string,
  rules: PlainValues[string] | undefined,
  api: ApiClient,
): Promise<void> {
  const items = (rules ?? []) as readonly PlainValues[];
  const query = { [name]: "" };
  if (items.length === 0) await api.spaces.send({ method: "DELETE", bucket, query });
  else await api.spaces.send({ method: "PUT", bucket, query, body: xml(items) });
}

async function readBucket(state: PlainValues, api: ApiClient): Promise<PlainValues | undefined> {
  const bucket = String(state.id);
  if ((await api.spaces.send({ method: "HEAD", bucket })) === undefined) return undefined;
  const get = async (name: string): Promise<string> =>
    (await api.spaces.send({ method: "GET", bucket, query: { [name]: "" } })) ?? "";
  const isVersioned = textOf(await get("versioning"), "Status") === "Enabled";
  return {
    ...bucketValues(bucket, String(state.region)),
    ...((isVersioned || state.versioning !== undefined) && { versioning: { enabled: isVersioned } }),
    cors_rule: corsValues(await get("cors")),
    lifecycle_rule: lifecycleValues(await get("lifecycle")),
  };
}

/** Deletes every version of every object. */
async function emptyBucket(bucket: string, api: ApiClient): Promise<void> {
  for (;;) {
    const listed = (await api.spaces.send({ method: "GET", bucket, query: { versions: "" } })) ?? "";
    const versions = [...elementsOf(listed, "Version"), ...elementsOf(listed, "DeleteMarker")];
    if (versions.length === 0) return;
    for (const version of versions) {
      const versionId = textOf(version, "VersionId");
      const query = versionId === undefined ? {} : { versionId };
      await api.spaces.send({ method: "DELETE", bucket, key: textOf(version, "Key")!, query });
    }
  }
}
