/** What the load's clients count, and when the load's side was the limit. @module */
import { describe, expect, it } from "vitest";
import { limitBetween, NO_COUNTS, readClientCounts } from "../../../src/backends/live/client-counts.js";
import { GeneratorLimitError } from "../../../src/errors.js";
import { serveMetrics } from "../../../src/loadgen/runner/load-metrics.js";
import { LoadTally } from "../../../src/loadgen/runner/load-tally.js";

describe("readClientCounts", () => {
  it("reads what a load shows of itself", async () => {
    const tally = new LoadTally(false);
    const requests = [0, 0.001, 0.02].map((late) => ({ due: 1, sent: 1 + late, answered: Number.NaN }));
    tally.asked = 5;
    tally.unsent = 1;
    for (const request of requests) tally.noteSent(request);
    tally.noteAnswer(requests[0]!, 200, 1.03);
    tally.noteAnswer(requests[1]!, 503, 1.03);
    tally.noteLost(true);
    const server = await serveMetrics(0, tally, "web");
    const { port } = server.address() as { port: number };
    const { within, fine, ...counts } = await readClientCounts(`http://127.0.0.1:${port}/metrics`);
    expect(counts).toEqual({ offered: 5, code200: 1, failed: 3, late: 2 });
    expect(within.at(-1)).toBe(2);
    expect(fine.reduce((sum, count) => sum + count, 0)).toBe(2);
    server.closeAllConnections();
    server.close();
  });
});

describe("limitBetween", () => {
  const before = { ...NO_COUNTS, offered: 1000, late: 400 };

  it("says nothing while at most one request in a hundred is late or not sent", () => {
    expect(limitBetween(before, before)).toBeUndefined();
    expect(limitBetween(before, { ...before, offered: 2000, late: 410 })).toBeUndefined();
  });

  it("names the load's side as the limit beyond that", () => {
    const limit = limitBetween(before, { ...before, offered: 2000, late: 525 });
    expect(limit).toBeInstanceOf(GeneratorLimitError);
    expect(limit?.message).toBe(
      "The load could not keep up: 13 % of this step's requests were sent more than 10 ms late, or not at all. Lower the rate, or run less beside it.",
    );
    expect(limitBetween(before, { ...before, offered: 2000, late: 420 })?.message).toMatch(/: 2.0 % of this step/);
  });
});
