/** Every kind of resource through real Terraform: made, found unchanged, changed in place, imported, destroyed. @module */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { composeEdits, type GraphEdit, type InfraGraph, setAttribute } from "../../../src/infra/index.js";
import { everyKind } from "../../infra/synth/every-kind.js";
import { hasTerraform, TerraformWorld } from "./terraform-world.js";

/** Buckets are not part of the API, but of S3. */
const graph = everyKind(["digitalocean_spaces_bucket"]);

/** One change in place for every kind that has any. */
const edits: readonly GraphEdit[] = [
  setAttribute("digitalocean_project.main", "description", "Something else"),
  setAttribute("digitalocean_vpc.main", "description", undefined),
  setAttribute("digitalocean_ssh_key.main", "name", "renamed"),
  setAttribute("digitalocean_container_registry.main", "subscription_tier_slug", "professional"),
  setAttribute("digitalocean_volume.main", "size", 20),
  setAttribute("digitalocean_droplet.web", "backup_policy", undefined),
  setAttribute("digitalocean_droplet.web", "backups", false),
  setAttribute("digitalocean_droplet.data", "volume_ids", []),
  setAttribute("digitalocean_droplet_autoscale.main", "config", { target_number_instances: 2 }),
  setAttribute("digitalocean_database_cluster.main", "size", "db-s-2vcpu-4gb"),
  setAttribute("digitalocean_database_cluster.main", "maintenance_window", undefined),
  setAttribute("digitalocean_database_firewall.main", "rule", [{ type: "ip_addr", value: "192.0.2.2" }]),
  setAttribute("digitalocean_kubernetes_cluster.main", "node_pool", {
    name: "first",
    size: "s-2vcpu-4gb",
    node_count: 3,
    auto_scale: false,
  }),
  setAttribute("digitalocean_kubernetes_node_pool.second", "max_nodes", 5),
  setAttribute("digitalocean_loadbalancer.main", "algorithm", "least_connections"),
  setAttribute("digitalocean_loadbalancer.main", "firewall", undefined),
  setAttribute("digitalocean_firewall.main", "inbound_rule", [
    { protocol: "tcp", port_range: "443", source_addresses: ["0.0.0.0/0"] },
  ]),
  setAttribute("digitalocean_reserved_ip.main", "droplet_id", undefined),
  setAttribute("digitalocean_record.www", "ttl", 600),
  setAttribute("digitalocean_record.mail", "priority", 20),
];

/** Resources that cannot be told from what the API says: it never shows these attributes again. */
const notImported = ["digitalocean_droplet.web", "digitalocean_volume.main"];

describe.skipIf(!hasTerraform)("BuiltInProvider with every kind (needs terraform)", { timeout: 60_000 }, () => {
  let world: TerraformWorld;
  let changed: InfraGraph;
  beforeAll(async () => {
    world = await TerraformWorld.open();
    changed = composeEdits(...edits)(graph);
  });
  afterAll(() => world.close());

  it("makes them, and then has nothing to do", async () => {
    await world.apply(graph);
    expect(await world.plans()).toEqual({});
  });

  it("changes them in place, and then has nothing to do", async () => {
    const output = await world.apply(changed);
    expect(output).not.toContain("must be replaced");
    expect([...output.matchAll(/Resources: (.*)\./g)].map(([, counts]) => counts)).toEqual([
      "0 added, 3 changed, 0 destroyed",
      "0 added, 2 changed, 0 destroyed",
      "0 added, 9 changed, 0 destroyed",
      "0 added, 4 changed, 0 destroyed",
    ]);
    expect(await world.plans()).toEqual({});
  });

  it("imports them as they are", async () => {
    for (const layer of graph.layers) {
      const resources = await stateOf(world, layer);
      const known = resources.filter(({ address }) => !notImported.some((name) => address.startsWith(name)));
      await world.terraform(layer, "state", "rm", ...known.map(({ address }) => address));
      const imports = known.map(({ address: to, type, values }) => ({ to, id: importId(type, values) }));
      writeFileSync(join(world.folder, layer, "imports.tf.json"), JSON.stringify({ import: imports }));
      const { output } = await world.terraform(layer, "plan", "-input=false", "-no-color");
      expect(output).toContain(`Plan: ${known.length} to import, 0 to add, 0 to change, 0 to destroy.`);
      await world.applyLayer(layer);
    }
  });

  it("leaves nothing behind", async () => {
    await world.destroy();
    expect(await world.leftovers()).toEqual([]);
  });
});

interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly mode: "managed" | "data";
  readonly values: Readonly<Record<string, string>>;
}

async function stateOf(world: TerraformWorld, layer: string): Promise<readonly StateResource[]> {
  const { output } = await world.terraform(layer, "show", "-json");
  const { values } = JSON.parse(output) as { values: { root_module: { resources: readonly StateResource[] } } };
  return values.root_module.resources.filter(({ mode }) => mode === "managed");
}

/** What names a resource to `import`, as the official provider documents it. */
function importId(type: string, values: Readonly<Record<string, string>>): string {
  if (type === "digitalocean_record") return `${values.domain},${values.id}`;
  if (type === "digitalocean_database_user") return `${values.cluster_id},${values.name}`;
  if (type === "digitalocean_database_firewall") return values.cluster_id!;
  return values.id!;
}
