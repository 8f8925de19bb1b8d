import { describe, expect, it } from "vitest";
import { isReference, ref, referenceText } from "../../src/infra/reference.js";
import { resource } from "../../src/infra/resource.js";

describe("ref", () => {
  it("reads an address with and without an index", () => {
    expect(ref("digitalocean_vpc.main", "id")).toEqual({ ref: "digitalocean_vpc.main", attribute: "id" });
    const one = ref("digitalocean_droplet.web[3]", "id");
    expect(one).toEqual({ ref: "digitalocean_droplet.web", attribute: "id", index: 3 });
    expect(referenceText(one)).toBe("digitalocean_droplet.web[3].id");
  });

  it("refuses what is no address", () => {
    expect(() => ref("web", "id")).toThrow(
      'Expected address to be an address such as "digitalocean_vpc.main", got "web" (string).',
    );
  });
});

describe("isReference", () => {
  it("tells references from other values", () => {
    expect(isReference(ref("digitalocean_vpc.main", "id"))).toBe(true);
    for (const value of [null, "x", { ref: "x" }, ["ref"], 1]) expect(isReference(value)).toBe(false);
  });
});

describe("resource", () => {
  it("refuses a name that Terraform would not take", () => {
    expect(() => resource("digitalocean_tag", "1 tag", { name: "a" })).toThrow(
      'Expected name to be a resource name such as "web" or "web-api", got "1 tag" (string).',
    );
  });

  it("is typed by the kind's declaration", () => {
    // @ts-expect-error image and size are missing
    resource("digitalocean_droplet", "web", { name: "web" });
    // @ts-expect-error there is no such kind
    resource("digitalocean_drop", "web", {});
    // @ts-expect-error the provider gives vcpus
    resource("digitalocean_droplet", "web", { name: "web", image: "x", size: "c-2", vcpus: 2 });
    // @ts-expect-error a size takes no reference
    resource("digitalocean_droplet", "web", { name: "web", image: "x", size: ref("digitalocean_tag.a", "id") });
    const ok = resource("digitalocean_droplet", "web", { name: "web", image: "x", size: "c-2" });
    expect(ok.address).toBe("digitalocean_droplet.web");
  });
});
