import { describe, expect, it } from "vitest";
import { editSequences } from "./edit-sequences.js";
import { hasTerraform, TerraformWorld } from "./terraform-world.js";

describe.skipIf(!hasTerraform)("random edits of a graph (needs terraform)", { timeout: 120_000 }, () => {
  it("lead Terraform to what the graph asks for, with nothing more to do, and drift is mended: 10 sequences", async () => {
    const world = await TerraformWorld.open();
    try {
      for await (const { wanted, present, changed, drift, isFound, isMended } of editSequences(world, 1, 10)) {
        expect(present).toEqual(wanted);
        expect(changed).toEqual([]);
        expect({ drift, isFound, isMended }).toEqual({ drift, isFound: true, isMended: true });
      }
    } finally {
      await world.close();
    }
  });
});
