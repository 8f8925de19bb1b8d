import { describe, expect, it } from "vitest";
import { compareTwoWays } from "./compare-two-ways.js";

describe("features of a program", () => {
  it.each([21, 22, 23, 24])("give what the general evaluation gives for 500 more queries, seed %d", (seed) => {
    expect(compareTwoWays(seed, 500, seed % 2 === 0 ? "prom2" : "prom3").different).toEqual([]);
  });
});
