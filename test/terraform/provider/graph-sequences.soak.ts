/** Many random edits of graphs, in the simulator and in an emulated account. @module */
import { describe, expect, it } from "vitest";
import { graphSequences } from "./graph-sequences.js";

const COUNT = 1000;

describe("random edits of a graph", () => {
  it("lead the simulator and the account to the same resources, and leave nothing to plan", async ({ task }) => {
    const bad: unknown[] = [];
    let count = 0;
    for await (const end of graphSequences(2, COUNT)) {
      const { wanted, present, simulated, emulated, changed } = end;
      const isSame = String(present) === String(wanted) && String(emulated) === String(simulated);
      if (!isSame || changed.length > 0) bad.push({ sequence: count, ...end });
      count++;
    }
    task.meta.figures = [
      { name: "sequences", value: count, unit: "" },
      { name: "different", value: bad.length, unit: "" },
    ];
    expect(bad).toEqual([]);
    expect(count).toBe(COUNT);
  });
});
