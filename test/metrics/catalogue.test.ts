import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { UnknownMetricError } from "../../src/errors.js";
import { METRICS, type Metric, metricOf, seriesNamesOf } from "../../src/metrics/catalogue.js";
import { LATENCY_BUCKETS } from "../../src/metrics/latency-buckets.js";

const page = new URL("../../docs/metrics.md", import.meta.url);

/** A metric's row in docs/metrics.md. */
function rowOf({ name, type, unit, labels, values, help }: Metric): string {
  const shown = labels.map((label) => `\`${label}\`${values?.[label] ? ` (${values[label].join(", ")})` : ""}`);
  return `| \`${name}\` | ${type} | ${shown.join(", ") || "–"} | ${unit} | ${help} |`;
}

describe("METRICS", () => {
  it("is listed in docs/metrics.md, row by row and nothing else", () => {
    expect(existsSync(page)).toBe(true);
    const rows = readFileSync(page, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    expect(rows).toEqual(METRICS.map(rowOf));
  });
  it("has its buckets in docs/metrics.md", () => {
    expect(readFileSync(page, "utf8")).toContain(`${LATENCY_BUCKETS.join(", ")}, +Inf`);
  });
  it("names metrics as Prometheus advises: base units, and _total for counters", () => {
    for (const { name, type } of METRICS) {
      expect(name).toMatch(/^[a-zA-Z_]+$/);
      expect(name.endsWith("_total"), name).toBe(type === "counter");
    }
  });
  it("has no name twice, the series of histograms included", () => {
    const names = METRICS.flatMap(seriesNamesOf);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("metricOf", () => {
  it("finds a metric by its name, and a histogram by its series", () => {
    expect(metricOf("up").labels).toEqual(["instance", "service"]);
    expect(metricOf("http_request_duration_seconds_bucket").buckets).toBe(LATENCY_BUCKETS);
  });
  it("names the nearest metric for one it does not know", () => {
    expect(() => metricOf("http_request_total")).toThrow(
      new UnknownMetricError("http_request_total", ["http_requests_total"]),
    );
  });
});
