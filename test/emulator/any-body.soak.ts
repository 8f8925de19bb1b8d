/** Whatever is sent, at length: every answer is as described. */
import { describe, expect, it } from "vitest";
import { defectsOfAnyBodies } from "./any-body.js";
import { hasDescription } from "./referee.js";

describe.skipIf(!hasDescription)("any body", () => {
  it("is answered without a defect, 200 times by every operation that takes one", { timeout: 900_000 }, async () => {
    expect(await defectsOfAnyBodies(200, 1)).toEqual([]);
  });
});
