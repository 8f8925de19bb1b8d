import { describe, expect, it } from "vitest";
import { compareTwoWays } from "./compare-two-ways.js";

describe("features of a program", () => {
  it.each([
    { profile: "prom3" as const, seed: 11 },
    { profile: "prom2" as const, seed: 12 },
  ])("give in $profile what the general evaluation gives, compiled or not, for one environment and for four", (one) => {
    const { compiled, general, different } = compareTwoWays(one.seed, 100, one.profile);
    expect(different).toEqual([]);
    expect(compiled).toBeGreaterThan(40);
    expect(general).toBeGreaterThan(15);
  });
});
