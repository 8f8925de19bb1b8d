/** A real account. Runs only with a token and a budget in the environment: never by default. @module */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  CloudRun,
  closeOnSignal,
  DigitalOceanClient,
  Leases,
  leasesFolder,
  PUBLIC_ENDPOINT,
  readCredentials,
} from "../../src/digitalocean/index.js";
import { make } from "../../src/index.js";
import { InfraGraph } from "../../src/infra/infra-graph.js";
import { ref } from "../../src/infra/reference.js";
import { resource } from "../../src/infra/resource.js";
import { synth } from "../../src/infra/synth/synth.js";
import { atRate, steady } from "../../src/loadgen/index.js";
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

const { INFRA_GYM_LIVE_ADDRESS: address, INFRA_GYM_LIVE_SSH_KEY: key, INFRA_GYM_LIVE_IDENTITY: identity } = process.env;

describe.skipIf(!(isMeant && address !== undefined && key !== undefined && identity !== undefined))(
  "the backend digitalocean on a real account (needs DIGITALOCEAN_TOKEN, INFRA_GYM_LIVE_BUDGET_USD, _ADDRESS, _SSH_KEY, _IDENTITY and Terraform)",
  () => {
    it("takes two steps of WebService-v0 on one droplet, and leaves nothing", { timeout: 3_600_000 }, async () => {
      const env = await make("WebService-v0", {
        backend: "digitalocean",
        workload: atRate(steady({ level: 1 }), 20),
        digitalocean: {
          budgetUsd,
          runnerAddress: address!,
          sshKeys: [key!],
          identityFile: identity!,
          apiUrl: PUBLIC_ENDPOINT,
          ...(process.env.INFRA_GYM_LIVE_PACKAGE ? { package: process.env.INFRA_GYM_LIVE_PACKAGE } : {}),
        },
      });
      try {
        await env.reset({ seed: 1, options: { controls: { replicas: 1 } } });
        for (let step = 0; step < 2; step++) {
          const [, , , , info] = await env.step(Int32Array.of(4, 1));
          expect(info.failures).toEqual([]);
          expect(info.slo.arrivals).toBeGreaterThan(0);
        }
      } finally {
        await env.close();
      }
    });
  },
);

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
