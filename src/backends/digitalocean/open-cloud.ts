/** From options to a run in an account that has been let in: what killed worlds have left is destroyed first. @module */
import { systemClock } from "../../clock.js";
import { CloudRun } from "../../digitalocean/cloud-run.js";
import type { Credentials } from "../../digitalocean/credentials.js";
import { DigitalOceanClient } from "../../digitalocean/digitalocean-client.js";
import { isHeld, Leases, leasesFolder } from "../../digitalocean/lease.js";
import { destroyRun, nameOf } from "../../digitalocean/reap.js";
import { markGraph, runMark } from "../../digitalocean/run-mark.js";
import type { InfraGraph } from "../../infra/infra-graph.js";
import { modelOfGraph } from "../../simulator/from-graph.js";
import { findTerraform } from "../../terraform/find-terraform.js";
import type { World } from "../backend.js";
import type { LiveListeners } from "../live/live-plane.js";
import { defaultFolder, endOrphans, WorldFolder } from "../live/world-folder.js";
import { cloudGraph } from "./cloud-graph.js";
import { choosePorts } from "./cloud-parts.js";
import { CloudPlane } from "./cloud-plane.js";
import type { CheckedDigitalOceanOptions } from "./digitalocean-options.js";

/**
 * Opens a world in an account.
 *
 * @throws BudgetExceededError, ExpiredResourcesError, TerraformNotFoundError, TokenError, InvalidGraphError, InvalidOptionError, …
 */
export async function openCloud(
  world: World,
  options: CheckedDigitalOceanOptions,
  credentials: Credentials,
  listeners: LiveListeners,
): Promise<CloudPlane> {
  const { tickSeconds: _, profile: __, timeScale: ___, model: ____, ...simulation } = world.simulation;
  const model = modelOfGraph({ ...world, ...simulation });
  const served = servedBy(world, options);
  const graph = served(world.graph);
  const terraform = await findTerraform(options.terraform === undefined ? {} : { binary: options.terraform });
  const ports = await choosePorts(model);
  const client = new DigitalOceanClient({ credentials });
  const leases = new Leases(options.leases ?? leasesFolder(process.env));
  const around = options.folder ?? defaultFolder("digitalocean");
  endOrphans("digitalocean", around);
  await reapOwn(client, leases, around, options.print);
  const folder = new WorldFolder("digitalocean", around);
  const { budgetUsd, lifetimeSeconds, print } = options;
  const run = await CloudRun.start({
    client,
    leases,
    budgetUsd,
    lifetimeSeconds,
    graph,
    folder: folder.path,
    print,
  }).catch((error: unknown) => {
    folder.remove();
    throw error;
  });
  const named = (one: InfraGraph): InfraGraph => markGraph(served(one), run.mark);
  const side = { world, model, options, credentials, client, run, folder, terraform, served, named };
  return CloudPlane.open(side, ports, listeners);
}

function servedBy({ services }: World, options: CheckedDigitalOceanOptions): (graph: InfraGraph) => InfraGraph {
  const { runnerAddress, connection, sshKeys, package: spec, load } = options;
  const about = { services, runnerAddress, connection, sshKeys, package: spec, hasLoadDroplet: load === "droplet" };
  return (graph) => cloudGraph(graph, about);
}

/** Destroys what worlds of this folder have left in the account whose process is gone: no one else goes on with them. */
async function reapOwn(
  client: DigitalOceanClient,
  leases: Leases,
  around: string,
  print: (line: string) => void,
): Promise<void> {
  const left = leases
    .all()
    .filter((lease) => lease.endpoint === client.endpoint && lease.folder.startsWith(`${around}/`) && !isHeld(lease));
  for (const { run, expiresAt } of left) {
    print(`Run ${run} was left by a process that is gone; it is destroyed now.`);
    const onRemove = (resource: Parameters<typeof nameOf>[0]): void => print(`  destroyed ${nameOf(resource)}`);
    await destroyRun(runMark(run, expiresAt), { client, clock: systemClock(), onRemove });
    leases.remove(run);
  }
}
