/** The open loop against real servers on loopback: every request is accounted for, however fast or slow this machine is. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { LoadReport } from "../../../src/loadgen/runner/load-tally.js";
import { PacedLoad, type PacedLoadOptions } from "../../../src/loadgen/runner/paced-load.js";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function start(url: string, options: Partial<PacedLoadOptions> = {}): Promise<PacedLoad> {
  return PacedLoad.start({
    url,
    profile: { atSeconds: [0], rates: [200] },
    seed: 1n,
    spacing: "even",
    durationSeconds: 0.5,
    connections: 64,
    timeoutSeconds: 10,
    keepsRequests: true,
    ...options,
  });
}

async function reportOf(url: string, options: Partial<PacedLoadOptions> = {}): Promise<LoadReport> {
  const load = await start(url, options);
  await load.ended;
  const report = load.report();
  expect(report.asked).toBe(report.sent + report.unsent);
  expect(report.sent).toBe(report.answered + report.lost);
  return report;
}

describe("PacedLoad", () => {
  it("asks for what the rate says, sends it once, and counts the answers by code", async () => {
    let seen = 0;
    const url = await serve((_, response) => {
      response.writeHead(++seen % 2 === 0 ? 503 : 200).end("body");
    });
    const report = await reportOf(url);
    expect(report).toMatchObject({ asked: 99, sent: 99, answered: 99, lost: 0, codes: { 200: 50, 503: 49 } });
    expect(seen).toBe(99);
  });

  it("counts latency from when a request was due, never sends one before, and keeps their order", async () => {
    const url = await serve((_, response) => response.end());
    const { requests, latencySeconds } = await reportOf(url);
    expect(requests!.map(({ due }) => due)).toEqual(
      Array.from({ length: 99 }, (_, i) => expect.closeTo((i + 1) / 200, 9)),
    );
    expect(requests!.every(({ due, sent, answered }) => due <= sent && sent <= answered)).toBe(true);
    const mean = requests!.reduce((sum, { due, answered }) => sum + answered - due, 0) / 99;
    expect(latencySeconds.mean).toBeCloseTo(mean, 12);
    const sorted = requests!.map(({ due, answered }) => answered - due).sort((a, b) => a - b);
    expect(latencySeconds.p95 / sorted[94]!).toBeCloseTo(1, 2);
    expect(latencySeconds.max).toBe(sorted.at(-1));
  });

  it("goes on sending while nothing is answered, and loses what is not answered in time", async () => {
    let seen = 0;
    const url = await serve(() => {
      seen++;
    });
    const report = await reportOf(url, { connections: 128, timeoutSeconds: 2, durationSeconds: 0.2 });
    expect(report).toMatchObject({ asked: 39, sent: 39, answered: 0, lost: 39, timedOut: 39 });
    expect(seen).toBe(39);
  });

  it("says that the generator was the limit when there are too few connections", async () => {
    const url = await serve((_, response) => void setTimeout(() => response.end(), 50));
    const report = await reportOf(url, { connections: 1, durationSeconds: 0.2 });
    expect(report.isGeneratorLimited).toBe(true);
    expect(report.late).toBeGreaterThan(20);
  });

  it("loses the request whose connection is cut, and goes on with right latencies", async () => {
    let seen = 0;
    const url = await serve((request, response) => {
      if (++seen % 10 === 0) request.socket.destroy();
      else response.end();
    });
    const report = await reportOf(url, { connections: 4 });
    expect(report.lost).toBe(Math.floor(report.sent / 10));
    expect(report.requests!.every(({ sent, answered }) => Number.isNaN(answered) || answered >= sent)).toBe(true);
  });

  it("goes on over servers that close after each answer", async () => {
    const url = await serve((_, response) => response.writeHead(200, { connection: "close" }).end("x"));
    expect(await reportOf(url)).toMatchObject({ asked: 99, answered: 99, lost: 0 });
  });

  it("gives up unsent what finds nobody listening", async () => {
    const url = await serve(() => undefined);
    servers.pop()!.close();
    const report = await reportOf(url, { timeoutSeconds: 0.3, durationSeconds: 0.2 });
    expect(report).toMatchObject({ asked: 39, sent: 0, unsent: 39, isGeneratorLimited: true });
  });

  it("follows another rate from the moment it is set", async () => {
    const url = await serve((_, response) => response.end());
    const load = await start(url, { durationSeconds: 60, profile: { atSeconds: [0], rates: [0.001] } });
    load.setRate(400);
    expect(load.rate).toBe(400);
    while (load.tally.asked < 40) await new Promise((resolve) => setTimeout(resolve, 10));
    load.setRate(0);
    load.stop();
    await load.ended;
    const { requests } = load.report();
    const gaps = requests!.slice(1).map(({ due }, i) => due - requests![i]!.due);
    expect(gaps.every((gap) => Math.abs(gap - 1 / 400) < 1e-9)).toBe(true);
    expect(load.report().inFlight).toBe(0);
  });
});
