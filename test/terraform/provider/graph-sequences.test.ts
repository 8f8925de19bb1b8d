import { describe, expect, it } from "vitest";
import { graphSequences } from "./graph-sequences.js";

describe("random edits of a graph", { timeout: 120_000 }, () => {
  it("lead the simulator and the account to the same resources, and leave nothing to plan: 12 sequences", async () => {
    for await (const { wanted, present, simulated, emulated, changed } of graphSequences(1, 12)) {
      expect(present).toEqual(wanted);
      expect(emulated).toEqual(simulated);
      expect(changed).toEqual([]);
    }
  });
});
