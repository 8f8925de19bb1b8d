import { spawnSync } from "node:child_process";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SimulatedBackend } from "../../../src/backends/index.js";
import { make } from "../../../src/index.js";
import { MetricsServer } from "../../../src/metrics/exporter/metrics-server.js";
import { METRICS, parseExposition } from "../../../src/metrics/index.js";
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
    await env.step(env.actionSpace.sample());
    const { body } = await get();
    await env.close();
    const families = parseExposition(body, { format: "text" });
    const valueOfSeries = (name: string): number =>
      families.flatMap(({ samples }) => samples).find((one) => one.name === name)!.value;
    expect(valueOfSeries("infra_gym_time_seconds") % 60).toBe(0);
    expect(valueOfSeries("http_request_duration_seconds_count")).toBeGreaterThan(0);
    expect(families.map(({ type }) => type)).toEqual(METRICS.map(({ type }) => type));
    if (noPromtool !== undefined) return;
    const { status, stderr } = spawnSync("promtool", ["check", "metrics"], { input: body, encoding: "utf8" });
    expect([0, 3], stderr).toContain(status);
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
