import { describe, expect, it } from "vitest";
import { durationSeconds } from "../../../src/terraform/provider/duration-seconds.js";

describe("durationSeconds", () => {
  it.each([
    ["30m", 1800],
    ["1h30m", 5400],
    ["1.5s", 1.5],
    ["250ms", 0.25],
    ["2h45m10s", 9910],
  ])("reads %s", (text, seconds) => {
    expect(durationSeconds(text)).toBeCloseTo(seconds, 9);
  });

  it.each(["", "30", "m", "30 m", "-5m", "1d"])("takes %j for no duration", (text) => {
    expect(durationSeconds(text)).toBeUndefined();
  });
});
