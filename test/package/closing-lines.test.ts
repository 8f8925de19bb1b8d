/** How `npm test` ends: the skipped tests with their reasons, and one line of counts. @module */
import { describe, expect, it } from "vitest";
import { runNode } from "./repository.js";

describe("npm test", () => {
  it("ends with the skipped tests, each with its reason, and a line of counts alone", () => {
    const config = "test/fixtures/summary/vitest.config.ts";
    const { status, stdout } = runNode(["scripts/test.mjs", "--root", ".", "--config", config]);
    const file = "test/fixtures/summary/outcomes.fixture.ts";
    expect(stdout.slice(stdout.indexOf("Skipped:")).split("\n")).toEqual([
      "Skipped:",
      `  ${file} > is skipped with its reason: haproxy is not installed`,
      `  ${file} > 2 tests: needs ../shared/data`,
      `  ${file} > a suite without tests (needs a cluster): needs a cluster`,
      "",
      "1 passed, 1 failed, 4 skipped",
      "",
    ]);
    expect(status).toBe(1);
  });
});
