import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InfraGymError } from "../../../src/errors.js";
import { Credentials, PrometheusClient, type PrometheusClientOptions } from "../../../src/metrics/client/index.js";
import { ScriptedServer } from "../../fakes/http-server.js";
import { ManualClock } from "../../fakes/manual-clock.js";
import { thrownMessage } from "../../thrown-message.js";

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.close());

const json = (data: unknown, rest: object = {}) => ({ body: JSON.stringify({ status: "success", data, ...rest }) });
const one = json({ resultType: "scalar", result: [0, "1"] });

function client(options: Partial<PrometheusClientOptions> = {}): PrometheusClient {
  return new PrometheusClient({ url: server.url, clock: new ManualClock(1000, 10), ...options });
}

/** The message of what a call rejects with, without the server's address. */
async function failure(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => "nothing rejected",
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InfraGymError);
  return (error as Error).message.replaceAll(server.url, "SERVER");
}

describe("PrometheusClient", () => {
  it("asks for an instant, and hands on warnings and infos", async () => {
    const result = [{ metric: { __name__: "up", job: "a" }, value: [1.5, "+Inf"] }];
    server.script(json({ resultType: "vector", result }, { warnings: ["careful"], infos: ["by the way"] }));
    expect(await client().query("up + 1", { timeSeconds: 0 })).toEqual({
      data: { resultType: "vector", result },
      warnings: ["careful"],
      infos: ["by the way"],
    });
    expect(server.requests).toMatchObject([{ method: "POST", path: "/api/v1/query", body: "query=up+%2B+1&time=0" }]);
  });

  it("leaves the time to the server where none is given", async () => {
    server.script(one);
    await client().query("1");
    expect(server.requests[0]!.body).toBe("query=1");
  });

  it("asks for a range", async () => {
    const result = [
      {
        metric: {},
        values: [
          [1, "NaN"],
          [2, "-Inf"],
        ],
      },
    ];
    server.script(json({ resultType: "matrix", result }));
    const answer = await client().queryRange("up", { startSeconds: 1.25, endSeconds: 1e9, stepSeconds: 60 });
    expect(answer.data.result).toEqual(result);
    expect(server.requests[0]).toMatchObject({
      path: "/api/v1/query_range",
      body: "query=up&start=1.25&end=1000000000&step=60",
    });
  });

  it("keeps a path prefix, custom headers and credentials", async () => {
    server.script(one);
    const headers = { "X-Scope-OrgID": "tenant" };
    await client({ url: `${server.url}/prom/`, headers, credentials: Credentials.basic("me", "pä:ss") }).query("1");
    expect(server.requests[0]).toMatchObject({
      path: "/prom/api/v1/query",
      headers: { "x-scope-orgid": "tenant", authorization: `Basic ${Buffer.from("me:pä:ss").toString("base64")}` },
    });
    await client({ credentials: Credentials.bearer("t0ken") }).query("1");
    expect(server.requests[1]!.headers.authorization).toBe("Bearer t0ken");
  });

  it("reports a refused query in the server's words", async () => {
    server.script({ status: 400, body: '{"status":"error","errorType":"bad_data","error":"1:4: parse error"}' });
    expect(await failure(client().query("up +"))).toBe("The server answered bad_data: 1:4: parse error. In: up +");
  });

  it.each([
    [
      {
        status: 404,
        headers: { "Content-Type": "text/html" },
        body: "<html><style>b{}</style><h1>404</h1>not  found</html>",
      },
      'SERVER/api/v1/query: it answered 404, with HTML: "404 not found".',
    ],
    [
      { headers: { "Content-Type": "text/html" }, body: "<!DOCTYPE html><title>Log in</title>" },
      'SERVER/api/v1/query: it answered 200, but not as Prometheus does, with HTML: "Log in". Check the address and path prefix.',
    ],
    [
      { body: '{"status":"success","data":{"resultType":"vec' },
      'SERVER/api/v1/query: it answered 200, but not as Prometheus does, with text: "{\\"status\\":\\"success\\",\\"data\\":{\\"resultType\\":\\"vec". Check the address and path prefix.',
    ],
    [{ status: 500, body: "" }, "SERVER/api/v1/query: it answered 500, with nothing."],
    [
      { status: 302, headers: { Location: "https://me:pw@other/login?token=1" } },
      "SERVER/api/v1/query: it redirects to https://other/login. Use that address, or a path prefix.",
    ],
    [
      { status: 401, body: "no" },
      "SERVER/api/v1/query: it answered 401. Set INFRA_GYM_PROMETHEUS_TOKEN, or a user name and password, that it accepts.",
    ],
    [
      json({ resultType: "vector", result: [{ metric: {}, value: [1, 2] }] }),
      "SERVER: its result is not one that Prometheus gives.",
    ],
  ])("reports what is no answer of Prometheus: %j", async (answer, message) => {
    server.script(answer);
    expect(await failure(client().query("up"))).toBe(message);
    expect(server.requests).toHaveLength(1);
  });

  it.each([429, 502, 503, 504])("asks again after %d, waiting longer each time", async (status) => {
    const clock = new ManualClock(1000, 10);
    server.script({ status }, { status }, one);
    await client({ clock }).query("1");
    expect(clock.sleeps.filter((seconds) => seconds < 10)).toEqual([0.25, 0.5]);
  });

  it("gives up after its retries, with the last answer", async () => {
    server.script({ status: 503, body: "busy", headers: { "Content-Type": "text/plain" } });
    expect(await failure(client({ retries: 2 }).query("1"))).toBe(
      'SERVER/api/v1/query: it answered 503, with text: "busy".',
    );
    expect(server.requests).toHaveLength(3);
  });

  it("asks again when the connection breaks, before or within an answer", async () => {
    server.script(
      (response) => response.destroy(),
      (response) => {
        response.writeHead(200, { "Content-Length": "100" });
        response.write('{"status"');
        setImmediate(() => response.destroy());
      },
      one,
    );
    await client().query("1");
    expect(server.requests).toHaveLength(3);
  });

  it("honours Retry-After in seconds and as a date, up to a bound", async () => {
    const clock = new ManualClock(1000, 10);
    const date = new Date(1_007_000).toUTCString();
    server.script(
      { status: 429, headers: { "Retry-After": "3" } },
      { status: 503, headers: { "Retry-After": date } },
      { status: 503, headers: { "Retry-After": "9999" } },
      one,
    );
    await client({ clock, maxRetryAfterSeconds: 5 }).query("1");
    expect(clock.sleeps.slice(1)).toEqual([3, 4, 5]);
  });

  it("does not wait beyond its deadline", async () => {
    const clock = new ManualClock(1000, 10);
    server.script({ status: 503, headers: { "Retry-After": "25" } });
    expect(await failure(client({ clock, deadlineSeconds: 20 }).query("1"))).toBe(
      "SERVER/api/v1/query: it answered 503, with nothing.",
    );
    expect(clock.sleeps).toEqual([20]);
  });

  it("ends a call at its deadline", async () => {
    const clock = new ManualClock(1000);
    server.script(() => clock.advance(21));
    const call = client({ clock }).query("1", { deadlineSeconds: 20 });
    expect(await failure(call)).toBe(
      "SERVER/api/v1/query: no answer within 20 s. Narrow the query, or allow more time.",
    );
  });

  it("ends a call with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    server.script(() => controller.abort(reason));
    await expect(client().query("1", { signal: controller.signal })).rejects.toBe(reason);
    await expect(client().query("1", { signal: controller.signal })).rejects.toBe(reason);
  });

  it("says when nobody listens", async () => {
    const gone = await ScriptedServer.start();
    await gone.close();
    const call = new PrometheusClient({ url: gone.url, clock: new ManualClock(0, 10), retries: 1 }).query("1");
    const port = new URL(gone.url).port;
    expect(await failure(call)).toBe(
      `${gone.url}/api/v1/query: no answer: connect ECONNREFUSED 127.0.0.1:${port}. Check the address, and that it is up.`,
    );
  });

  it("cuts off an answer that is too large", async () => {
    server.script({ body: "x".repeat(2000) });
    expect(await failure(client({ maxResponseBytes: 1000 }).query("1"))).toBe(
      "SERVER/api/v1/query: the answer is larger than 1000 bytes.",
    );
  });

  it("tells the profile by the version, and refuses another", async () => {
    server.script(json({ version: "2.42.0+ds" }));
    expect(await client().buildInfo()).toEqual({ version: "2.42.0+ds", profile: "prom2" });
    expect(server.requests[0]).toMatchObject({ method: "GET", path: "/api/v1/status/buildinfo" });
    expect(await failure(client().checkProfile("prom3"))).toBe(
      'Expected a server of profile prom3, got Prometheus 2.42.0+ds (prom2) at SERVER. Make the environment with promqlProfile "prom2", or allow the mismatch.',
    );
    const allowed = { version: "2.42.0+ds", profile: "prom2" };
    expect(await client().checkProfile("prom3", { allowMismatch: true })).toEqual(allowed);
    server.script(json({ version: "3.1.0" }));
    expect(await client().checkProfile("prom3")).toEqual({ version: "3.1.0", profile: "prom3" });
    server.script(json({}));
    expect(await failure(client().buildInfo())).toBe("SERVER: its build information has no version.");
  });

  it("never shows credentials or headers: not in errors, not when printed", async () => {
    const secret = "s3cr3t-t0ken-of-mine";
    const tenant = "tenant-key-123";
    const asked = client({ credentials: Credentials.bearer(secret), headers: { "X-Key": tenant }, retries: 0 });
    const answers = [
      {
        status: 400,
        body: JSON.stringify({ status: "error", errorType: "bad_data", error: `got ${secret} ${tenant}` }),
      },
      { status: 500, body: `You sent Bearer ${secret} and ${tenant}` },
      { status: 302, headers: { Location: `https://x/${secret}` } },
    ];
    const shown = [inspect(asked, { depth: 9, showHidden: true }), JSON.stringify(asked)];
    for (const answer of answers) {
      server.script(answer);
      const error = await asked.query("1").catch((reason: unknown) => reason);
      shown.push(inspect(error, { depth: 9, showHidden: true }));
    }
    server.script((response) => response.destroy());
    shown.push(inspect(await asked.query("1").catch((reason: unknown) => reason), { depth: 9, showHidden: true }));
    expect(shown.filter((text) => text.includes(secret) || text.includes(tenant))).toEqual([]);
    expect(shown[2]).toContain("got *** ***");
  });

  it.each<[Partial<PrometheusClientOptions>, string]>([
    [
      { url: "localhost:9090" },
      'Expected url to be an address such as http://127.0.0.1:9090, got "localhost:9090" (string).',
    ],
    [
      { url: "http://me:pw@host/a" },
      'Expected url to be an address without credentials (set INFRA_GYM_PROMETHEUS_USERNAME and INFRA_GYM_PROMETHEUS_PASSWORD), got "http://***@host/a" (string).',
    ],
    [
      { url: "http://host/?a=b" },
      'Expected url to be an address without a query and fragment, got "http://host/" (string).',
    ],
    [{ headers: { "a b": "c" } }, 'Expected headers to be names of letters, digits and -, got "a b" (string).'],
    [{ headers: { a: "b\r\nc" } }, 'Expected headers.a to be a text on one line, got "***" (string).'],
    [{ retries: -1 }, "Expected retries to be an integer from 0, got -1 (number)."],
    [{ deadlineSeconds: 0 }, "Expected deadlineSeconds to be a finite number above 0, got 0 (number)."],
  ])("refuses at construction: %j", (options, message) => {
    expect(thrownMessage(() => client(options))).toBe(message);
  });
});
