/** Many random edits of a graph. @module */
import { describe, expect, it } from "vitest";
import { editSequences } from "./edit-sequences.js";
import { hasTerraform, TerraformWorld } from "./terraform-world.js";

describe.skipIf(!hasTerraform)("random edits of a graph (needs terraform)", { timeout: 3_600_000 }, () => {
  it.for([2, 3, 4, 5])(
    "lead Terraform to what the graph asks for, and drift is mended: seed %i",
    async (seed, { task }) => {
      const world = await TerraformWorld.open();
      const bad: unknown[] = [];
      let count = 0;
      try {
        for await (const end of editSequences(world, seed, 25)) {
          const { wanted, present, changed, isFound, isMended } = end;
          const isRight = String(present) === String(wanted) && changed.length === 0;
          if (!isRight || !isFound || !isMended) bad.push({ sequence: count, ...end });
          count++;
        }
      } finally {
        await world.close();
      }
      task.meta.figures = [
        { name: "sequences", value: count, unit: "" },
        { name: "planNotEmptyOrDriftNotMended", value: bad.length, unit: "" },
      ];
      expect(bad).toEqual([]);
      expect(count).toBe(25);
    },
  );
});
