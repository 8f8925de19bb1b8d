import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addResource, composeEdits, removeResource, setAttribute } from "../../src/infra/edits.js";
import { InfraGraph } from "../../src/infra/infra-graph.js";
import { applyPlan, type PlanEntry, plan } from "../../src/infra/plan.js";
import { ref } from "../../src/infra/reference.js";
import { resource } from "../../src/infra/resource.js";
import { webService } from "../../src/stacks/web-service.js";

const WEB = "digitalocean_droplet.web";
const { graph } = webService();
const addresses = (entries: readonly PlanEntry[]): string[] => entries.map(({ address }) => address);

/** A small infrastructure in which everything may differ that a plan treats in its own way. */
const someGraph = fc
  .record({
    region: fc.constantFrom("fra1", "nyc3"),
    vpcName: fc.constantFrom("main", "other"),
    count: fc.integer({ min: 1, max: 4 }),
    size: fc.constantFrom("s-1vcpu-1gb", "s-2vcpu-4gb", "c-2"),
    ipv6: fc.boolean(),
    nodes: fc.integer({ min: 1, max: 3 }),
    port: fc.option(fc.constantFrom(80, 8080), { nil: undefined }),
    byTag: fc.boolean(),
    layer: fc.constantFrom("app", "edge"),
    volumeGib: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
    addressOf: fc.option(fc.constant(0), { nil: undefined }),
  })
  .map(({ region, vpcName, count, size, ipv6, nodes, port, byTag, layer, volumeGib, addressOf }) => {
    const vpc_uuid = ref("digitalocean_vpc.main", "id");
    const target = byTag
      ? { droplet_tag: ref("digitalocean_tag.web", "id") }
      : { droplet_ids: [ref("digitalocean_droplet.web", "id")] };
    const healthcheck = port === undefined ? {} : { healthcheck: { protocol: "tcp" as const, port } };
    return InfraGraph.of([
      resource("digitalocean_vpc", "main", { name: vpcName, region }),
      resource("digitalocean_tag", "web", { name: `web-${vpcName}` }),
      resource("digitalocean_droplet", "web", { count, size, ipv6, name: "web", image: "x", region, vpc_uuid }),
      resource("digitalocean_loadbalancer", "main", { name: "x", region, size_unit: nodes, ...target, ...healthcheck }),
      resource("digitalocean_firewall", "main", { name: "x", tags: [ref("digitalocean_tag.web", "name")] }),
      resource("digitalocean_spaces_bucket", "main", { name: "files" }, { layer }),
      ...(volumeGib === undefined
        ? []
        : [resource("digitalocean_volume", "data", { name: "data", region, size: volumeGib })]),
      ...(addressOf === undefined
        ? []
        : [
            resource("digitalocean_reserved_ip", "web", {
              region,
              droplet_id: ref(`digitalocean_droplet.web[${addressOf}]`, "id"),
            }),
          ]),
    ]);
  });

function instances(g: InfraGraph): string[] {
  return g.resources.flatMap(({ address, kind }) =>
    kind === "digitalocean_droplet"
      ? Array.from({ length: g.count(address) }, (_, i) => `${address}[${i}]`)
      : [address],
  );
}

describe("plan", () => {
  it("is empty between equal graphs", () => {
    fc.assert(
      fc.property(someGraph, (g) => {
        for (const to of [g, InfraGraph.fromJSON(g.toJSON())]) {
          const { resources, isEmpty, priceChangeUsdPerHour } = plan(g, to);
          expect([resources, isEmpty, priceChangeUsdPerHour]).toEqual([[], true, 0]);
        }
      }),
    );
  });

  it("leads to the other graph, and from its price to the other's", () => {
    fc.assert(
      fc.property(someGraph, someGraph, (a, b) => {
        const there = plan(a, b);
        expect(applyPlan(a, there).equals(b)).toBe(true);
        expect(a.priceUsdPerHour + there.priceChangeUsdPerHour).toBeCloseTo(b.priceUsdPerHour, 12);
        expect(plan(b, a).priceChangeUsdPerHour + there.priceChangeUsdPerHour).toBe(0);
      }),
    );
  });

  it("accounts for every instance of both graphs", () => {
    fc.assert(
      fc.property(someGraph, someGraph, (a, b) => {
        const { create, update, replace, destroy } = plan(a, b);
        const gone = new Set(addresses(destroy));
        const kept = instances(a).filter((address) => !gone.has(address));
        expect([...kept, ...addresses(create)].sort()).toEqual(instances(b).sort());
        const changed = [...addresses(update), ...addresses(replace)];
        expect(new Set(changed).size).toBe(changed.length);
        for (const address of changed) expect(kept).toContain(address);
        for (const { changes } of replace) expect(changes.some(({ replaces }) => replaces)).toBe(true);
        for (const { changes } of update) expect(changes.every(({ replaces }) => !replaces)).toBe(true);
      }),
    );
  });

  it("adds and removes the last instances of a group", () => {
    const more = setAttribute(WEB, "count", 4)(graph);
    expect(addresses(plan(graph, more).create)).toEqual([`${WEB}[2]`, `${WEB}[3]`]);
    expect(addresses(plan(more, graph).destroy)).toEqual([`${WEB}[3]`, `${WEB}[2]`]);
    expect(plan(graph, more).priceChangeUsdPerHour * 672).toBeCloseTo(48, 9);
    expect(plan(graph, more).update).toEqual([]);
  });

  it("resizes the instances that stay in place and creates new ones in the new size", () => {
    const edit = composeEdits(setAttribute(WEB, "count", 3), setAttribute(WEB, "size", "s-4vcpu-8gb"));
    const { create, update, replace, destroy, priceChangeUsdPerHour } = plan(graph, edit(graph));
    const changes = [{ attribute: "size", from: "s-2vcpu-4gb", to: "s-4vcpu-8gb", replaces: false }];
    expect(update.map(({ address, changes }) => ({ address, changes }))).toEqual([
      { address: `${WEB}[0]`, changes },
      { address: `${WEB}[1]`, changes },
    ]);
    expect(create).toEqual([
      { address: `${WEB}[2]`, resource: WEB, index: 2, kind: "digitalocean_droplet", layer: "app", changes: [] },
    ]);
    expect([replace, destroy]).toEqual([[], []]);
    expect(priceChangeUsdPerHour * 672).toBeCloseTo(3 * 48 - 2 * 24, 9);
  });

  it("replaces what depends on something replaced, where the provider would", () => {
    const to = setAttribute("digitalocean_vpc.main", "ip_range", "10.1.0.0/16")(graph);
    const { create, update, replace, destroy } = plan(graph, to);
    expect(addresses(replace)).toEqual([
      "digitalocean_vpc.main",
      "digitalocean_droplet.jump[0]",
      `${WEB}[0]`,
      `${WEB}[1]`,
      "digitalocean_loadbalancer.main",
    ]);
    expect(replace[2]!.changes).toEqual([
      {
        attribute: "vpc_uuid",
        from: ref("digitalocean_vpc.main", "id"),
        to: ref("digitalocean_vpc.main", "id"),
        replaces: true,
        knownAfterApply: true,
      },
    ]);
    expect(addresses(update)).toEqual([
      "digitalocean_firewall.web",
      "digitalocean_record.jump",
      "digitalocean_record.www",
    ]);
    expect([create, destroy]).toEqual([[], []]);
  });

  it("updates what lists a group when the group's size changes", () => {
    const base = fc.sample(
      someGraph.filter((g) => g.toText().includes("droplet_ids")),
      { numRuns: 1, seed: 1 },
    )[0]!;
    const { update } = plan(base, setAttribute(WEB, "count", base.count(WEB) + 1)(base));
    expect(update.map(({ address, changes }) => [address, changes[0]!.attribute])).toEqual([
      ["digitalocean_loadbalancer.main", "droplet_ids"],
    ]);
  });

  it("replaces a droplet that gives up IPv6, but not one that gets it", () => {
    const with6 = setAttribute(WEB, "ipv6", true)(graph);
    expect(addresses(plan(graph, with6).update)).toEqual([`${WEB}[0]`, `${WEB}[1]`]);
    expect(addresses(plan(with6, graph).replace)).toEqual([`${WEB}[0]`, `${WEB}[1]`]);
  });

  it("replaces a resource that moves to another layer", () => {
    const moved = graph.with({ put: [{ ...graph.get("digitalocean_domain.main"), layer: "core" }] });
    expect(plan(graph, moved).replace[0]).toMatchObject({
      address: "digitalocean_domain.main",
      changes: [{ attribute: "layer", from: "support", to: "core", replaces: true }],
    });
  });

  it("creates in the order of dependencies and destroys against it", () => {
    const empty = InfraGraph.of([]);
    const { create } = plan(empty, graph);
    const { destroy } = plan(graph, empty);
    expect(addresses(destroy)).toEqual(addresses(create).reverse());
    const position = new Map(create.map(({ resource }, i) => [resource, i]));
    for (const { from, reference } of graph.links) {
      expect(position.get(reference.ref)!).toBeLessThan(position.get(from)!);
    }
  });

  it("names an attribute within a block that occurs once, and a whole block otherwise", () => {
    const balancer = "digitalocean_loadbalancer.main";
    const rules = [{ entry_protocol: "tcp", entry_port: 1, target_protocol: "tcp", target_port: 1 }];
    const to = composeEdits(
      setAttribute(balancer, "healthcheck.port", 81),
      setAttribute(balancer, "forwarding_rule", rules),
    )(graph);
    expect(plan(graph, to).update[0]!.changes.map(({ attribute }) => attribute)).toEqual([
      "forwarding_rule",
      "healthcheck.port",
    ]);
  });

  it("is plain JSON", () => {
    const bucket = resource("digitalocean_spaces_bucket", "main", { name: "files" });
    const to = addResource(bucket)(graph);
    const made = plan(graph, to);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(plan(to, removeResource("digitalocean_spaces_bucket.main")(to)).destroy).toHaveLength(1);
  });

  it("keeps secrets out of the changes", () => {
    const own = (private_key: string): InfraGraph =>
      InfraGraph.of([resource("digitalocean_certificate", "own", { name: "own", private_key, leaf_certificate: "x" })]);
    expect(plan(own("first"), own("second")).replace[0]!.changes).toEqual([
      { attribute: "private_key", from: "(sensitive)", to: "(sensitive)", replaces: true },
    ]);
  });
});
