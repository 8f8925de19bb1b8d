/** Whatever is sent, the emulator answers with what the API would: it never stumbles, and goes on. */
import { describe, expect, it } from "vitest";
import { defectsOfAnyBodies } from "./any-body.js";
import { hasDescription } from "./referee.js";

describe.skipIf(!hasDescription)("any body", () => {
  it("is answered without a defect, by every operation that takes one", { timeout: 120_000 }, async () => {
    expect(await defectsOfAnyBodies(12, 20_261_121)).toEqual([]);
  });
});
