/** A ready-made stack through real Terraform: made, changed, mended, replaced, imported, destroyed. @module */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { composeEdits, InfraGraph, setAttribute } from "../../../src/infra/index.js";
import { webService } from "../../../src/stacks/index.js";
import { hasTerraform, TerraformWorld } from "./terraform-world.js";

const { graph } = webService({ count: 2 });
const TIER = "web";
const droplets = `digitalocean_droplet.${TIER}`;

describe.skipIf(!hasTerraform)("BuiltInProvider with webService (needs terraform)", { timeout: 60_000 }, () => {
  let world: TerraformWorld;
  const inTier = async (): Promise<readonly Record<string, unknown>[]> =>
    world.list(`/v2/droplets?tag_name=service:${TIER}`, "droplets");

  beforeAll(async () => {
    world = await TerraformWorld.open();
  });
  afterAll(() => world.close());

  it("makes every layer, and then has nothing to do", async () => {
    await world.apply(graph);
    expect(await inTier()).toHaveLength(2);
    expect(await world.plans()).toEqual({});
  });

  it("changes number and size in place", async () => {
    const before = (await inTier()).map(({ id }) => id);
    const edit = composeEdits(setAttribute(droplets, "count", 4), setAttribute(droplets, "size", "s-4vcpu-8gb"));
    const output = await world.apply(edit(graph));
    expect(output).toContain("2 added, 2 changed, 0 destroyed");
    const after = await inTier();
    expect(after.map(({ size_slug }) => size_slug)).toEqual(Array(4).fill("s-4vcpu-8gb"));
    expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(before));
    await world.apply(graph);
    expect(await inTier()).toHaveLength(2);
    expect(await world.plans()).toEqual({});
  });

  it("finds what was changed and deleted by hand, and mends it", async () => {
    const [first, second] = await inTier();
    await world.request("DELETE", `/v2/droplets/${first!.id}`);
    await world.request("POST", `/v2/droplets/${second!.id}/actions`, { type: "rename", name: "by-hand" });
    const [balancer] = await world.list("/v2/load_balancers", "load_balancers");
    const { id, droplet_ids: _, ...settings } = balancer!;
    await world.request("PUT", `/v2/load_balancers/${id}`, { ...settings, region: "nyc3", algorithm: "round_robin" });
    expect(await world.changedLayers()).toEqual(["app", "edge"]);
    expect(await world.applyLayer("app")).toContain("1 added, 1 changed, 0 destroyed");
    expect(await world.applyLayer("edge")).toContain("0 added, 1 changed, 0 destroyed");
    expect((await inTier()).map(({ name }) => name)).not.toContain("by-hand");
    expect(await world.plans()).toEqual({});
  });

  it("replaces what cannot be changed in place", async () => {
    const before = (await inTier()).map(({ id }) => id);
    const output = await world.apply(setAttribute(droplets, "image", "debian-12-x64")(graph));
    expect(output).toContain("2 added, 0 changed, 2 destroyed");
    const after = (await inTier()).map(({ id }) => id);
    expect(after).toHaveLength(2);
    expect(after.filter((id) => before.includes(id))).toEqual([]);
    await world.apply(graph);
  });

  it("imports what it does not know", async () => {
    const [balancer] = await world.list("/v2/load_balancers", "load_balancers");
    await world.terraform("edge", "state", "rm", "digitalocean_loadbalancer.main");
    expect(await world.changedLayers()).toEqual(["edge"]);
    const { code, output } = await world.terraform(
      "edge",
      "import",
      "-no-color",
      "digitalocean_loadbalancer.main",
      String(balancer!.id),
    );
    expect(`${code} ${output}`).toContain("Import successful!");
    expect(await world.plans()).toEqual({});
  });

  it("leaves nothing behind", async () => {
    await world.destroy();
    expect(await world.leftovers()).toEqual([]);
  });
});

describe.skipIf(!hasTerraform)("an emptied graph (needs terraform)", () => {
  it("destroys what was in its layers", { timeout: 30_000 }, async () => {
    const world = await TerraformWorld.open();
    try {
      await world.apply(InfraGraph.of(graph.resources.filter(({ layer }) => layer === "core")));
      await world.apply(InfraGraph.of([]));
      expect(await world.leftovers()).toEqual([]);
    } finally {
      await world.close();
    }
  });
});
