import { describe, expect, it } from "vitest";
import { parseSeeds } from "../../src/cli/parse-seeds.js";

describe("parseSeeds", () => {
  it.each([
    ["3", [0n, 1n, 2n]],
    ["3,8,13", [3n, 8n, 13n]],
    ["7,", [7n]],
    ["0, 36893488147419103232", [0n, 2n ** 65n]],
  ])("reads %j", (text, seeds) => {
    expect(parseSeeds(text)).toEqual(seeds);
  });

  it.each(["", "0", "-1", "1.5", "a", ",", "1,,2", "1,-2", "4,4", "100001"])("refuses %j", (text) => {
    expect(parseSeeds(text)).toBeUndefined();
  });
});
