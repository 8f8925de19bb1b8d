/** The draws of `rng.ts` against NumPy's own. @module */
import { describe, expect, it } from "vitest";
import { drawGolden } from "./gymnasium/golden-draws.js";
import { goldenIsMissing, goldenSeeds } from "./gymnasium/golden-file.js";

describe.skipIf(goldenIsMissing)("createRng, against NumPy 2.4.6 (needs ../shared/data/gymnasium)", () => {
  describe.each(goldenSeeds())("seed %s", (seed, { rng: golden }) => {
    it.each(Object.entries(golden))("%s gives NumPy's values", (name, values) => {
      expect(drawGolden(name, seed, values.length)).toEqual(values);
    });
  });
});
