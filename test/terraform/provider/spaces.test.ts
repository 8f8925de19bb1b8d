/** Buckets through real Terraform, in an S3 store on this machine. @module */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AttributesFor, InfraGraph, resource } from "../../../src/infra/index.js";
import { SpacesClient } from "../../../src/terraform/provider/api/spaces-client.js";
import { hasMoto, type S3Store, startS3Store } from "./moto.js";
import { hasTerraform, TerraformWorld } from "./terraform-world.js";

type Bucket = AttributesFor<"digitalocean_spaces_bucket">;

const bucket: Bucket = {
  name: "everything-bucket",
  region: "fra1",
  force_destroy: true,
  versioning: { enabled: true },
  cors_rule: [
    { allowed_methods: ["GET", "PUT"], allowed_origins: ["https://a.example?b&c"], max_age_seconds: 60 },
    { allowed_methods: ["HEAD"], allowed_origins: ["*"], allowed_headers: ["x-a"] },
  ],
  lifecycle_rule: [
    { id: "old", enabled: true, prefix: "logs/", expiration: { days: 30 } },
    { id: "parts", enabled: false, abort_incomplete_multipart_upload_days: 3 },
    { id: "versions", enabled: true, noncurrent_version_expiration: { days: 7 } },
  ],
};

function graphOf(attributes: Bucket): InfraGraph {
  return InfraGraph.of([resource("digitalocean_spaces_bucket", "main", attributes)]);
}

// moto is a Python package: `pip install "moto[server,s3]"`.
describe.skipIf(!hasTerraform || !hasMoto)(
  "BuiltInProvider with a bucket (needs terraform, and moto from PyPI)",
  { timeout: 60_000 },
  () => {
    let store: S3Store;
    let world: TerraformWorld;
    let client: SpacesClient;
    beforeAll(async () => {
      store = await startS3Store();
      const spaces = { endpoint: store.url, accessKeyId: "id", secretAccessKey: "secret" };
      client = new SpacesClient(spaces);
      world = await TerraformWorld.open({ spaces });
    }, 60_000);
    afterAll(async () => {
      await world?.close();
      await store?.close();
    });

    it("makes it with its rules, and then has nothing to do", async () => {
      await world.apply(graphOf(bucket));
      expect(await world.plans()).toEqual({});
    });

    it("changes and removes rules in place", async () => {
      const { cors_rule: _, ...rest } = bucket;
      const output = await world.apply(graphOf({ ...rest, versioning: { enabled: false }, acl: "public-read" }));
      expect(output).toContain("0 added, 1 changed, 0 destroyed");
      expect(await world.plans()).toEqual({});
      expect(await client.send({ method: "GET", bucket: bucket.name, query: { cors: "" } })).toBeUndefined();
    });

    it("imports it by region and name", async () => {
      await world.terraform("support", "state", "rm", "digitalocean_spaces_bucket.main");
      const address = "digitalocean_spaces_bucket.main";
      const { output } = await world.terraform("support", "import", "-no-color", address, "fra1,everything-bucket");
      expect(output).toContain("Import successful!");
      const { output: plan } = await world.terraform("support", "plan", "-no-color");
      // What only the provider knows is not part of a bucket.
      expect(plan).toContain("0 to add, 1 to change, 0 to destroy");
      await world.applyLayer("support");
    });

    it("destroys it with what is in it", async () => {
      await client.send({ method: "PUT", bucket: bucket.name, key: "a b/c&d.txt", body: "text" });
      await world.destroy();
      expect(await client.send({ method: "HEAD", bucket: bucket.name })).toBeUndefined();
    });
  },
);

describe.skipIf(!hasTerraform)("BuiltInProvider without a store (needs terraform)", () => {
  it("says what to set", { timeout: 30_000 }, async () => {
    const world = await TerraformWorld.open();
    try {
      await expect(world.apply(graphOf(bucket))).rejects.toThrow("Give the built-in provider one by its option spaces");
    } finally {
      await world.close();
    }
  });
});
