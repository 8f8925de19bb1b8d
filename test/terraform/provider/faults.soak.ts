/** Many runs against a failing API. @module */
import { describe, expect, it } from "vitest";
import { EXPECTED, faultRun } from "./fault-run.js";
import { hasTerraform } from "./terraform-world.js";

describe.skipIf(!hasTerraform)("BuiltInProvider with a failing API", () => {
  it("makes everything once, and destroys it: 500 seeds", async () => {
    for (let seed = 1; seed <= 500; seed++) {
      expect({ seed, ...(await faultRun(seed)) }).toEqual({ seed, made: EXPECTED, left: [] });
    }
  });
});
