import { describe, expect, it } from "vitest";
import { apiFetch, type Fetch } from "../../src/digitalocean/api-fetch.js";
import { RequestPacer } from "../../src/digitalocean/request-pacer.js";
import { RequestFailedError, TokenError } from "../../src/errors.js";
import { redactorFor } from "../../src/secrets.js";
import { MovingClock } from "./moving-clock.js";

const TOKEN = "dop_v1_0123456789abcdef";
const URL = "https://api.example/v2/droplets?page=1";

/** A server of prepared answers, and what it was asked. */
function server(...answers: (Response | Error)[]): { readonly fetch: Fetch; readonly asked: RequestInit[] } {
  const asked: RequestInit[] = [];
  const fetch: Fetch = async (_, init) => {
    asked.push(init);
    const answer = answers.shift();
    if (answer instanceof Error || answer === undefined) throw answer ?? new Error("no more answers");
    return answer;
  };
  return { fetch, asked };
}

function sender(fetch: Fetch, clock = new MovingClock()): Fetch {
  const pacer = new RequestPacer(clock);
  return apiFetch({ fetch, clock, pacer, redact: redactorFor({ DIGITALOCEAN_TOKEN: TOKEN }) });
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

describe("apiFetch", () => {
  it("waits as long as a server asks for, else twice as long each time", async () => {
    const clock = new MovingClock();
    const busy = json(429, {}, { "retry-after": "17" });
    const { fetch } = server(busy, json(503, {}), json(500, {}), json(200, { droplets: [] }));
    const answer = await sender(fetch, clock)(URL, { method: "GET" });
    expect([answer.status, clock.slept]).toEqual([200, [17, 2, 4]]);
  });

  it("does not repeat a POST that may have done its work, but one that was turned away", async () => {
    const failing = server(json(502, { message: "Bad gateway" }));
    await expect(sender(failing.fetch)(URL, { method: "POST", body: "{}" })).rejects.toThrow(
      "POST /v2/droplets was answered 502: Bad gateway",
    );
    expect(failing.asked).toHaveLength(1);
    const busy = server(json(429, {}), json(202, {}));
    expect((await sender(busy.fetch)(URL, { method: "POST", body: "{}" })).status).toBe(202);
  });

  it("gives up after six attempts", async () => {
    const { fetch, asked } = server(...Array.from({ length: 6 }, () => new Error("connect ECONNREFUSED")));
    const error = await sender(fetch)(URL, { method: "GET" }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(RequestFailedError);
    expect((error as Error).message).toBe(
      "GET /v2/droplets got no answer: connect ECONNREFUSED. Check the endpoint and the network.",
    );
    expect(asked).toHaveLength(6);
  });

  it("tells a token that is wrong from one that may not do this", async () => {
    const wrong = server(json(401, { id: "Unauthorized", message: "Unable to authenticate you" }));
    const error = await sender(wrong.fetch)(URL, { method: "GET" }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(TokenError);
    expect((error as Error).message).toBe(
      "GET /v2/droplets: The token is not valid. Set DIGITALOCEAN_TOKEN to one that is.",
    );
    const weak = server(json(403, { id: "Forbidden", message: "You are not authorized to perform this operation" }));
    await expect(sender(weak.fetch)(URL, { method: "DELETE" })).rejects.toThrow(
      "DELETE /v2/droplets: The token is not allowed to do this. Set DIGITALOCEAN_TOKEN to one with write scope.",
    );
  });

  it("shows no token, whatever a server or the network says", async () => {
    const said = server(json(422, { message: `Bearer ${TOKEN} is odd` }));
    const first = await sender(said.fetch)(URL, { method: "GET" }).catch((cause: unknown) => cause);
    expect((first as Error).message).toBe("GET /v2/droplets was answered 422: Bearer (sensitive) is odd");
    const failed = server(...Array.from({ length: 6 }, () => new Error(`cannot send ${TOKEN}`)));
    const second = (await sender(failed.fetch)(URL, { method: "GET" }).catch((cause: unknown) => cause)) as Error;
    expect(`${second.stack}${JSON.stringify(second)}${String(second.cause)}`).not.toContain(TOKEN);
  });

  it("declares no body where there is none", async () => {
    const { fetch, asked } = server(json(200, {}), json(200, {}));
    const headers = { "content-type": "application/json", accept: "application/json" };
    const send = sender(fetch);
    await send(URL, { method: "DELETE", headers, body: new ArrayBuffer(0) });
    await send(URL, { method: "PUT", headers, body: "{}" });
    const types = asked.map((init) => new Headers(init.headers).get("content-type"));
    expect([types, asked.map(({ body }) => body)]).toEqual([
      [null, "application/json"],
      [undefined, "{}"],
    ]);
  });
});
