import { describe, expect, it } from "vitest";
import { parseDuration } from "../../src/cli/parse-duration.js";

describe("parseDuration", () => {
  it.each([
    ["90s", 90],
    ["5m", 300],
    ["2h", 7_200],
    ["1.5h", 5_400],
    ["1d", 86_400],
  ])("reads %s as %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(["", "90", "0s", "-5m", "5 m", "5min", "h", "1e3s"])("refuses %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
