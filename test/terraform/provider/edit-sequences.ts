/** Random sequences of edits on a stack, applied by real Terraform. @module */
import { composeEdits, type GraphEdit, type InfraGraph, setAttribute } from "../../../src/infra/index.js";
import { createRng, type Generator } from "../../../src/rng.js";
import { threeTier } from "../../../src/stacks/index.js";
import { instancesIn, instancesOf } from "./instances.js";
import type { TerraformWorld } from "./terraform-world.js";

const SIZES = ["s-2vcpu-4gb", "s-4vcpu-8gb", "s-8vcpu-16gb"];
const DATABASE_SIZES = ["db-s-2vcpu-4gb", "db-s-4vcpu-8gb"];

/** One edit; the address names what it is about. */
function randomEdit(rng: Generator): GraphEdit {
  const one = <T>(values: readonly T[]): T => values[rng.integers(0, values.length) as number]!;
  const tier = one(["digitalocean_droplet.web", "digitalocean_droplet.api"]);
  return one<() => GraphEdit>([
    () => setAttribute(tier, "count", rng.integers(0, 6) as number),
    () => setAttribute(tier, "size", one(SIZES)),
    () => setAttribute(tier, "image", one(["ubuntu-24-04-x64", "debian-12-x64"])),
    () => setAttribute("digitalocean_loadbalancer.main", "size_unit", (rng.integers(0, 4) as number) + 1),
    () => setAttribute("digitalocean_loadbalancer.main", "algorithm", one(["round_robin", "least_connections"])),
    () => setAttribute("digitalocean_database_cluster.main", "size", one(DATABASE_SIZES)),
    () => setAttribute("digitalocean_database_cluster.main", "node_count", (rng.integers(0, 3) as number) + 1),
  ])();
}

/** Where a sequence has led. */
export interface SequenceOutcome {
  readonly wanted: readonly string[];
  readonly present: readonly string[];
  /** Layers whose plan is not empty. */
  readonly changed: readonly string[];
  /** What was changed by hand after that. */
  readonly drift: string;
  /** Whether the plan of its layer showed it. */
  readonly isFound: boolean;
  /** Whether applying that layer left nothing to plan. */
  readonly isMended: boolean;
}

/** Changes something behind Terraform's back. */
async function drift(
  world: TerraformWorld,
  rng: Generator,
): Promise<{ readonly layer: string; readonly what: string }> {
  const all = await world.list("/v2/droplets", "droplets");
  // The one to jump from is in another layer.
  const droplets = all.filter(({ name }) => !String(name).endsWith("-jump"));
  const [balancer] = await world.list("/v2/load_balancers", "load_balancers");
  const [database] = await world.list("/v2/databases", "databases");
  const droplet = droplets[rng.integers(0, Math.max(1, droplets.length)) as number];
  // Without droplets, it is one of the last two.
  const which = rng.integers(0, 4) as number;
  switch (droplet === undefined ? 2 + (which % 2) : which) {
    case 0:
      await world.request("DELETE", `/v2/droplets/${droplet!.id}`);
      return { layer: "app", what: "a droplet is deleted" };
    case 1:
      await world.request("POST", `/v2/droplets/${droplet!.id}/actions`, { type: "rename", name: "renamed-by-hand" });
      return { layer: "app", what: "a droplet is renamed" };
    case 2:
      await world.request("DELETE", `/v2/load_balancers/${balancer!.id}`);
      return { layer: "edge", what: "the load balancer is deleted" };
    default:
      await world.request("PUT", `/v2/databases/${database!.id}/resize`, { size: "db-s-8vcpu-32gb", num_nodes: 1 });
      return { layer: "app", what: "the database is resized" };
  }
}

/**
 * Applies random sequences of three edits, each to the graph that the one before has led to, then changes something by hand,
 * and mends it.
 */
export async function* editSequences(
  world: TerraformWorld,
  seed: number,
  count: number,
): AsyncGenerator<SequenceOutcome> {
  const rng = createRng(seed);
  let graph: InfraGraph = threeTier().graph;
  for (let i = 0; i < count; i++) {
    graph = composeEdits(randomEdit(rng), randomEdit(rng), randomEdit(rng))(graph);
    await world.apply(graph);
    const present = await instancesIn(world);
    const changed = await world.changedLayers();
    const { layer, what } = await drift(world, rng);
    const isFound = await world.isChanged(layer);
    await world.applyLayer(layer);
    const isMended = !(await world.isChanged(layer));
    yield { wanted: instancesOf(graph), present, changed, drift: what, isFound, isMended };
  }
}
