import { readFileSync } from "node:fs";
import { describe, expect, expectTypeOf, it } from "vitest";
import { listCatalogue } from "../../src/infra/catalogue/catalogue.js";
import { type AttributesFor, kindOf, resourceKinds } from "../../src/infra/kinds.js";
import type { Reference } from "../../src/infra/reference.js";
import type { AttributeSpec, BlockSpec, ResourceKind } from "../../src/infra/resource-kind.js";

interface Scope {
  readonly attributes: Readonly<Record<string, AttributeSpec>>;
  readonly blocks?: Readonly<Record<string, BlockSpec>>;
}

const kinds: readonly ResourceKind[] = Object.values(resourceKinds);
const provider = JSON.parse(readFileSync(new URL("../fixtures/provider-attributes.json", import.meta.url), "utf8"));

function allAttributes(scope: Scope): [string, AttributeSpec][] {
  const inBlocks = Object.values(scope.blocks ?? {}).flatMap(allAttributes);
  return [...Object.entries(scope.attributes), ...inBlocks];
}

/** A declaration in the fixture's words. */
function describeScope(scope: Scope, timeouts: readonly string[] = []): Record<string, unknown> {
  const words: Record<string, unknown> = {};
  for (const [name, { type, mode, meta }] of Object.entries(scope.attributes)) {
    if (meta) continue;
    const text = typeof type === "string" ? type : `${type[0].replace("set", "list")} of ${[type[1]].flat()[0]}`;
    words[name] = `${mode} ${text}`;
  }
  for (const [name, block] of Object.entries(scope.blocks ?? {})) {
    words[name] = { [block.max === 1 ? "one" : "many"]: describeScope(block) };
  }
  if (timeouts.length > 0) words.timeouts = { one: Object.fromEntries(timeouts.map((t) => [t, "optional string"])) };
  return words;
}

describe("resourceKinds", () => {
  it.each(kinds)("declares $type with the names, modes and types of the provider", (kind) => {
    // The plug-in framework lets every id be set, but the provider never reads it: here it is computed.
    const { id: _, ...expected } = provider.kinds[kind.type];
    const { id: __, ...declared } = describeScope(kind, kind.timeouts);
    expect(declared).toEqual(expected);
  });

  it("knows exactly the kinds of the fixture, each under its own name", () => {
    expect(Object.keys(resourceKinds).sort()).toEqual(Object.keys(provider.kinds).sort());
    for (const [name, kind] of Object.entries(resourceKinds)) expect(kind.type).toBe(name);
  });

  it("uses no word in a declaration that the declaration's type does not have", () => {
    const attributeWords =
      /^(type|mode|default|replaces|sensitive|meta|refersTo|sameRegion|integer|min|max|minLength|maxLength|pattern|oneOf|catalogue)$/;
    const kindWords =
      /^(type|layer|group|pricedOnce|schemaVersion|attributes|blocks|timeouts|readySeconds|complaint|priceUsdPerHour|dropletCount)$/;
    const blockWords = /^(nesting|min|max|computed|replaces|attributes|blocks)$/;
    const checkBlocks = (scope: Scope): void => {
      for (const block of Object.values(scope.blocks ?? {})) {
        for (const word of Object.keys(block)) expect(word).toMatch(blockWords);
        checkBlocks(block);
      }
    };
    for (const kind of kinds) {
      for (const word of Object.keys(kind)) expect(word).toMatch(kindWords);
      for (const [, spec] of allAttributes(kind))
        for (const word of Object.keys(spec)) expect(word).toMatch(attributeWords);
      checkBlocks(kind);
    }
  });

  it("refers only to attributes that exist", () => {
    for (const kind of kinds) {
      for (const [, { refersTo = [] }] of allAttributes(kind)) {
        for (const target of refersTo) {
          const [type, attribute] = target.split(".") as [string, string];
          expect(kindOf(type)?.attributes, target).toHaveProperty(attribute);
        }
      }
    }
  });

  it("orders the time until ready", () => {
    for (const { readySeconds } of kinds) {
      expect(readySeconds.min).toBeLessThanOrEqual(readySeconds.median);
      expect(readySeconds.median).toBeLessThanOrEqual(readySeconds.max);
    }
  });

  it("prices what the price page prices", () => {
    const monthly = (kind: ResourceKind, attributes: Parameters<ResourceKind["priceUsdPerHour"]>[0]): number =>
      Math.round(kind.priceUsdPerHour(attributes, listCatalogue) * 672 * 100) / 100;
    const k = resourceKinds;
    expect(monthly(k.digitalocean_droplet, { size: "s-2vcpu-4gb" })).toBe(24);
    expect(monthly(k.digitalocean_droplet, { size: "s-2vcpu-4gb", backups: true })).toBe(28.8);
    const daily = { size: "s-2vcpu-4gb", backups: true, backup_policy: { plan: "daily" } };
    expect(monthly(k.digitalocean_droplet, daily)).toBe(31.2);
    expect(monthly(k.digitalocean_loadbalancer, {})).toBe(12);
    expect(monthly(k.digitalocean_loadbalancer, { size_unit: 4 })).toBe(48);
    expect(monthly(k.digitalocean_loadbalancer, { size: "lb-medium" })).toBe(36);
    expect(monthly(k.digitalocean_volume, { size: 100 })).toBe(10);
    expect(monthly(k.digitalocean_reserved_ip, {})).toBe(5);
    expect(monthly(k.digitalocean_reserved_ip, { droplet_id: 1 })).toBe(0);
    expect(monthly(k.digitalocean_database_cluster, { size: "db-s-2vcpu-4gb", node_count: 2 })).toBe(121.8);
    const pool = { size: "s-2vcpu-4gb", node_count: 3 };
    expect(monthly(k.digitalocean_kubernetes_cluster, { ha: true, node_pool: pool })).toBe(112);
    expect(monthly(k.digitalocean_kubernetes_cluster, { ha: false, node_pool: pool })).toBe(72);
    const scaled = { size: "s-2vcpu-4gb", auto_scale: true, min_nodes: 2, max_nodes: 9 };
    expect(monthly(k.digitalocean_kubernetes_node_pool, scaled)).toBe(48);
    expect(monthly(k.digitalocean_container_registry, { subscription_tier_slug: "professional" })).toBe(20);
    expect(monthly(k.digitalocean_spaces_bucket, {})).toBe(5);
  });
});

describe("AttributesFor", () => {
  it("follows from the declaration", () => {
    type Droplet = AttributesFor<"digitalocean_droplet">;
    expectTypeOf<Droplet["size"]>().toEqualTypeOf<string>();
    expectTypeOf<Droplet["count"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Droplet["vpc_uuid"]>().toEqualTypeOf<string | Reference | undefined>();
    expectTypeOf<Droplet["tags"]>().toEqualTypeOf<readonly (string | Reference)[] | undefined>();
    expectTypeOf<keyof Droplet>().not.toExtend<"vcpus">();
    type Balancer = AttributesFor<"digitalocean_loadbalancer">;
    expectTypeOf<Balancer["algorithm"]>().toEqualTypeOf<"round_robin" | "least_connections" | undefined>();
    expectTypeOf<NonNullable<Balancer["healthcheck"]>["port"]>().toEqualTypeOf<number>();
    expectTypeOf<NonNullable<Balancer["forwarding_rule"]>[number]["entry_port"]>().toEqualTypeOf<number>();
    type Pool = AttributesFor<"digitalocean_droplet_autoscale">;
    expectTypeOf<Pool["config"]>().not.toBeNullable();
    type NodePool = AttributesFor<"digitalocean_kubernetes_node_pool">;
    expectTypeOf<NodePool["labels"]>().toEqualTypeOf<Readonly<Record<string, string>> | undefined>();
  });
});
