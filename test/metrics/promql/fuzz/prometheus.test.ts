import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { compareWithPrometheus } from "./compare-with-prometheus.js";

/** The version installed, or why there is none. */
function installed(): string {
  try {
    execFileSync("promtool", ["--version"], { stdio: "pipe" });
    return /version (\S+)/.exec(execFileSync("prometheus", ["--version"], { encoding: "utf8" }))?.[1] ?? "";
  } catch {
    return "";
  }
}

const version = installed();

describe.skipIf(!version.startsWith("2.42."))(
  "evaluatePromql against Prometheus 2.42 (skipped where prometheus and promtool 2.42 are not installed: apt-get install prometheus)",
  () => {
    it.each([1, 2])("gives the same bits for generated queries over generated series, seed %d", async (seed) => {
      const found = await compareWithPrometheus(seed, 10_000);
      expect(found.wrong).toEqual([]);
      expect(found.largestDifference).toBeLessThanOrEqual(1e-12);
      expect(found.bitEqual / found.values).toBeGreaterThanOrEqual(0.999);
      // The queries are worth comparing: some refused, some empty, most with values of all kinds.
      expect(found.values).toBeGreaterThanOrEqual(10_000);
      expect(found.distinct.size).toBeGreaterThan(2000);
      expect(found.functions.size).toBeGreaterThan(75);
      expect(found.refused).toBeGreaterThan(5);
      expect(found.empty).toBeGreaterThan(50);
      expect(found.empty / found.queries).toBeLessThan(0.35);
      expect(found.nan / found.values).toBeLessThan(0.25);
      expect(Math.min(found.nan, found.infinite)).toBeGreaterThan(100);
    });
  },
);
