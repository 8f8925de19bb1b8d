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
}

/** Applies random sequences of three edits, each to the graph that the one before has led to. */
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
    yield { wanted: instancesOf(graph), present, changed: await world.changedLayers() };
  }
}
