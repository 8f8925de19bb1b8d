/** States in a bucket, by real Terraform: read across layers, and locked. @module */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InfraGraph, ref, resource, synth, writeProject } from "../../../src/infra/index.js";
import { SpacesClient } from "../../../src/terraform/provider/api/spaces-client.js";
import { hasMoto, type S3Store, startS3Store } from "../../terraform/provider/moto.js";
import { hasTerraform, TerraformWorld } from "../../terraform/provider/terraform-world.js";

const graph = InfraGraph.of([
  resource("digitalocean_vpc", "main", { name: "main", region: "fra1" }),
  resource("digitalocean_droplet", "web", {
    name: "web",
    image: "debian-12-x64",
    region: "fra1",
    size: "s-1vcpu-1gb",
    vpc_uuid: ref("digitalocean_vpc.main", "id"),
  }),
]);

// moto is a Python package: `pip install "moto[server,s3]"`.
describe.skipIf(!hasTerraform || !hasMoto)(
  "synth with states in a bucket (needs terraform, and moto from PyPI)",
  { timeout: 60_000 },
  () => {
    let store: S3Store;
    let world: TerraformWorld;
    beforeAll(async () => {
      store = await startS3Store();
      await new SpacesClient({ endpoint: store.url, accessKeyId: "id", secretAccessKey: "secret" }).send({
        method: "PUT",
        bucket: "states",
      });
      const environment = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret" };
      // A droplet takes one to four seconds: long enough to meet it in the making.
      world = await TerraformWorld.open({ emulator: { speed: 20 }, environment });
      const state = { kind: "s3", bucket: "states", prefix: "lab/", endpoint: store.url } as const;
      writeProject(await synth(graph, { state }), world.folder);
    }, 60_000);
    afterAll(async () => {
      await world?.close();
      await store?.close();
    });

    it("reads the state of another layer from it, and lets one apply at a time", async () => {
      for (const layer of ["core", "app"]) {
        expect(await world.terraform(layer, "init", "-input=false", "-no-color")).toMatchObject({ code: 0 });
      }
      await world.applyLayer("core");
      const first = world.terraform("app", "apply", "-auto-approve", "-input=false", "-no-color");
      await expect.poll(() => world.list("/v2/droplets", "droplets"), { timeout: 10_000 }).toHaveLength(1);
      const second = await world.terraform("app", "apply", "-auto-approve", "-input=false", "-no-color");
      expect(second.code).toBe(1);
      expect(second.output).toContain("Error acquiring the state lock");
      expect(second.output).toContain("PreconditionFailed");
      expect(await first).toMatchObject({ code: 0 });
      const [droplet] = await world.list("/v2/droplets", "droplets");
      const vpcs = await world.list("/v2/vpcs", "vpcs");
      expect(droplet!.vpc_uuid).toBe(vpcs.find(({ name }) => name === "main")!.id);
      const { code } = await world.terraform("app", "plan", "-detailed-exitcode", "-input=false");
      expect(code).toBe(0);
    });
  },
);
