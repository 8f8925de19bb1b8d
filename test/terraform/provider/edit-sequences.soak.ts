/** Many random edits of a graph. @module */
import { describe, expect, it } from "vitest";
import { editSequences } from "./edit-sequences.js";
import { hasTerraform, TerraformWorld } from "./terraform-world.js";

describe.skipIf(!hasTerraform)("random edits of a graph", { timeout: 1_800_000 }, () => {
  it("lead Terraform to what the graph asks for, with nothing more to do: 100 sequences", async () => {
    const world = await TerraformWorld.open();
    try {
      for await (const { wanted, present, changed } of editSequences(world, 2, 100)) {
        expect(present).toEqual(wanted);
        expect(changed).toEqual([]);
      }
    } finally {
      await world.close();
    }
  });
});
