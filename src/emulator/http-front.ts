/** The emulator's HTTP server: what a request must look like, limits, faults, and writing the answer. @module */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Answer, Refusal } from "./answer.js";
import { answerOf, type Dispatcher } from "./dispatcher.js";
import type { FaultInjector } from "./fault-injector.js";
import type { Identity } from "./identity.js";
import type { LaggingReplica } from "./lagging-replica.js";
import type { RateLimit } from "./rate-limit.js";
import type { World } from "./world.js";

/** The largest body taken. Unit: bytes. */
const LARGEST_BODY = 1024 * 1024;

/** Names under which the emulator may be asked: nothing else reaches it through a browser's name tricks. */
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/** What was asked and answered, for whoever watches. */
export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly requestBody: string;
  /** Id of the operation; undefined where none was found. */
  readonly operation: string | undefined;
  readonly status: number;
  /** As it was sent; empty for none. */
  readonly responseBody: string;
}

/** What the front is made of. */
export interface HttpFrontParts {
  readonly world: World;
  readonly dispatcher: Dispatcher;
  readonly replica: LaggingReplica;
  readonly faults: FaultInjector;
  readonly rateLimit: RateLimit;
  /** Seconds of wall time. */
  readonly wallNow: () => number;
  readonly identity: Identity;
  readonly onExchange: ((exchange: Exchange) => void) | undefined;
}

/** Makes the server; it does not listen yet. */
export function httpFront(parts: HttpFrontParts): Server {
  const server = createServer((request, response) => {
    readBody(request, response, (body) => answer(parts, request, response, body));
  });
  server.keepAliveTimeout = 30_000;
  return server;
}

function readBody(request: IncomingMessage, response: ServerResponse, then: (body: string) => void): void {
  const { method } = request;
  if (method === "GET" && request.headers["content-length"] === undefined && !request.headers["transfer-encoding"]) {
    then("");
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  });
  request.on("end", () => {
    if (size > LARGEST_BODY) {
      const text = JSON.stringify({ id: "request_too_large", message: "The body is larger than 1 MiB." });
      response.writeHead(413, { "content-type": "application/json" }).end(text);
      return;
    }
    then(Buffer.concat(chunks).toString("utf8"));
  });
}

function answer(parts: HttpFrontParts, request: IncomingMessage, response: ServerResponse, body: string): void {
  const { world, faults } = parts;
  const refused = refuseStrangers(request);
  if (refused !== undefined) {
    write(parts, request, response, { answer: answerOf(refused), operation: undefined }, body, {});
    return;
  }
  const number = ++world.visibility.request;
  const limit = parts.rateLimit.take(parts.wallNow());
  const headers: Record<string, string | number> = {
    "ratelimit-limit": limit.limit,
    "ratelimit-remaining": limit.remaining,
    "ratelimit-reset": limit.reset,
  };
  const fault = faults.isActive ? faults.onRequest(number) : undefined;
  const later = faults.isActive ? faults.delayOf(number) : 0;
  const finish = (): void => {
    // Closed while the answer was held back.
    if (later > 0 && request.socket.destroyed) return;
    if (fault === "dropBefore") {
      request.socket.destroy();
      return;
    }
    if (limit.retryAfter > 0 || fault === "tooManyRequests") {
      headers["retry-after"] = limit.retryAfter || faults.faults.retryAfterSeconds;
      const refusal = new Refusal(429, "too_many_requests", "API rate limit exceeded.");
      write(parts, request, response, { answer: answerOf(refusal), operation: undefined }, body, headers);
      return;
    }
    if (fault === "errorBefore") {
      const refusal =
        number % 2 === 0
          ? new Refusal(500, "server_error", "Unexpected server-side error")
          : new Refusal(503, "service_unavailable", "The service is temporarily unavailable.");
      write(parts, request, response, { answer: answerOf(refusal), operation: undefined }, body, headers);
      return;
    }
    const dispatcher = parts.replica.answering(request.method!, number) ?? parts.dispatcher;
    const dispatched = dispatcher.dispatch({
      method: request.method!,
      url: request.url!,
      authorization: request.headers.authorization,
      isConfirmed: request.headers["x-dangerous"] === "true",
      host: request.headers.host!,
      body,
    });
    if (fault === "dropAfter") {
      request.socket.destroy();
      return;
    }
    if (fault === "errorAfter") {
      const refusal = new Refusal(500, "server_error", "Unexpected server-side error");
      write(parts, request, response, { ...dispatched, answer: answerOf(refusal) }, body, headers);
      return;
    }
    write(parts, request, response, dispatched, body, headers);
  };
  if (later > 0) setTimeout(finish, later * 1000);
  else finish();
}

/** Only programs on this machine that mean it: no other host name, and no web page. */
function refuseStrangers(request: IncomingMessage): Refusal | undefined {
  const { host, origin } = request.headers;
  if (host === undefined || !LOCAL_HOST.test(host)) {
    return new Refusal(
      403,
      "forbidden",
      "The emulator answers on this machine's own addresses only; check the Host header.",
    );
  }
  const site = request.headers["sec-fetch-site"];
  if (origin !== undefined || (site !== undefined && site !== "none")) {
    return new Refusal(403, "forbidden", "The emulator does not answer web pages.");
  }
  return undefined;
}

function write(
  parts: HttpFrontParts,
  request: IncomingMessage,
  response: ServerResponse,
  {
    answer: { status, body, text },
    operation,
  }: { readonly answer: Answer; readonly operation: { id: string } | undefined },
  requestBody: string,
  headers: Record<string, string | number>,
): void {
  const requestId = parts.identity.uuid();
  headers["x-request-id"] = requestId;
  let content = "";
  if (text !== undefined) {
    headers["content-type"] = text.type;
    content = text.content;
  } else if (body !== undefined) {
    headers["content-type"] = "application/json; charset=utf-8";
    content = JSON.stringify(status >= 400 && "message" in body ? { ...body, request_id: requestId } : body);
  }
  if (status !== 204) headers["content-length"] = Buffer.byteLength(content);
  response.writeHead(status, headers).end(content);
  parts.onExchange?.({
    method: request.method!,
    url: request.url!,
    requestBody,
    operation: operation?.id,
    status,
    responseBody: content,
  });
}
