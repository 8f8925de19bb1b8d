/** A resize that was cut short leaves a droplet off; the next apply of the run turns it on. @module */
import { describe, expect, it } from "vitest";
import { InfraGraph, resource, setAttribute, synth } from "../../../src/infra/index.js";
import { EmulatedWorld } from "./emulated-world.js";
import { InProcessTerraform } from "./in-process-terraform.js";

const RUN = "infra-gym-run-1";
const WEB = "digitalocean_droplet.web";
const small = InfraGraph.of([
  resource("digitalocean_droplet", "web", {
    name: "web",
    image: "debian-12-x64",
    region: "fra1",
    size: "s-1vcpu-2gb",
    resize_disk: false,
  }),
]);
const large = setAttribute(WEB, "size", "s-2vcpu-4gb")(small);

/** What is there after a droplet was left in some state behind the provider's back and the graph was applied. */
async function afterwards(graph: InfraGraph, actions: readonly object[], run?: string) {
  const world = await EmulatedWorld.open();
  const terraform = new InProcessTerraform({ endpoint: world.emulator.url, token: "test", run });
  const project = (wanted: InfraGraph) => synth(wanted, { tags: [RUN] });
  try {
    await terraform.apply(await project(small));
    const [{ id }] = (await world.list("/v2/droplets", "droplets")) as [{ id: number }];
    for (const action of actions) await world.request("POST", `/v2/droplets/${id}/actions`, action);
    const planned = await terraform.plan(await project(graph));
    await terraform.apply(await project(graph));
    const droplets = await world.list("/v2/droplets", "droplets");
    const left = await terraform.plan(await project(graph));
    return { planned, is: droplets.map(({ status, size_slug }) => `${status} ${size_slug}`), left };
  } finally {
    terraform.close();
    await world.close();
  }
}

const off = { type: "power_off" };
const resized = { type: "resize", size: "s-2vcpu-4gb", disk: false };

describe("a resize that was cut short", () => {
  it("before the new size is gone on with", async () => {
    expect(await afterwards(large, [off], RUN)).toEqual({
      planned: [`${WEB}[0]`],
      is: ["active s-2vcpu-4gb"],
      left: [],
    });
  });

  it("before it was turned on again ends with that", async () => {
    expect(await afterwards(large, [off, resized], RUN)).toEqual({
      planned: [`${WEB}[0]`],
      is: ["active s-2vcpu-4gb"],
      left: [],
    });
  });

  it("is left as it is outside of a run, as DigitalOcean's provider does", async () => {
    expect(await afterwards(large, [off, resized])).toEqual({ planned: [], is: ["off s-2vcpu-4gb"], left: [] });
  });
});

describe("a size with less disk than a droplet was made with", () => {
  it("is refused as a resize, and reached by a new droplet", async () => {
    const world = await EmulatedWorld.open();
    const terraform = new InProcessTerraform({ endpoint: world.emulator.url, token: "test" });
    try {
      await terraform.apply(await synth(large));
      const [before] = (await world.list("/v2/droplets", "droplets")) as [{ id: number }];
      const path = `/v2/droplets/${before.id}/actions`;
      await world.request("POST", path, off);
      await expect(world.request("POST", path, { type: "resize", size: "s-1vcpu-2gb" })).rejects.toThrow(
        "This size is not available because it has a smaller disk.",
      );
      await terraform.apply(await synth(small));
      const [after] = await world.list("/v2/droplets", "droplets");
      expect([after!.size_slug, after!.status, after!.id === before.id]).toEqual(["s-1vcpu-2gb", "active", false]);
      // Up, and down again: the disk is still the small one, so it stays the same droplet.
      await terraform.apply(await synth(large));
      await terraform.apply(await synth(small));
      const [same] = await world.list("/v2/droplets", "droplets");
      expect([same!.size_slug, same!.id]).toEqual(["s-1vcpu-2gb", after!.id]);
    } finally {
      terraform.close();
      await world.close();
    }
  });
});
