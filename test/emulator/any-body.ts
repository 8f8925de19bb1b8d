/** Any body to every operation that takes one, on an account with one of everything. @module */
import fc from "fast-check";
import { operationsInScope } from "../../src/emulator/index.js";
import { type Body, EmulatedAccount } from "./emulated-account.js";
import { referee } from "./file-referee.js";
import { described, resolved } from "./referee.js";

/** An account with one of everything, and the ids that lead to it by the names of path variables. */
async function furnished(): Promise<{ account: EmulatedAccount; params: Record<string, string | number> }> {
  const account = await EmulatedAccount.openForAll({ dropletLimit: 100_000, onExchange: referee.judgeAnswer });
  const droplet = await account.droplet({ tags: ["web"] });
  const make = async (id: string, name: string, body: object, params = {}): Promise<Body> =>
    (await account.ok(id, { body, params }))[name];
  const image = await make("images_create_custom", "image", {
    name: "own",
    url: "http://example.com/x",
    region: "fra1",
  });
  const rules = [{ protocol: "tcp", ports: "22", sources: { addresses: ["0.0.0.0/0"] } }];
  const pools = [{ name: "workers", size: "s-2vcpu-4gb", count: 2 }];
  const cluster = { name: "main", region: "fra1", version: "1.32.5-do.5", node_pools: pools };
  const { id: cluster_id, node_pools } = await make("kubernetes_create_cluster", "kubernetes_cluster", cluster);
  const size = { size: "db-s-1vcpu-1gb", num_nodes: 1, region: "fra1" };
  const database = await make("databases_create_cluster", "database", { name: "data", engine: "kafka", ...size });
  const parent = { database_cluster_uuid: database.id };
  await make("databases_create_kafka_topic", "topic", { name: "orders" }, parent);
  const template = { region: "fra1", size: "s-1vcpu-1gb", image: "debian-12-x64", ssh_keys: [] };
  const pool = { name: "pool", config: { target_number_instances: 1 }, droplet_template: template };
  const record = { type: "A", name: "www", data: "192.0.2.7" };
  const { name: domain_name } = await make("domains_create", "domain", { name: "example.com" });
  const params = {
    ...parent,
    cluster_id,
    domain_name,
    tag_id: "web",
    topic_name: "orders",
    image_id: image.id,
    droplet_id: droplet.id,
    node_pool_id: node_pools[0].id,
    username: "doadmin",
    lb_id: (await account.loadBalancer()).id,
    vpc_id: (await account.vpc()).id,
    volume_id: (await account.volume()).id,
    firewall_id: (await make("firewalls_create", "firewall", { name: "outer", inbound_rules: rules })).id,
    project_id: (await make("projects_create", "project", { name: "shop", purpose: "Service or API" })).id,
    domain_record_id: (await make("domains_create_record", "domain_record", record, { domain_name })).id,
    reserved_ip: (await make("reservedIPs_create", "reserved_ip", { region: "fra1" })).ip,
    autoscale_pool_id: (await make("autoscalepools_create", "autoscale_pool", pool)).id,
    registry_name: (await make("registry_create", "registry", { name: "own", subscription_tier_slug: "basic" })).name,
    access_key: (await make("spacesKey_create", "key", { name: "app", grants: [] })).access_key,
  };
  return { account, params };
}

/** Names of properties anywhere in a request's schema, some levels deep. */
function namesIn(schema: unknown, depth = 0): string[] {
  if (depth > 5 || typeof schema !== "object" || schema === null) return [];
  const { properties, items, allOf, oneOf, anyOf } = resolved(schema) as Record<string, unknown>;
  const parts = [items, ...[allOf, oneOf, anyOf].flatMap((list) => (Array.isArray(list) ? list : []))];
  const own = Object.entries((properties as object | undefined) ?? {});
  return [
    ...own.flatMap(([name, value]) => [name, ...namesIn(value, depth + 1)]),
    ...parts.flatMap((each) => namesIn(each, depth + 1)),
  ];
}

function bodiesOf(id: string): fc.Arbitrary<Record<string, unknown>> {
  const { requestBody } = described(id)!.operation;
  const content = resolved(requestBody).content as Record<string, { schema: unknown }>;
  const names = [...new Set(namesIn(Object.values(content)[0]?.schema))];
  const words = [
    "",
    "x",
    "web",
    "fra1",
    "s-1vcpu-1gb",
    "resize",
    "attach",
    "kafka",
    "constructor",
    "__proto__",
    "10.0.0.0/20",
  ];
  const leaf = fc.oneof(fc.constantFrom(null, true, -1, 0, 1, 3, 1e9, 0.5, ...words), fc.string({ maxLength: 5 }));
  const name = fc.constantFrom(...names, "constructor");
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie("any"), { maxLength: 2 }),
      fc.dictionary(name, tie("any"), { maxKeys: 4 }),
    ),
  })).any;
  return fc.dictionary(name, value, { maxKeys: 8 });
}

/**
 * Sends any bodies to every operation that takes one; the referee judges the answers.
 *
 * @param bodies - How many each operation gets.
 * @returns What the emulator stumbled over.
 */
export async function defectsOfAnyBodies(bodies: number, seed: number): Promise<string[]> {
  const { account, params } = await furnished();
  const withBody = operationsInScope().filter(({ id }) => described(id)!.operation.requestBody !== undefined);
  const defects: string[] = [];
  for (const { id, path } of withBody) {
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);
    const own = Object.fromEntries(names.map((name) => [name, params[name] ?? "none"]));
    for (const body of fc.sample(bodiesOf(id), { numRuns: bodies, seed })) {
      const { status, body: answer } = await account.call(id, { params: own, body, query: { tag_name: "web" } });
      if (status >= 500) defects.push(`${id} ${JSON.stringify(body)}: ${JSON.stringify(answer)}`);
    }
  }
  await account.close();
  return defects;
}
