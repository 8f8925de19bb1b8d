/** Draws, samples, seeds, JSON, flattenings and names against Gymnasium's own. @module */
import { describe, expect, it } from "vitest";
import { checkGolden } from "./check-golden.js";
import { GOLDEN_FILE, goldenIsMissing, goldenSeeds, readGolden } from "./golden-file.js";
import { GOLDEN_MASKED, GOLDEN_SPACES } from "./golden-spaces.js";

describe.skipIf(goldenIsMissing)("checkGolden, with ../shared/data/gymnasium/golden.json", () => {
  it("finds every draw, sample, masked sample, seed, JSON form, flattening and name equal", () => {
    const { passed, failures } = checkGolden(readGolden(GOLDEN_FILE));
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(12_000);
  });

  it.each(goldenSeeds())("knows every space and mask of seed %s", (_, golden) => {
    expect(Object.keys(golden.spaces).sort()).toEqual(Object.keys(GOLDEN_SPACES).sort());
    expect(Object.keys(golden.masked).sort()).toEqual(Object.keys(GOLDEN_MASKED).sort());
  });

  it("names each difference by its path", () => {
    const seeds = structuredClone(readGolden(GOLDEN_FILE)) as Record<string, { rng: object; spaces: object }>;
    Object.assign(seeds["42"]!.rng, { "integers(2)": [0, 1, 2], "dice(6)": [1] });
    const space = (seeds["42"]!.spaces as Record<string, { samples: unknown[] }>)["OneOf(Discrete(3),Box(0,1,(2,)))"]!;
    space.samples[1] = [1, [0.5, 0.6082491874694824]];
    expect(checkGolden(seeds as never).failures).toEqual([
      "seeds.42.rng[integers(2)][2]: expected 2, got 1",
      "seeds.42.rng[dice(6)]: expected [1], got nothing",
      "seeds.42.spaces[OneOf(Discrete(3),Box(0,1,(2,)))].samples[1][1][0]: expected 0.5, got 0.3004213571548462",
    ]);
  });
});
