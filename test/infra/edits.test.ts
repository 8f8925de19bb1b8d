import { describe, expect, it } from "vitest";
import { addResource, composeEdits, removeResource, setAttribute } from "../../src/infra/edits.js";
import { resource } from "../../src/infra/resource.js";
import { webService } from "../../src/stacks/web-service.js";

const { graph } = webService();
const WEB = "digitalocean_droplet.web";
const volume = resource("digitalocean_volume", "data", { name: "data", region: "nyc3", size: 10 });

describe("setAttribute", () => {
  it("sets an attribute and leaves the graph it was given alone", () => {
    const edited = setAttribute(WEB, "count", 5)(graph);
    expect(edited.count(WEB)).toBe(5);
    expect(graph.count(WEB)).toBe(2);
  });

  it("sets an attribute of a block that occurs once", () => {
    const edited = setAttribute("digitalocean_loadbalancer.main", "healthcheck.port", 9000)(graph);
    expect(edited.attributes("digitalocean_loadbalancer", "main").healthcheck?.port).toBe(9000);
    expect(edited.attributes("digitalocean_loadbalancer", "main").healthcheck?.path).toBe("/healthz");
  });

  it("takes an attribute out, so that its default holds", () => {
    expect(setAttribute(WEB, "count", undefined)(graph).count(WEB)).toBe(1);
  });

  it("returns the same graph where nothing changes", () => {
    expect(setAttribute(WEB, "count", 2)(graph)).toBe(graph);
  });

  it("refuses an address, an attribute or a value that cannot be", () => {
    expect(() => setAttribute("digitalocean_droplet.wbe", "count", 1)(graph)).toThrow(
      'digitalocean_droplet.wbe: The graph has no such resource. Did you mean "digitalocean_droplet.web"?',
    );
    expect(() => setAttribute(WEB, "cuont", 1)(graph)).toThrow(
      'digitalocean_droplet.web: Unknown attribute "cuont". Did you mean "count"?',
    );
    expect(() => setAttribute("digitalocean_loadbalancer.main", "size_unit", 0)(graph)).toThrow(
      "digitalocean_loadbalancer.main: Expected size_unit to be an integer from 1 to 200, got 0 (number).",
    );
  });
});

describe("addResource", () => {
  it("adds a resource once", () => {
    const edited = addResource(volume)(graph);
    expect(edited.has("digitalocean_volume.data")).toBe(true);
    expect(() => addResource(volume)(edited)).toThrow(
      "digitalocean_volume.data: The graph has a resource of this address already. Change it by setAttribute, or remove it first.",
    );
  });
});

describe("removeResource", () => {
  it("undoes addResource", () => {
    const edit = composeEdits(addResource(volume), removeResource("digitalocean_volume.data"));
    expect(edit(graph).equals(graph)).toBe(true);
  });

  it("refuses to remove what others refer to", () => {
    expect(() => removeResource("digitalocean_domain.main")(graph)).toThrow(
      "digitalocean_record.jump: domain refers to digitalocean_domain.main.id, which the graph does not have.",
    );
  });
});

describe("composeEdits", () => {
  it("applies edits in order", () => {
    const edit = composeEdits(setAttribute(WEB, "count", 5), setAttribute(WEB, "count", 3));
    expect(edit(graph).count(WEB)).toBe(3);
    expect(composeEdits()(graph)).toBe(graph);
  });
});
