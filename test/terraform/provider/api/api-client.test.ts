import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { RequestFailedError } from "../../../../src/errors.js";
import { ApiClient } from "../../../../src/terraform/provider/api/api-client.js";

let server: Server | undefined;
let client: ApiClient | undefined;
const seen: string[] = [];

afterEach(() => {
  client?.close();
  server?.closeAllConnections();
  server?.close();
  seen.length = 0;
});

/** A client of a server that answers by a function. */
async function clientOf(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<ApiClient> {
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  client = new ApiClient({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: "secret" });
  return client;
}

function reply(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

describe("ApiClient", () => {
  it("sends the token, and the body as JSON", async () => {
    let text = "";
    const api = await clientOf(async (request, response) => {
      for await (const chunk of request) text += chunk;
      reply(response, 201, { authorization: request.headers.authorization });
    });
    expect(await api.post("/v2/tags", { name: "a" })).toEqual({ authorization: "Bearer secret" });
    expect(text).toBe('{"name":"a"}');
  });

  it("reads all pages of a list", async () => {
    const api = await clientOf((request, response) => {
      const page = Number(new URL(request.url!, "http://x").searchParams.get("page"));
      reply(response, 200, { tags: [{ name: page }], links: page < 3 ? { pages: { next: "…" } } : {} });
    });
    expect(await api.list("/v2/tags", "tags")).toEqual([{ name: 1 }, { name: 2 }, { name: 3 }]);
    expect(seen[0]).toBe("GET /v2/tags?page=1&per_page=200");
  });

  it("tells what is not there from what fails", async () => {
    const api = await clientOf((request, response) => {
      reply(response, request.url === "/v2/tags/a" ? 404 : 403, { message: "no" });
    });
    expect(await api.find("/v2/tags/a")).toBeUndefined();
    await expect(api.find("/v2/tags/b")).rejects.toThrow(new RequestFailedError("GET /v2/tags/b", 403, "no"));
    await expect(api.delete("/v2/tags/a")).resolves.toBeUndefined();
  });

  it("repeats what was refused for lack of time, and what may be done twice", async () => {
    const api = await clientOf((_, response) => {
      if (seen.length === 1) reply(response, 429, {}, { "retry-after": "0.01" });
      else if (seen.length === 2) reply(response, 503, {});
      else if (seen.length === 3) response.destroy();
      else reply(response, 200, { tag: 1 });
    });
    expect(await api.get("/v2/tags/a")).toEqual({ tag: 1 });
    expect(seen).toHaveLength(4);
  });

  it("sends a POST again only where nothing can have been done", async () => {
    const api = await clientOf((_, response) => reply(response, seen.length === 1 ? 429 : 500, { message: "broken" }));
    await expect(api.post("/v2/droplets", {})).rejects.toThrow("POST /v2/droplets was answered 500: broken");
    expect(seen).toHaveLength(2);
  });

  it("says so where there is no answer, without the token", async () => {
    const api = await clientOf((_, response) => response.destroy());
    const error = await api.post("/v2/droplets", {}).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "INFRA_GYM_REQUEST_FAILED", status: 0, request: "POST /v2/droplets" });
    expect(JSON.stringify(error) + String(error)).not.toContain("secret");
  });
});
