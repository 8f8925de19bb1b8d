/** A run in an emulated account, in a process of its own that is there to be killed. Says on its output what it is at. @module */
import { CloudRun, closeOnSignal, DigitalOceanClient, Leases, readCredentials } from "../../src/digitalocean/index.js";
import type { InfraGraph } from "../../src/infra/infra-graph.js";
import { synth } from "../../src/infra/synth/synth.js";
import { webService } from "../../src/stacks/index.js";
import { findTerraform } from "../../src/terraform/find-terraform.js";
import { ProjectApplier } from "../../src/terraform/project-applier.js";
import { BuiltInProvider } from "../../src/terraform/provider/built-in-provider.js";

/** Where a run works. */
export interface RunPlace {
  readonly endpoint: string;
  readonly folder: string;
  readonly leases: string;
}

/** A run with all that it needs. */
export interface OpenRun extends AsyncDisposable {
  readonly run: CloudRun;
  readonly applier: ProjectApplier;
  /** Applies a graph. @returns Codes of what went wrong. */
  reach(graph: InfraGraph): Promise<readonly string[]>;
}

/** What the run is to have, phase by phase. */
export const PHASES: Readonly<Record<"create" | "update", InfraGraph>> = {
  create: webService({ count: 3 }).graph,
  update: webService({ count: 5, size: "s-4vcpu-8gb", loadBalancerNodes: 2 }).graph,
};

/** Starts a run, or goes on with the one that the lease stands for. */
export async function openRun({ endpoint, folder, leases: leasesFolder }: RunPlace): Promise<OpenRun> {
  const credentials = readCredentials({}, endpoint);
  const client = new DigitalOceanClient({ credentials });
  const leases = new Leases(leasesFolder);
  const [lease] = leases.all();
  const run =
    lease === undefined
      ? await CloudRun.start({ client, leases, budgetUsd: 100, graph: PHASES.create, folder })
      : await CloudRun.resume({ client, leases, lease });
  const provider = await BuiltInProvider.start({ ...credentials, run: run.mark.tag });
  const env = () => ({ TF_REATTACH_PROVIDERS: provider.reattach, DIGITALOCEAN_TOKEN: credentials.token });
  const applier = new ProjectApplier({ binary: await findTerraform(), folder, env });
  return {
    run,
    applier,
    reach: async (graph) => {
      applier.set((await synth(run.admit(graph), { tags: [run.mark.tag] })).layers);
      return (await applier.settled()).failures.map(({ code, message }) => `${code}: ${message}`);
    },
    [Symbol.asyncDispose]: async () => {
      await applier.close();
      await provider.close();
    },
  };
}

/** Creates, changes and destroys; tells the phase when it begins. Told to end, it destroys everything first. @public */
export async function liveUntilKilled(place: RunPlace): Promise<void> {
  const tell = (phase: string): void => void process.stdout.write(`${phase}\n`);
  const open = await openRun(place);
  const end = async (): Promise<void> => {
    try {
      await open.applier.destroy();
    } finally {
      await open[Symbol.asyncDispose]();
      await open.run.end();
    }
  };
  const done = closeOnSignal(end);
  tell("create");
  await open.reach(PHASES.create);
  tell("update");
  await open.reach(PHASES.update);
  tell("destroy");
  await end();
  done();
}
