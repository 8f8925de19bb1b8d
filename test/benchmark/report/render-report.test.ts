import { describe, expect, it } from "vitest";
import { StaticPolicy } from "../../../src/agents/static.js";
import { renderReport } from "../../../src/benchmark/report/render-report.js";
import { type Benchmark, runBenchmark } from "../../../src/benchmark/run-benchmark.js";
import { QueueEnv } from "../../fakes/queue-env.js";

async function benchmarkOf(name: string, workload = "day"): Promise<Benchmark> {
  return runBenchmark({
    env: "Queue-v0",
    makeEnv: async () => new QueueEnv(),
    policies: [{ name, create: () => new StaticPolicy({ name }) }, "threshold"],
    seeds: [0, 1],
    workloads: [workload, "steady"],
  });
}

describe("renderReport", () => {
  it("shows a table and pictures for each workload, and a table for all", async () => {
    const html = renderReport(await benchmarkOf("static"));
    expect(html.match(/<h2>.*?<\/h2>/g)).toEqual([
      "<h2>All workloads</h2>",
      "<h2>day</h2>",
      "<h2>steady</h2>",
      "<h2>How to read it</h2>",
    ]);
    expect(html.match(/<table>/g)).toHaveLength(3);
    expect(html.match(/<figcaption>.*?<\/figcaption>/g)).toHaveLength(2 * 5);
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("escapes every string", async () => {
    const attack = `<script>alert("x")</script>'&`;
    const html = renderReport(await benchmarkOf(attack, `<img src=x onerror=alert(1)>`));
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;");
  });

  it("needs nothing from outside, and forbids it", async () => {
    const html = renderReport(await benchmarkOf("static"));
    expect(html).not.toMatch(/https?:|src=|url\(|@import|<link|<script/);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it("closes every element it opens", async () => {
    const html = renderReport(await benchmarkOf("static"));
    const open: string[] = [];
    for (const [, end, name, self] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:"[^"]*"|[^">])*?(\/?)>/g)) {
      if (self === "/" || name === "meta") continue;
      if (end === "") open.push(name!);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it("stands an episode in which nothing was answered", async () => {
    const { results, series } = await benchmarkOf("static");
    const nothing = { ...series[0]!.series, p95Seconds: series[0]!.series.p95Seconds.map(() => Number.NaN) };
    const episodes = results.episodes.map((episode) => ({ ...episode, p95Seconds: Number.NaN }));
    const html = renderReport({
      results: { ...results, episodes },
      series: series.map((entry) => ({ ...entry, series: nothing })),
    });
    expect(html).not.toMatch(/[MLHV]NaN/);
  });
});
