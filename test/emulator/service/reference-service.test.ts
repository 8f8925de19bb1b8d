/** The reference service over real HTTP: counts, codes, metrics, faults and the way out. Nothing here depends on how fast it is. */
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ReferenceService } from "../../../src/emulator/service/reference-service.js";
import type { ReferenceServiceOptions } from "../../../src/emulator/service/service-options.js";
import type { Service } from "../../../src/infra/service.js";
import { METRICS, parseExposition } from "../../../src/metrics/index.js";

const web: Service = {
  name: "web",
  resource: "digitalocean_droplet.web",
  serviceTimeSeconds: 0.005,
  serviceTimeDistribution: "deterministic",
};

const running: ReferenceService[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.close(0)));
});

async function start(options: Partial<ReferenceServiceOptions> = {}): Promise<ReferenceService> {
  const service = await ReferenceService.start({ service: web, ...options });
  running.push(service);
  return service;
}

/** The code of one answer; 0 when the connection was cut. */
function codeOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const asked = request(url, { headers, agent: new Agent() }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode!));
    });
    asked.on("error", () => resolve(0));
    asked.end();
  });
}

/** One value of the metrics; undefined where there is none. */
async function valueAt(service: ReferenceService, name: string, labels: Record<string, string> = {}) {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  const samples = parseExposition(text, { format: "text" }).flatMap(({ samples }) => samples);
  const found = samples.find(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels.get(label) === value),
  );
  return found?.value;
}

describe("ReferenceService", () => {
  it("answers every request, and counts the work that was done", async () => {
    const service = await start({ machine: { vcpus: 2, memoryBytes: 2 ** 31 } });
    const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(`${service.url}/any/path?x=1`)));
    expect(codes).toEqual(new Array(20).fill(200));
    expect(await valueAt(service, "infra_gym_busy_seconds_total", { service: "web" })).toBeCloseTo(0.1, 9);
    expect(await valueAt(service, "node_cpu_seconds_total", { mode: "user" })).toBeCloseTo(0.1, 9);
    expect(await valueAt(service, "infra_gym_slots")).toBe(2);
    expect(await valueAt(service, "http_requests_in_flight")).toBe(0);
    expect(await valueAt(service, "http_requests_total", { code: "200" })).toBe(20);
    expect(await valueAt(service, "http_request_duration_seconds_count")).toBe(20);
    expect(await valueAt(service, "node_memory_MemTotal_bytes")).toBe(2 ** 31);
    expect(await valueAt(service, "node_memory_MemAvailable_bytes")).toBe(2 ** 31 - 200 * 2 ** 20);
  });

  it("shows only metrics of the catalogue, with their types and labels", async () => {
    const service = await start();
    await codeOf(service.url);
    const families = parseExposition(await (await fetch(`${service.url}/metrics`)).text(), { format: "text" });
    const known = new Map(METRICS.map((metric) => [metric.name, metric]));
    for (const { name, type, samples } of families) {
      expect([name, type]).toEqual([name, known.get(name)?.type]);
      const labels = new Set(samples.flatMap((sample) => [...sample.labels.keys()]));
      const allowed = [...known.get(name)!.labels, "le", "__name__"];
      expect([...labels].filter((label) => !allowed.includes(label))).toEqual([]);
    }
  });

  it("leaves requests to the client's own counts when told so", async () => {
    const service = await start({ countsRequests: false });
    await codeOf(service.url);
    expect(await valueAt(service, "http_requests_total")).toBe(undefined);
    expect(await valueAt(service, "infra_gym_busy_seconds_total")).toBeCloseTo(0.005, 9);
  });

  it("answers 503 beyond its bound, and the others once they are done", async () => {
    const service = await start({ service: { ...web, connectionsPerReplica: 3, serviceTimeSeconds: 0.3 } });
    const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(service.url)));
    expect(codes.toSorted()).toEqual([200, 200, 200, 503, 503, 503, 503, 503]);
  });

  it("calls the next tier once for every whole call, and answers 503 when that fails", async () => {
    const api = await start({ service: { ...web, name: "api" } });
    const nextTiers = [{ url: api.url, perRequest: 2 }];
    const front = await start({ nextTiers });
    expect(await codeOf(front.url)).toBe(200);
    expect(await valueAt(api, "http_requests_total", { service: "api" })).toBe(2);
    await api.close(0);
    expect(await codeOf(front.url)).toBe(503);
  });

  it("works on with twice the slots after a resize, and shows the new size", async () => {
    const service = await start({ service: { ...web, serviceTimeSeconds: 0.1 } });
    const codes = Promise.all(Array.from({ length: 6 }, () => codeOf(service.url)));
    service.resize({ vcpus: 4, memoryBytes: 2 ** 33 });
    expect(await codes).toEqual(new Array(6).fill(200));
    expect(await valueAt(service, "infra_gym_slots")).toBe(4);
    expect(await valueAt(service, "node_memory_MemTotal_bytes")).toBe(2 ** 33);
  });

  it("answers what it has taken when it is closed, and then nobody listens", async () => {
    const service = await start({ service: { ...web, serviceTimeSeconds: 1 } });
    const { port } = new URL(service.url);
    const taken = codeOf(service.url);
    while ((await valueAt(service, "http_requests_in_flight")) !== 1);
    await service.close();
    expect(await taken).toBe(200);
    const refused = new Promise((resolve) =>
      connect(Number(port), "127.0.0.1").once("error", () => resolve("refused")),
    );
    expect(await refused).toBe("refused");
  });

  it("cuts every connection when it crashes", async () => {
    const service = await start({ service: { ...web, serviceTimeSeconds: 30 } });
    const taken = codeOf(service.url);
    while ((await valueAt(service, "http_requests_in_flight")) !== 1);
    service.inject({ kind: "crash" });
    expect(await taken).toBe(0);
    expect(await codeOf(service.url)).toBe(0);
  });

  it("answers late, health included, while it hangs", async () => {
    const service = await start();
    const order: string[] = [];
    service.inject({ kind: "hang", seconds: 0.3 });
    const health = codeOf(`${service.url}/health`).then(() => order.push("health"));
    await new Promise((resolve) => setTimeout(resolve, 100));
    order.push("0.1 s");
    await health;
    expect(order).toEqual(["0.1 s", "health"]);
  });

  it("does more work for each request in a slow time", async () => {
    const service = await start();
    service.inject({ kind: "slow", seconds: 60, factor: 4 });
    await codeOf(service.url);
    expect(await valueAt(service, "infra_gym_busy_seconds_total")).toBeCloseTo(0.02, 9);
  });

  it("refuses other names of this machine, and web pages", async () => {
    const service = await start();
    expect(await codeOf(service.url, { host: "evil.example" })).toBe(403);
    expect(await codeOf(service.url, { origin: "https://evil.example" })).toBe(403);
    expect(await codeOf(`${service.url}/metrics`, { origin: "https://evil.example" })).toBe(403);
  });

  it("listens on a loopback address of its own, and on no other", async () => {
    const service = await start({ host: "127.0.0.7" });
    expect(new URL(service.url).hostname).toBe("127.0.0.7");
    expect(await codeOf(`${service.url}/health`)).toBe(200);
    await expect(start({ host: "0.0.0.0" })).rejects.toThrow(
      'Expected host to be a loopback address such as 127.0.0.1, got "0.0.0.0" (string).',
    );
  });

  it("refuses a port that is taken, and options that are nothing", async () => {
    const port = Number(new URL((await start()).url).port);
    await expect(start({ port })).rejects.toThrow(`Expected port to be a free port, got ${port} (number).`);
    await expect(start({ machine: { vcpus: 0, memoryBytes: 1 } })).rejects.toThrow(
      "Expected machine.vcpus to be an integer of at least 1, got 0 (number).",
    );
    await expect(start({ nextTiers: [{ url: "http://example.com/", perRequest: 1 }] })).rejects.toThrow(
      'Expected nextTiers to be addresses that begin with http:// on loopback, got "http://example.com/" (string).',
    );
    await expect(start({ service: { ...web, serviceTimeSeconds: 0 } })).rejects.toThrow(
      "Expected serviceTimeSeconds to be a finite number above 0 (seconds), got 0 (number).",
    );
  });
});
