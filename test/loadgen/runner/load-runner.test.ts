/** The runner in a process of its own: what it counts, what it exports, how it ends, and what it refuses. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LoadRunner, type LoadRunnerOptions, profileOf, steady } from "../../../src/loadgen/index.js";
import { parseExposition } from "../../../src/metrics/index.js";
import { root } from "../../package/repository.js";

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The process runs the sources as they are. */
const execArgv = ["--import", pathToFileURL(join(root, "test/fixtures/typescript-loader/register.mjs")).href];

function start(options: Partial<LoadRunnerOptions> = {}): Promise<LoadRunner> {
  const profile = { atSeconds: [0], rates: [100] };
  return LoadRunner.start({ url, profile, durationSeconds: 0.5, spacing: "even", ...options }, { execArgv });
}

describe("LoadRunner", () => {
  it("sends in a process of its own, and reports each request", async () => {
    const runner = await start({ keepsRequests: true });
    const report = await runner.ended;
    expect(report).toMatchObject({ asked: 49, sent: 49, answered: 49, lost: 0, unsent: 0, codes: { 200: 49 } });
    expect(report.requests!.map(({ due }) => due)).toEqual(
      Array.from({ length: 49 }, (_, i) => expect.closeTo((i + 1) / 100, 9)),
    );
    expect(runner.progress!.report.answered).toBe(49);
  });

  it("shows its metrics and sends nothing while it is held", async () => {
    const runner = await start({ isHeld: true, metricsPort: 0 });
    const text = await (await fetch(runner.metricsUrl!)).text();
    expect(text).toContain('infra_gym_offered_requests_total{service="web"} 0');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await (await fetch(runner.metricsUrl!)).text()).toContain('offered_requests_total{service="web"} 0');
    runner.begin();
    runner.begin();
    const { asked, answered, seconds } = await runner.ended;
    expect({ asked, answered, seconds }).toEqual({ asked: 49, answered: 49, seconds: 0.5 });
    const stopped = await start({ isHeld: true });
    expect(await stopped.stop()).toMatchObject({ asked: 0, sent: 0 });
  });

  it("exports what the client saw, follows another rate, and stops when told", async () => {
    const runner = await start({ durationSeconds: 600, metricsPort: 0, service: 'w"b', maxRate: 300 });
    runner.setRate(1e9);
    while ((runner.progress?.report.answered ?? 0) < 30) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(runner.progress!.rate).toBe(300);
    const text = await (await fetch(runner.metricsUrl!)).text();
    const families = parseExposition(text, { format: "text" });
    expect(families.map(({ name, type }) => [name, type])).toEqual([
      ["http_requests_total", "counter"],
      ["http_request_duration_seconds", "histogram"],
      ["infra_gym_offered_requests_total", "counter"],
    ]);
    const answered = families[0]!.samples.find(({ labels }) => labels.get("code") === "200")!;
    expect(answered.labels.get("service")).toBe('w"b');
    expect(answered.value).toBeGreaterThanOrEqual(30);
    expect(families[1]!.samples.at(-1)!.value).toBe(answered.value);
    expect((await fetch(runner.metricsUrl!, { headers: { origin: "http://evil.example" } })).status).toBe(403);
    const report = await runner.stop();
    expect(report.asked).toBe(report.answered + report.lost + report.unsent);
  });

  it("names what keeps its process from beginning", async () => {
    const { port } = server.address() as AddressInfo;
    await expect(start({ metricsPort: port })).rejects.toThrow(
      `The load on ${url} could not begin: listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
    );
  });

  it.each<[Partial<LoadRunnerOptions>, string]>([
    [
      { url: "ftp://x" },
      'Expected url to be an address that begins with http:// or https://, without credentials, got "ftp://x" (string).',
    ],
    [
      { url: "http://example.com/" },
      'Expected ownHost to be "example.com", said by its owner (--i-own-this-host), as it is not loopback, got undefined.',
    ],
    [
      { url: "http://example.com/", ownHost: "example.com", maxRate: 200 },
      "Expected maxRate to be requests per second from 0 to 100, got 200 (number).",
    ],
    [
      { url: "http://example.com/", ownHost: "example.com", durationSeconds: 601 },
      "Expected durationSeconds to be seconds from 0.001 to 600, got 601 (number).",
    ],
    [{ connections: 0 }, "Expected connections to be an integer from 1 to 4096, got 0 (number)."],
  ])("refuses %j", async (options, message) => {
    await expect(start(options)).rejects.toThrow(message);
  });
});

describe("profileOf", () => {
  it("is a workload's rates in its own time, or faster", () => {
    const request = {
      index: 0,
      seed: 0n,
      split: "train",
      offsetSeconds: 0,
      durationSeconds: 60,
      referenceRate: 10,
    } as const;
    expect(profileOf(steady().series(request), 12)).toEqual({ atSeconds: [0, 2.5, 5], rates: [5, 5, 5] });
  });
});
