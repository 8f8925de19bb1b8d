import { describe, expect, it } from "vitest";
import { InvalidGraphError, InvalidOptionError } from "../../src/errors.js";
import { listCatalogue } from "../../src/infra/catalogue/catalogue.js";
import { InfraGraph } from "../../src/infra/infra-graph.js";
import { ref } from "../../src/infra/reference.js";
import { type Resource, resource } from "../../src/infra/resource.js";

const vpc = resource("digitalocean_vpc", "main", { name: "main", region: "fra1" });
const web = resource("digitalocean_droplet", "web", {
  count: 2,
  name: "web",
  image: "ubuntu-24-04-x64",
  region: "fra1",
  size: "s-2vcpu-4gb",
  vpc_uuid: ref("digitalocean_vpc.main", "id"),
});

function change(base: Resource, attributes: Record<string, unknown>): Resource {
  return { ...base, attributes: { ...base.attributes, ...attributes } as Resource["attributes"] };
}

function refusal(make: () => unknown): { reason: string; message: string } {
  try {
    make();
  } catch (error) {
    if (error instanceof InvalidGraphError) return { reason: error.reason, message: error.message };
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

describe("InfraGraph", () => {
  it("fills in defaults and layers", () => {
    const graph = InfraGraph.of([web, vpc]);
    expect(graph.attributes("digitalocean_droplet", "web").resize_disk).toBe(true);
    expect(graph.get("digitalocean_vpc.main").layer).toBe("core");
    expect(graph.get("digitalocean_droplet.web").layer).toBe("app");
  });

  it("adds up prices and droplets", () => {
    const graph = InfraGraph.of([web, vpc]);
    expect(graph.priceUsdPerHour * 672).toBeCloseTo(48, 9);
    expect(graph.priceOf("digitalocean_droplet.web") * 672).toBeCloseTo(24, 9);
    expect(graph.dropletCount).toBe(2);
    expect(graph.count("digitalocean_droplet.web")).toBe(2);
    expect(graph.count("digitalocean_vpc.main")).toBe(1);
  });

  it("reckons with another catalogue", () => {
    const { dropletSizes } = listCatalogue;
    const dear = { ...dropletSizes["s-2vcpu-4gb"]!, priceUsdPerHour: 1 };
    const catalogue = { ...listCatalogue, dropletSizes: { ...dropletSizes, "s-2vcpu-4gb": dear } };
    expect(InfraGraph.of([web, vpc], { catalogue }).priceUsdPerHour).toBe(2);
  });

  it("charges one subscription for all buckets", () => {
    const buckets = ["a", "b", "c"].map((name) =>
      resource("digitalocean_spaces_bucket", name, { name: `${name}-files` }),
    );
    const graph = InfraGraph.of(buckets);
    expect(graph.priceUsdPerHour * 672).toBeCloseTo(5, 9);
    expect(graph.priceOf("digitalocean_spaces_bucket.b")).toBe(0);
  });

  it("orders resources after all that they refer to", () => {
    expect(InfraGraph.of([web, vpc]).order).toEqual(["digitalocean_vpc.main", "digitalocean_droplet.web"]);
  });

  it("is equal to a graph of the same resources in another order and spelling", () => {
    const tags = (...names: string[]): Resource => change(web, { tags: names, vpc_uuid: undefined });
    expect(InfraGraph.of([tags("a", "b"), vpc]).equals(InfraGraph.of([vpc, tags("b", "a", "b")]))).toBe(true);
    expect(InfraGraph.of([tags("a", "b"), vpc]).equals(InfraGraph.of([vpc, tags("b")]))).toBe(false);
    const explicit = InfraGraph.of([vpc, change(web, { resize_disk: true })]);
    expect(explicit.equals(InfraGraph.of([vpc, web]))).toBe(true);
  });

  it("survives JSON", () => {
    const graph = InfraGraph.of([web, vpc], { layers: ["core", "app", "last"] });
    const copy = InfraGraph.fromJSON(JSON.parse(JSON.stringify(graph)));
    expect(copy.equals(graph)).toBe(true);
    expect(copy.toText()).toBe(graph.toText());
    expect(JSON.stringify(copy)).toBe(graph.toText());
  });

  it("does not change when what it was made of does", () => {
    const attributes = { name: "main", region: "fra1" };
    const graph = InfraGraph.of([resource("digitalocean_vpc", "main", attributes)]);
    attributes.name = "other";
    expect(graph.attributes("digitalocean_vpc", "main").name).toBe("main");
    expect(Object.isFrozen(graph.get("digitalocean_vpc.main").attributes)).toBe(true);
  });

  it.each<[string, () => unknown, string, string]>([
    [
      "a dangling reference",
      () => InfraGraph.of([web]),
      "dangling-reference",
      "digitalocean_droplet.web: vpc_uuid refers to digitalocean_vpc.main.id, which the graph does not have. Known: digitalocean_droplet.web.",
    ],
    [
      "a reference to an instance that a group does not have",
      () => {
        const value = ref("digitalocean_droplet.web[2]", "ipv4_address");
        const record = resource(
          "digitalocean_record",
          "web",
          { domain: "a.example", type: "A", name: "web", value },
          { layer: "edge" },
        );
        return InfraGraph.of([vpc, web, record]);
      },
      "dangling-reference",
      "digitalocean_record.web: value refers to digitalocean_droplet.web[2].ipv4_address, but digitalocean_droplet.web has a count of 2.",
    ],
    [
      "a group where one value is needed",
      () => {
        const droplet_id = ref("digitalocean_droplet.web", "id");
        return InfraGraph.of([vpc, web, resource("digitalocean_reserved_ip", "web", { region: "fra1", droplet_id })]);
      },
      "dangling-reference",
      "digitalocean_reserved_ip.web: droplet_id takes one value, but digitalocean_droplet.web is a group. Refer to digitalocean_droplet.web[0].",
    ],
    [
      "an index where there is no group",
      () => InfraGraph.of([vpc, change(web, { vpc_uuid: ref("digitalocean_vpc.main[0]", "id") })]),
      "dangling-reference",
      "digitalocean_droplet.web: vpc_uuid refers to digitalocean_vpc.main[0].id, but digitalocean_vpc.main is no group. Leave out the index.",
    ],
    [
      "a cycle",
      () => {
        const balancer = (name: string, target: string): Resource =>
          resource("digitalocean_loadbalancer", name, {
            name,
            region: "fra1",
            target_load_balancer_ids: [ref(`digitalocean_loadbalancer.${target}`, "id")],
          });
        return InfraGraph.of([balancer("a", "b"), balancer("b", "a")]);
      },
      "cycle",
      "digitalocean_loadbalancer.a: It refers to itself: digitalocean_loadbalancer.a → digitalocean_loadbalancer.b → digitalocean_loadbalancer.a. Remove one of these references.",
    ],
    [
      "a duplicate address",
      () => InfraGraph.of([vpc, vpc]),
      "duplicate-address",
      "digitalocean_vpc.main: Two resources have this address. Rename one of them.",
    ],
    [
      "a region that does not match",
      () => InfraGraph.of([vpc, change(web, { region: "nyc3" })]),
      "region-mismatch",
      "digitalocean_droplet.web: It is in region nyc3, but vpc_uuid refers to digitalocean_vpc.main in fra1. Put both into one region.",
    ],
    [
      "an unknown size",
      () => InfraGraph.of([vpc, change(web, { size: "s-2vcpu-5gb" })]),
      "unknown-size",
      'digitalocean_droplet.web: Unknown droplet size "s-2vcpu-5gb" in size. Did you mean "s-2vcpu-2gb"?',
    ],
    [
      "an unknown region",
      () => InfraGraph.of([resource("digitalocean_vpc", "main", { name: "main", region: "fra9" })]),
      "unknown-region",
      'digitalocean_vpc.main: Unknown region "fra9" in region. Did you mean "fra1"?',
    ],
    [
      "an unknown kind",
      () => InfraGraph.of([{ ...vpc, kind: "digitalocean_vpcs", address: "digitalocean_vpcs.main" }]),
      "unknown-kind",
      'digitalocean_vpcs.main: Unknown kind "digitalocean_vpcs". Did you mean "digitalocean_vpc"?',
    ],
    [
      "an unknown layer",
      () => InfraGraph.of([{ ...vpc, layer: "corr" }]),
      "unknown-layer",
      'digitalocean_vpc.main: Unknown layer "corr". Did you mean "core"?',
    ],
    [
      "a reference to a later layer",
      () => InfraGraph.of([{ ...vpc, layer: "edge" }, web]),
      "layer-order",
      "digitalocean_droplet.web: vpc_uuid refers to digitalocean_vpc.main of the later layer edge. Put digitalocean_droplet.web into edge, or digitalocean_vpc.main into app or before.",
    ],
    [
      "an address that is not its kind and name",
      () => InfraGraph.of([{ ...vpc, address: "digitalocean_vpc.other" }]),
      "unknown-address",
      "digitalocean_vpc.other: Expected its address to be digitalocean_vpc.main. Make resources by resource().",
    ],
    [
      "an address that it does not have",
      () => InfraGraph.of([vpc]).get("digitalocean_vpc.mian"),
      "unknown-address",
      'digitalocean_vpc.mian: The graph has no such resource. Did you mean "digitalocean_vpc.main"?',
    ],
  ])("refuses %s", (_, make, reason, message) => {
    expect(refusal(make)).toEqual({ reason, message });
  });

  it("refuses layers that are not different names", () => {
    const make = (): InfraGraph => InfraGraph.of([], { layers: ["core", "core"] });
    expect(make).toThrow(InvalidOptionError);
    expect(make).toThrow("Expected layers to be a list of different names, got [core, core] (array).");
  });

  it("refuses JSON that is no graph", () => {
    const make = (): InfraGraph => InfraGraph.fromJSON({} as never);
    expect(make).toThrow("Expected json to be the JSON of a graph, { layers, resources }, got an object of Object.");
  });

  it("refuses JSON with an address that is none", () => {
    const resources = [{ address: "web", layer: "app", attributes: {} }];
    const make = (): InfraGraph => InfraGraph.fromJSON({ layers: ["app"], resources });
    expect(make).toThrow('Expected name to be a resource name such as "web" or "web-api", got "" (string).');
  });
});
