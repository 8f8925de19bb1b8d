import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeExposition } from "../../../src/metrics/exposition/index.js";
import { thrownMessage } from "../../thrown-message.js";
import { noPromtool } from "../prometheus-tools.js";
import { arbitraryFamilies } from "./families.js";

describe("writeExposition", () => {
  const counter = {
    name: "done_total",
    type: "counter",
    help: "Done \\ or\nnot.",
    samples: [{ name: "done_total", labels: new Map([["a", 'b"\\\n']]), value: -0, timestampSeconds: 1.5 }],
  } as const;

  it("writes the text format, with timestamps in milliseconds", () => {
    expect(writeExposition([counter], "text")).toBe(
      '# TYPE done_total counter\n# HELP done_total Done \\\\ or\\nnot.\ndone_total{a="b\\"\\\\\\n"} -0 1500\n',
    );
  });

  it("writes OpenMetrics, with its end", () => {
    const family = {
      name: "size_bytes",
      type: "unknown",
      unit: "bytes",
      samples: [{ name: "size_bytes", labels: new Map(), value: Number.POSITIVE_INFINITY }],
    } as const;
    expect(writeExposition([family], "openmetrics")).toBe(
      "# TYPE size_bytes unknown\n# UNIT size_bytes bytes\nsize_bytes +Inf\n# EOF\n",
    );
  });

  it("refuses what a format does not have", () => {
    expect(thrownMessage(() => writeExposition([{ name: "a", type: "info", samples: [] }], "text"))).toBe(
      'Expected the type of a to be one that text has, got "info" (string).',
    );
    expect(thrownMessage(() => writeExposition([counter], "openmetrics"))).toBe(
      'Expected the name of a sample of done_total to be one of done_total_total, done_total_created, got "done_total" (string).',
    );
  });

  it.skipIf(noPromtool)(`is read by promtool${noPromtool === undefined ? "" : `; ${noPromtool}`}`, () => {
    const samples = fc.sample(arbitraryFamilies("text"), { numRuns: 20, seed: 1 });
    for (const sample of samples) {
      // Histograms and summaries have labels with numbers, which it checks too.
      const families = sample.filter(({ type }) => ["counter", "gauge", "unknown"].includes(type));
      const { status, stderr } = spawnSync("promtool", ["check", "metrics"], {
        input: writeExposition(families, "text"),
        encoding: "utf8",
      });
      // 3 are remarks on style, such as a missing help.
      expect([0, 3], stderr).toContain(status);
    }
  });
});
