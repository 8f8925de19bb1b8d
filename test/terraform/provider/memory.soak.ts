/** Memory that stays flat, however often a graph is synthesised and applied. @module */
import { describe, expect, it } from "vitest";
import { InfraGraph, resource, setAttribute, synth } from "../../../src/infra/index.js";
import { hasTerraform, TerraformWorld } from "./terraform-world.js";

const graph = InfraGraph.of([
  resource("digitalocean_droplet", "web", {
    count: 20,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform counts the instances itself
    name: "web-${count.index}",
    image: "debian-12-x64",
    region: "fra1",
    size: "s-1vcpu-1gb",
  }),
]);

/** Unit: bytes, after a collection. */
function heapUsed(): number {
  globalThis.gc!();
  return process.memoryUsage().heapUsed;
}

describe("synth", () => {
  it("leaves the heap flat over 3,000 graphs", async () => {
    for (let i = 0; i < 300; i++) await synth(graph);
    const before = heapUsed();
    for (let i = 0; i < 3000; i++) await synth(setAttribute("digitalocean_droplet.web", "count", i % 20)(graph));
    expect(heapUsed() - before).toBeLessThan(2 * 2 ** 20);
  });
});

describe.skipIf(!hasTerraform)("BuiltInProvider (needs terraform)", () => {
  it("leaves the heap flat over 300 applies", async () => {
    const world = await TerraformWorld.open();
    try {
      const apply = async (i: number): Promise<void> => {
        await world.apply(setAttribute("digitalocean_droplet.web", "count", i % 2 === 0 ? 5 : 6)(graph));
      };
      for (let i = 0; i < 50; i++) await apply(i);
      const before = heapUsed();
      for (let i = 0; i < 300; i++) await apply(i);
      // The emulated account keeps the actions of droplets that are gone.
      expect(heapUsed() - before).toBeLessThan(8 * 2 ** 20);
    } finally {
      await world.close();
    }
  });
});
