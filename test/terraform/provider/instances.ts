/** The droplets, load balancers and databases that a graph asks for, and those of an account, in the same words. @module */
import type { InfraGraph } from "../../../src/infra/index.js";
import type { EmulatedWorld } from "./emulated-world.js";

/** One line for each droplet, load balancer and database of a graph, sorted. */
export function instancesOf(graph: InfraGraph): readonly string[] {
  const lines = graph.resources.flatMap(({ address, kind, attributes }) => {
    const { name, size, tags = [], size_unit, algorithm, node_count } = attributes;
    if (kind === "digitalocean_droplet") {
      return Array.from({ length: graph.count(address) }, (_, i) => {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's own expression
        return `droplet ${String(name).replace("${count.index}", String(i))} ${size} ${(tags as unknown[]).length}`;
      });
    }
    if (kind === "digitalocean_loadbalancer") return [`loadbalancer ${name} ${size_unit} ${algorithm}`];
    return kind === "digitalocean_database_cluster" ? [`database ${name} ${size} ${node_count}`] : [];
  });
  return lines.sort();
}

/** The same lines for what an account has. */
export async function instancesIn(world: EmulatedWorld): Promise<readonly string[]> {
  const droplets = await world.list("/v2/droplets", "droplets");
  const balancers = await world.list("/v2/load_balancers", "load_balancers");
  const databases = await world.list("/v2/databases", "databases");
  return [
    ...droplets.map(({ name, size_slug, tags }) => `droplet ${name} ${size_slug} ${(tags as unknown[]).length}`),
    ...balancers.map(({ name, size_unit, algorithm }) => `loadbalancer ${name} ${size_unit} ${algorithm}`),
    ...databases.map(({ name, size, num_nodes }) => `database ${name} ${size} ${num_nodes}`),
  ].sort();
}
