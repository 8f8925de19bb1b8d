import { describe, expect, it } from "vitest";
import { setAttribute } from "../../src/infra/edits.js";
import { InfraGraph } from "../../src/infra/infra-graph.js";
import { plan } from "../../src/infra/plan.js";
import type { Service } from "../../src/infra/service.js";
import { threeTier } from "../../src/stacks/three-tier.js";
import { webService } from "../../src/stacks/web-service.js";

/** Requests per second that a service serves at most on its droplets or nodes. */
function capacity(graph: InfraGraph, { resource, serviceTimeSeconds }: Service): number {
  const { size } = graph.get(resource).attributes as { readonly size: string };
  const { dropletSizes, databaseSizes } = graph.catalogue;
  return (dropletSizes[size] ?? databaseSizes[size])!.vcpus / serviceTimeSeconds;
}

describe.each([
  ["webService", webService, 12],
  ["threeTier", threeTier, 18],
])("%s", (_, make, size) => {
  const { graph, services, entryService, loadBalancer } = make();

  it("uses all four layers", () => {
    expect(new Set(graph.resources.map(({ layer }) => layer))).toEqual(new Set(graph.layers));
    expect(graph.layers).toEqual(["core", "support", "app", "edge"]);
    expect(graph.resources).toHaveLength(size);
  });

  it("runs every service on a resource of the graph, callers before those they call", () => {
    const names = services.map(({ name }) => name);
    expect(names).toContain(entryService);
    expect(graph.has(loadBalancer)).toBe(true);
    for (const [i, { resource, calls = [] }] of services.entries()) {
      expect(graph.has(resource)).toBe(true);
      for (const { service } of calls) expect(names.indexOf(service)).toBeGreaterThan(i);
    }
  });

  it("balances over the tag that its entry's droplets have", () => {
    const { droplet_tag } = graph.attributes("digitalocean_loadbalancer", "main");
    expect(graph.attributes("digitalocean_droplet", entryService).tags).toEqual([droplet_tag]);
    expect(graph.attributes("digitalocean_tag", entryService).name).toBe(`service:${entryService}`);
  });

  it("resizes droplets in place, up and down", () => {
    const { resource } = services[0]!;
    const larger = setAttribute(resource, "size", "s-8vcpu-16gb")(graph);
    expect(plan(graph, larger).update).toHaveLength(graph.count(resource));
    expect(plan(larger, graph).update).toHaveLength(graph.count(resource));
    expect(plan(graph, larger).replace).toEqual([]);
  });

  it("survives JSON", () => {
    expect(InfraGraph.fromJSON(JSON.parse(graph.toText())).equals(graph)).toBe(true);
  });

  it("lets nobody from outside reach the jump host unless told so", () => {
    expect(graph.attributes("digitalocean_firewall", "jump").inbound_rule).toBeUndefined();
    const open = make({ adminAddresses: ["192.0.2.0/24"] }).graph;
    expect(open.attributes("digitalocean_firewall", "jump").inbound_rule).toEqual([
      { port_range: "22", protocol: "tcp", source_addresses: ["192.0.2.0/24"] },
    ]);
  });

  it("names the address when an option has no place in a graph", () => {
    expect(() => make({ region: "fra9" })).toThrow(
      /^digitalocean_\w+\.\w+: Unknown region "fra9" in region\. Did you mean "fra1"\?$/,
    );
  });
});

describe("webService", () => {
  it("serves 100 requests per second on each droplet of $24", () => {
    const { graph, services } = webService();
    expect(capacity(graph, services[0]!)).toBe(100);
    expect(graph.priceOf("digitalocean_droplet.web") * 672).toBeCloseTo(24, 9);
  });

  it("puts its options into the graph", () => {
    const { graph, services } = webService({
      region: "fra1",
      size: "c-4",
      count: 5,
      loadBalancerNodes: 3,
      loadBalancerAlgorithm: "round_robin",
      service: { serviceTimeSeconds: 0.05, connectionsPerReplica: 64 },
    });
    expect(graph.attributes("digitalocean_droplet", "web")).toMatchObject({ region: "fra1", size: "c-4", count: 5 });
    const balancer = graph.attributes("digitalocean_loadbalancer", "main");
    expect(balancer).toMatchObject({ size_unit: 3, algorithm: "round_robin" });
    expect(services).toEqual([
      { name: "web", resource: "digitalocean_droplet.web", serviceTimeSeconds: 0.05, connectionsPerReplica: 64 },
    ]);
  });
});

describe("threeTier", () => {
  it("chains web, api and db, each with a capacity of its own", () => {
    const { graph, services } = threeTier();
    expect(services.map(({ name, calls }) => [name, calls])).toEqual([
      ["web", [{ service: "api", perRequest: 1 }]],
      ["api", [{ service: "db", perRequest: 1.5 }]],
      ["db", undefined],
    ]);
    expect(services.map((service) => capacity(graph, service))).toEqual([250, 80, 500]);
  });

  it("lets only the tier before reach a tier", () => {
    const { graph } = threeTier();
    const sources = (tier: string): unknown => graph.attributes("digitalocean_firewall", tier).inbound_rule;
    expect(JSON.stringify(sources("web"))).toContain('"digitalocean_loadbalancer.main"');
    expect(JSON.stringify(sources("api"))).toContain('"digitalocean_tag.web"');
    expect(JSON.stringify(sources("api"))).not.toContain("digitalocean_loadbalancer");
    expect(graph.attributes("digitalocean_database_firewall", "main").rule).toEqual([
      { type: "tag", value: { ref: "digitalocean_tag.api", attribute: "id" } },
    ]);
  });

  it("takes the database's size and nodes", () => {
    const { graph } = threeTier({ database: { size: "db-s-4vcpu-8gb", nodeCount: 2 } });
    expect(graph.attributes("digitalocean_database_cluster", "main")).toMatchObject({
      size: "db-s-4vcpu-8gb",
      node_count: 2,
    });
  });
});
