/** A real account. Runs only with a token and a budget in the environment: never by default. @module */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  CloudRun,
  closeOnSignal,
  DigitalOceanClient,
  Leases,
  leasesFolder,
  readCredentials,
} from "../../src/digitalocean/index.js";
import { InfraGraph } from "../../src/infra/infra-graph.js";
import { ref } from "../../src/infra/reference.js";
import { resource } from "../../src/infra/resource.js";
import { synth } from "../../src/infra/synth/synth.js";
import { ProjectApplier } from "../../src/terraform/project-applier.js";
import { temporaryFolder, terraformHere } from "../terraform/terraform-folder.js";

const root = temporaryFolder("live");
const { binary } = await terraformHere();
const budgetUsd = Number(process.env.INFRA_GYM_LIVE_BUDGET_USD ?? "");
const isMeant = binary !== undefined && (process.env.DIGITALOCEAN_TOKEN ?? "") !== "" && budgetUsd > 0;

/** The cheapest droplet there is, in a network of its own: about a cent for a few minutes. */
const graph = InfraGraph.of([
  resource("digitalocean_vpc", "main", { name: "infra-gym-live", region: "fra1" }),
  resource("digitalocean_droplet", "one", {
    name: "infra-gym-live",
    size: "s-1vcpu-512mb-10gb",
    region: "fra1",
    image: "ubuntu-24-04-x64",
    vpc_uuid: ref("digitalocean_vpc.main", "id"),
  }),
]);

describe.skipIf(!isMeant)(
  "a run on a real account (needs DIGITALOCEAN_TOKEN, INFRA_GYM_LIVE_BUDGET_USD and Terraform)",
  () => {
    it("creates one droplet, finds nothing to do, and leaves nothing", { timeout: 900_000 }, async () => {
      const client = new DigitalOceanClient({
        credentials: readCredentials({ ...process.env, DIGITALOCEAN_API_URL: "" }),
      });
      expect((await client.limits()).status).toBe("active");
      const leases = new Leases(leasesFolder(process.env));
      const folder = join(root, "work");
      const run = await CloudRun.start({
        client,
        leases,
        budgetUsd,
        lifetimeSeconds: 1800,
        graph,
        folder,
        print: console.info,
      });
      const applier = new ProjectApplier({ binary: binary!, folder, needsInit: true });
      const end = async (): Promise<void> => {
        try {
          await applier.destroy();
        } finally {
          await applier.close();
          await run.end();
        }
      };
      const done = closeOnSignal(end);
      try {
        applier.set((await synth(run.admit(graph), { tags: [run.mark.tag] })).layers);
        expect((await applier.settled()).failures).toEqual([]);
        expect([...(await applier.drift()).keys()]).toEqual([]);
      } finally {
        await end();
        done();
      }
      expect((await client.resources()).filter(({ name }) => name.includes(run.mark.run))).toEqual([]);
    });
  },
);
