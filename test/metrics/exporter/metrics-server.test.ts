import { spawnSync } from "node:child_process";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SimulatedBackend } from "../../../src/backends/index.js";
import { make } from "../../../src/index.js";
import { MetricsServer } from "../../../src/metrics/exporter/metrics-server.js";
import { evaluatePromql, METRICS, parseExposition, SampleSet, Scraper } from "../../../src/metrics/index.js";
import { SeriesRecorder } from "../../../src/metrics/series-recorder.js";
import { ManualClock } from "../../fakes/manual-clock.js";
import { noPromtool } from "../prometheus-tools.js";

let server: MetricsServer;
beforeAll(async () => {
  server = await MetricsServer.start({ port: 0 });
});
afterAll(() => server.close());

interface Got {
  readonly status: number | undefined;
  readonly body: string;
}

function get(path = "/metrics", options: { readonly method?: string; readonly headers?: Record<string, string> } = {}) {
  return new Promise<Got>((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: server.port, path, agent: false, ...options }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, body }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

describe("MetricsServer", () => {
  it("serves the catalogue without samples before the first scrape", async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(parseExposition(body, { format: "text" }).map(({ name }) => name)).toEqual(METRICS.map(({ name }) => name));
  });

  it("serves what the newest scrape showed, in a form that promtool reads", async () => {
    const env = await make("WebService-v0");
    const { backend } = env.unwrapped as unknown as { backend: SimulatedBackend };
    backend.watch(server.show);
    await env.reset({ seed: 1 });
    env.actionSpace.seed(1);
    await env.step(env.actionSpace.sample());
    const { body } = await get();
    await env.close();
    const families = parseExposition(body, { format: "text" });
    const valueOfSeries = (name: string): number =>
      families.flatMap(({ samples }) => samples).find((one) => one.name === name)!.value;
    expect(valueOfSeries("infra_gym_time_seconds") % 60).toBe(0);
    expect(valueOfSeries("infra_gym_offered_requests_total")).toBeGreaterThan(0);
    expect(families.map(({ type }) => type)).toEqual(METRICS.map(({ type }) => type));
    if (noPromtool !== undefined) return;
    const { status, stderr } = spawnSync("promtool", ["check", "metrics"], { input: body, encoding: "utf8" });
    expect([0, 3], stderr).toContain(status);
  });

  it("serves our own scraper, with the values of the episode", async () => {
    const env = await make("WebService-v0");
    const { backend } = env.unwrapped as unknown as { backend: SimulatedBackend };
    const recorder = new SeriesRecorder();
    backend.watch((scrape) => {
      server.show(scrape);
      recorder.add(scrape);
    });
    const [, { timeSeconds }] = await env.reset({ seed: 2 });
    const scraper = new Scraper({
      targets: [{ url: `http://127.0.0.1:${server.port}/metrics`, job: "gym" }],
      clock: new ManualClock(timeSeconds),
    });
    await scraper.scrape();
    await env.close();
    expect(scraper.failures.size).toBe(0);
    const query = 'max by (__name__, service, le) ({__name__=~"http_.*|infra_gym_.*|node_.*"})';
    const scraped = evaluatePromql(query, scraper.series.sampleSet(), { timeSeconds });
    expect(scraped.result.length).toBeGreaterThan(40);
    expect(scraped).toEqual(evaluatePromql(query, new SampleSet(recorder.series()), { timeSeconds }));
  });

  it.each([
    ["/metrics", { headers: { Host: "evil.example" } }, 403],
    ["/metrics", { headers: { Origin: "http://evil.example" } }, 403],
    ["/metrics", { method: "POST" }, 405],
    ["/other", {}, 404],
  ])("refuses %s with %j: %d", async (path, options, status) => {
    expect((await get(path, options)).status).toBe(status);
  });

  it("refuses ports that are none, or taken", async () => {
    await expect(MetricsServer.start({ port: 70_000 })).rejects.toThrow(
      "Expected port to be an integer from 0 to 65535, got 70000 (number).",
    );
    await expect(MetricsServer.start({ port: server.port })).rejects.toThrow(
      `Expected port to be a free port, got ${server.port} (number).`,
    );
  });
});
