/** A run in an emulated account, in a process of its own that is there to be killed. Says on its output what it is at. @module */
import { CloudRun, closeOnSignal, DigitalOceanClient, Leases, readCredentials } from "../../src/digitalocean/index.js";
import { InfraGraph } from "../../src/infra/infra-graph.js";
import { synth } from "../../src/infra/synth/synth.js";
import { type Stack, webService } from "../../src/stacks/index.js";
import { findTerraform } from "../../src/terraform/find-terraform.js";
import { ProjectApplier } from "../../src/terraform/project-applier.js";
import { BuiltInProvider } from "../../src/terraform/provider/built-in-provider.js";

/** What a run is at. */
export type KillPhase = "create" | "update" | "destroy";

/** Where a run works. */
export interface RunPlace {
  readonly endpoint: string;
  readonly folder: string;
  readonly leases: string;
  /** Whether the stack has all its layers, or `core` and `app` alone, which takes half the time. */
  readonly isWhole: boolean;
}

/** A run with all that it needs. */
export interface OpenRun extends AsyncDisposable {
  readonly run: CloudRun;
  readonly applier: ProjectApplier;
  /** Applies a graph. @returns Codes of what went wrong. */
  reach(graph: InfraGraph): Promise<readonly string[]>;
}

/** What a run is to have, phase by phase. */
export function phasesOf({ isWhole }: RunPlace): Readonly<Record<"create" | "update", InfraGraph>> {
  const part = ({ graph }: Stack): InfraGraph =>
    isWhole ? graph : InfraGraph.of(graph.resources.filter(({ layer }) => layer === "core" || layer === "app"));
  return {
    create: part(webService({ count: 3 })),
    update: part(webService({ count: 5, size: "s-4vcpu-8gb", loadBalancerNodes: 2 })),
  };
}

/** Starts a run, or goes on with the one that the lease stands for. */
export async function openRun(place: RunPlace): Promise<OpenRun> {
  const { endpoint, folder, leases: leasesFolder } = place;
  const credentials = readCredentials({}, endpoint);
  const client = new DigitalOceanClient({ credentials });
  const leases = new Leases(leasesFolder);
  const [lease] = leases.all();
  const run =
    lease === undefined
      ? await CloudRun.start({ client, leases, budgetUsd: 100, graph: phasesOf(place).create, folder })
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

/**
 * Creates, changes and destroys; tells the phase when it begins. Told to end, it destroys everything first.
 *
 * @param phase - In which it will be killed: what does not matter to it is left out.
 * @public
 */
export async function liveUntilKilled(place: RunPlace, phase: KillPhase): Promise<void> {
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
  await open.reach(phasesOf(place).create);
  if (phase === "update") {
    tell("update");
    await open.reach(phasesOf(place).update);
  }
  tell("destroy");
  await end();
  done();
}
