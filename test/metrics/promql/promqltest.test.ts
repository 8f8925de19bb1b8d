import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runFolder, skipLines } from "./promqltest-runner.js";

const folder = new URL("../../../../shared/data/promqltest/", import.meta.url);
const skips = readFileSync(new URL("promqltest-skips.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");

describe.skipIf(!existsSync(folder))(
  "Prometheus's own test files (skipped where ../shared/data/promqltest is missing)",
  () => {
    it.each([
      { version: "v2.42.0", profile: "prom2" as const, least: 566 },
      { version: "head", profile: "prom3" as const, least: 848 },
    ])("pass in $version, but for the cases listed in promqltest-skips.txt", ({ version, profile, least }) => {
      const outcomes = runFolder(fileURLToPath(new URL(`${version}/`, folder)), profile);
      expect(outcomes.filter(({ status }) => status === "failed")).toEqual([]);
      expect(skipLines(outcomes)).toEqual(profile === "prom2" ? [] : skips);
      expect(outcomes.filter(({ status }) => status === "passed").length).toBeGreaterThanOrEqual(least);
    });

    it("pass in head with names dropped from results only, as Prometheus runs them", () => {
      const outcomes = runFolder(fileURLToPath(new URL("head/", folder)), "prom3", { delayedNames: true });
      expect(outcomes.filter(({ status }) => status === "failed")).toEqual([]);
    });
  },
);
