import { describe, expect, it } from "vitest";
import { compileQueries } from "../../src/metrics/query-program.js";
import { SeriesSchema } from "../../src/metrics/series.js";

const schema = new SeriesSchema([
  { name: "requests_total", labels: { service: "web", code: "200" } },
  { name: "requests_total", labels: { service: "web", code: "503" } },
  { name: "in_flight", labels: { service: "web" } },
]);
const intervals = { stepSeconds: 60, scrapeSeconds: 5 };

/** Values of one query after `scrapes` samples 5 s apart. */
function resultOf(
  query: string,
  scrapes: readonly (readonly number[])[],
  profile: "prom2" | "prom3" = "prom3",
): number {
  const program = compileQueries([query], schema, { ...intervals, profile });
  const store = program.createStore(1);
  const out = new Float64Array(1);
  for (const scrape of scrapes) store.scrape(Float64Array.from(scrape), null);
  program.evaluate(store, out);
  return out[0]!;
}

const growing = (count: number): number[][] => Array.from({ length: count }, (_, k) => [1000 + k * 5, 0, k]);

describe("compileQueries", () => {
  it("gives a selector's newest sample", () => {
    expect(resultOf('in_flight{service="web"}', growing(4))).toBe(3);
  });
  it("gives the rate over exactly the last step with $__rate_interval", () => {
    expect(resultOf('rate(requests_total{code="200"}[$__rate_interval])', growing(30))).toBe(1);
  });
});
