import { describe, expect, it } from "vitest";
import { listCatalogue } from "../../src/infra/index.js";
import { dropletSizes, dropletsWithTooMuchDisk } from "../../src/terraform/droplets-with-too-much-disk.js";

const configuration = (size: string): string =>
  JSON.stringify({ resource: { digitalocean_droplet: { web: { size }, jump: { size: "s-1vcpu-1gb" } } } });

/** Of 25, 50 and 80 GB. */
const present = [
  { address: "digitalocean_droplet.web[0]", name: "web", values: { size: "s-1vcpu-2gb", disk: 50 } },
  { address: "digitalocean_droplet.web[1]", name: "web", values: { size: "s-2vcpu-4gb", disk: 80 } },
  { address: "digitalocean_droplet.web[2]", name: "web", values: { size: "s-2vcpu-4gb", disk: 50 } },
  { address: "digitalocean_droplet.jump", name: "jump", values: { size: "s-1vcpu-1gb", disk: 25 } },
].map((one) => ({ ...one, type: "digitalocean_droplet", sensitive: {} }));

describe("dropletsWithTooMuchDisk", () => {
  it("names those with more disk than the size wanted comes with", () => {
    expect(dropletsWithTooMuchDisk(configuration("s-1vcpu-2gb"), present, listCatalogue)).toEqual([
      "digitalocean_droplet.web[1]",
    ]);
    expect(dropletsWithTooMuchDisk(configuration("s-4vcpu-8gb"), present, listCatalogue)).toEqual([]);
  });

  it("leaves sizes alone that nobody knows", () => {
    expect(dropletsWithTooMuchDisk(configuration("s-9"), present, listCatalogue)).toEqual([]);
  });
});

describe("dropletSizes", () => {
  it("reads the sizes that are plain text", () => {
    expect(dropletSizes(configuration("s-2vcpu-4gb"))).toEqual({ web: "s-2vcpu-4gb", jump: "s-1vcpu-1gb" });
    expect(dropletSizes("{}")).toEqual({});
  });
});
