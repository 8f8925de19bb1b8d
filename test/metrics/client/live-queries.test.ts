/** Observations from a live server: fresh, empty, stale. @module */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LiveQueries, PrometheusClient } from "../../../src/metrics/client/index.js";
import { type Answer, ScriptedServer } from "../../fakes/http-server.js";
import { ManualClock } from "../../fakes/manual-clock.js";

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.close());

/** A server's answers by query: what is not named fails. */
function answerBy(values: Readonly<Record<string, object>>): Answer {
  return (response, { body }) => {
    const data = values[new URLSearchParams(body).get("query")!];
    response.statusCode = data === undefined ? 500 : 200;
    response.end(data === undefined ? "down" : JSON.stringify({ status: "success", data }));
  };
}

const vector = (...values: string[]) => ({
  resultType: "vector",
  result: values.map((value, k) => ({ metric: { instance: `web-${k}` }, value: [0, value] })),
});

function live(...queries: string[]): LiveQueries {
  return new LiveQueries(new PrometheusClient({ url: server.url, clock: new ManualClock(1000, 10) }), queries);
}

describe("LiveQueries", () => {
  it("reads one value a query, at one time, NaN where there is none", async () => {
    server.script(answerBy({ a: vector("2.5"), b: vector(), c: { resultType: "scalar", result: [0, "+Inf"] } }));
    const queries = live("a", "b", "c");
    await queries.read(0);
    expect([...queries.values]).toEqual([2.5, Number.NaN, Number.POSITIVE_INFINITY]);
    expect([...queries.stale]).toEqual([0, 0, 0]);
    expect(queries.failures).toEqual([]);
    expect(server.requests.map(({ body }) => body).sort()).toEqual([
      "query=a&time=0",
      "query=b&time=0",
      "query=c&time=0",
    ]);
  });

  it("keeps the last value of a query that fails, flags it and says why, and takes the flag back", async () => {
    const queries = live("a", "b");
    server.script(answerBy({ a: vector("1"), b: vector("2") }));
    await queries.read(10);
    server.script(answerBy({ b: vector("3") }));
    await queries.read(20);
    expect([...queries.values]).toEqual([1, 3]);
    expect([...queries.stale]).toEqual([1, 0]);
    expect(queries.failures).toMatchObject([{ query: "a", error: { code: "INFRA_GYM_METRICS_SERVER" } }]);
    server.script(answerBy({ a: vector("4"), b: vector("5") }));
    await queries.read(30);
    expect([...queries.values, ...queries.stale]).toEqual([4, 5, 0, 0]);
  });

  it("has no value of a query that has never been answered", async () => {
    server.script({ status: 500, body: "down" });
    const queries = live("a");
    await queries.read(0);
    expect([queries.values[0], queries.stale[0]]).toEqual([Number.NaN, 1]);
  });

  it("flags a query that gives several series, and lists them", async () => {
    server.script(answerBy({ up: vector("1", "1") }));
    const queries = live("up");
    await queries.read(0);
    expect(queries.stale[0]).toBe(1);
    expect(queries.failures[0]!.error.message).toBe(
      '1:1: must give one value, got 2 series: {instance="web-0"}, {instance="web-1"}. Aggregate, as with sum(), or select one. In: up',
    );
  });

  it("ends with the reason of a signal", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(live("a").read(0, { signal })).rejects.toThrow("enough");
  });
});
