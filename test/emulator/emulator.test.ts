/** The emulator as a server: who it answers, where it listens, pages, limits and options. */
import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { Emulator, type EmulatorOptions } from "../../src/emulator/index.js";
import { type Body, EmulatedAccount } from "./emulated-account.js";

/** A request with headers that `fetch` would not send. */
function raw(url: string, headers: Record<string, string>): Promise<{ status: number; body: Body }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${url}/v2/account`,
      { headers: { authorization: "Bearer any", ...headers } },
      (answer) => {
        let text = "";
        answer.on("data", (chunk) => {
          text += chunk;
        });
        answer.on("end", () => resolve({ status: answer.statusCode!, body: JSON.parse(text) }));
      },
    );
    request.on("error", reject);
    request.end();
  });
}

describe("Emulator", () => {
  it("listens on 127.0.0.1, and frees its port when it is closed", async () => {
    const emulator = new Emulator();
    await emulator.listen();
    const { url } = emulator;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await emulator.close();
    await emulator.close();
    expect(() => emulator.url).toThrow("The emulator is closed. Make a new one.");
    const again = new Emulator();
    await again.listen({ port: Number(new URL(url).port) });
    expect(again.url).toBe(url);
    await again.close();
  });

  it("refuses a port that is taken, naming it", async () => {
    const account = await EmulatedAccount.open();
    const port = Number(new URL(account.emulator.url).port);
    await expect(new Emulator().listen({ port })).rejects.toThrow(
      `Expected port to be a port that is free on 127.0.0.1, got ${port} (number).`,
    );
  });

  it.each<[EmulatorOptions, string]>([
    [{ speed: 0 }, 'Expected speed to be "instant", "real", "virtual" or a finite number above 0, got 0 (number).'],
    [{ dropletLimit: -1 }, "Expected dropletLimit to be an integer from 0, got -1 (number)."],
    [{ token: "" }, 'Expected token to be a text that is not empty, got "" (string).'],
    [{ faults: { slow: 2 } }, "Expected faults.slow to be a number from 0 to 1, got 2 (number)."],
    [{ faults: { slowSeconds: -1 } }, "Expected faults.slowSeconds to be a finite number from 0, got -1 (number)."],
  ])("refuses options that are wrong: %j", (options, message) => {
    expect(() => new Emulator(options)).toThrow(message);
  });

  it("answers on this machine's own names only", async () => {
    const { emulator } = await EmulatedAccount.open();
    for (const host of ["127.0.0.1:80", "localhost", "[::1]:8080"]) {
      expect((await raw(emulator.url, { host })).status).toBe(200);
    }
    const { status, body } = await raw(emulator.url, { host: "attacker.example" });
    expect(status).toBe(403);
    expect(body.message).toBe("The emulator answers on this machine's own addresses only; check the Host header.");
  });

  it.each([{ origin: "http://127.0.0.1:3000" }, { "sec-fetch-site": "cross-site" }])(
    "does not answer web pages: %j",
    async (headers) => {
      const { emulator } = await EmulatedAccount.open();
      const { status, body } = await raw(emulator.url, headers as unknown as Record<string, string>);
      expect([status, body.message]).toEqual([403, "The emulator does not answer web pages."]);
    },
  );

  it("takes any bearer token that is not empty, or the one it was given", async () => {
    const open = await EmulatedAccount.open();
    expect((await open.call("account_get", { headers: { authorization: "Bearer dop_v1_x" } })).status).toBe(200);
    expect((await open.call("account_get", { headers: { authorization: "Basic eDp5" } })).status).toBe(401);
    const closed = await EmulatedAccount.open({ token: "right" });
    expect((await closed.call("account_get", { headers: { authorization: "Bearer right" } })).status).toBe(200);
    expect((await closed.call("account_get", { headers: { authorization: "Bearer wrong" } })).status).toBe(401);
  });

  it("answers 501 where an operation is not emulated, and names it", async () => {
    const account = await EmulatedAccount.open();
    const { status, body } = await account.request("GET", "/v2/apps");
    expect(status).toBe(501);
    expect(body).toMatchObject({ id: "not_implemented", message: "The emulator has no operation GET /v2/apps." });
  });

  it("answers 404 outside the API, and 405 where only the method is wrong", async () => {
    const account = await EmulatedAccount.open();
    expect((await account.request("GET", "/")).status).toBe(404);
    const { status, body } = await account.request("PUT", "/v2/droplets", {});
    expect([status, body.message]).toEqual([405, "/v2/droplets takes GET, POST, DELETE, not PUT."]);
  });

  it.each([
    ["{", 400, "The body is not valid JSON."],
    ["[]", 400, "The body must be a JSON object."],
    [`{"name":"${"x".repeat(1 << 20)}"}`, 413, "The body is larger than 1 MiB."],
  ])("refuses a body it cannot use", async (text, expected, message) => {
    const account = await EmulatedAccount.open();
    const { status, body } = await account.request("POST", "/v2/droplets", text);
    expect([status, body.message]).toEqual([expected, message]);
  });

  it("takes a JSON content type with an empty body, as some clients send it", async () => {
    const account = await EmulatedAccount.open();
    const headers = { "content-type": "application/json" };
    expect((await account.request("GET", "/v2/droplets", undefined, headers)).status).toBe(200);
  });

  it("lists in pages, with links that lead back to itself", async () => {
    const account = await EmulatedAccount.open();
    for (const name of ["a", "b", "c", "d", "e"]) await account.ok("tags_create", { body: { name } });
    const names: string[] = [];
    let next: string | undefined = "/v2/tags?per_page=2";
    while (next !== undefined) {
      const { body }: { body: Body } = await account.request("GET", next.replace(account.emulator.url, ""));
      names.push(...body.tags.map(({ name }: { name: string }) => name));
      expect(body.meta).toEqual({ total: 5 });
      next = body.links.pages?.next;
      if (next !== undefined) expect(next.startsWith(`${account.emulator.url}/v2/tags?`)).toBe(true);
    }
    expect(names).toEqual(["a", "b", "c", "d", "e"]);
    const { body } = await account.request("GET", "/v2/tags?page=0");
    expect(body.message).toBe("page must be an integer of at least 1.");
  });

  it("sends the headers of an untouched account where no limit is set", async () => {
    const account = await EmulatedAccount.open();
    const { headers } = await account.call("account_get");
    expect([headers.get("ratelimit-limit"), headers.get("ratelimit-remaining")]).toEqual(["5000", "4999"]);
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("refuses what goes beyond a limit, and answers again when the window has passed", async () => {
    let now = 1_000_000;
    const clock = { now: () => now, sleep: () => new Promise<void>(() => {}) };
    const account = await EmulatedAccount.open({ rateLimit: { perMinute: 3 }, clock, speed: "virtual" });
    const remaining: (string | null)[] = [];
    for (let i = 0; i < 3; i++) remaining.push((await account.call("account_get")).headers.get("ratelimit-remaining"));
    expect(remaining).toEqual(["4999", "4998", "4997"]);
    const { status, headers, body } = await account.call("account_get");
    expect([status, body.id, body.message]).toEqual([429, "too_many_requests", "API rate limit exceeded."]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    now += 61;
    expect((await account.call("account_get")).status).toBe(200);
  });

  it("moves a virtual time only, and only forward", () => {
    const emulator = new Emulator({ speed: "virtual" });
    const before = emulator.now;
    emulator.advance(90);
    expect(emulator.now).toBeCloseTo(before + 90, 3);
    expect(() => emulator.advance(-1)).toThrow("Expected seconds to be a finite number from 0, got -1 (number).");
    expect(() => new Emulator().advance(1)).toThrow('Expected speed to be "virtual", since advance() was called');
  });

  it("gives the same ids and addresses for the same seed and calls", async () => {
    const made: Body[] = [];
    for (const seed of [7, 7, 8]) {
      const account = await EmulatedAccount.open({ seed, speed: "virtual" });
      const { load_balancers } = await account.ok("loadBalancers_list");
      made.push([(await account.loadBalancer()).id, (await account.droplet()).networks, load_balancers]);
    }
    expect(made[1]).toEqual(made[0]);
    expect(made[2][0]).not.toBe(made[0][0]);
  });
});
