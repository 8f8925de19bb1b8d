/** The built-in load balancer's front: takes requests, gives each to a server, tries another where a connection fails. @module */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Pool } from "undici";
import { type Forwarded, forward, passedHeaders } from "./forward.js";
import { HealthChecks } from "./health-checks.js";
import type { PlaneServer } from "./load-balancer.js";
import type { CheckedLoadBalancer } from "./load-balancer-options.js";
import { type PooledServer, ServerPool } from "./server-pool.js";
import { setCookie, takeCookie } from "./sticky-cookie.js";

/** Attempts after the first, on other servers. */
const RETRIES = 2;
/** For a connection. Unit: milliseconds. */
const CONNECT_TIMEOUT = 1000;
/** The largest body that is kept for another attempt. Unit: bytes. */
const KEPT_BODY = 65_536;

/** What the front counted, servers apart. */
export interface FrontCounts {
  requests: number;
  inFlight: number;
  /** Answers by first digit of the status code. */
  readonly responses: number[];
  retries: number;
  redispatches: number;
}

/** Takes and forwards requests. */
export class BuiltInFront {
  readonly pool: ServerPool;
  readonly counts: FrontCounts = {
    requests: 0,
    inFlight: 0,
    responses: [0, 0, 0, 0, 0, 0],
    retries: 0,
    redispatches: 0,
  };
  readonly server: Server;
  readonly #options: CheckedLoadBalancer;
  readonly #checks: HealthChecks;
  readonly #connections = new Map<PooledServer, Pool>();

  constructor(options: CheckedLoadBalancer) {
    this.#options = options;
    this.pool = new ServerPool(options.algorithm, options.healthCheck);
    this.#checks = new HealthChecks(this.pool, options.healthCheck, (server) => this.#cut(server));
    this.server = createServer({ keepAliveTimeout: 3_600_000, requestTimeout: 0 }, (request, response) => {
      this.#take(request, response).catch(() => response.destroy());
    });
  }

  add(server: PlaneServer): void {
    this.#checks.watch(this.pool.add(server));
  }

  /** Lets a server go; what is in flight there is cut. */
  remove(server: PooledServer): void {
    this.#checks.forget(server);
    this.pool.remove(server.name);
    this.#cut(server);
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.counts.requests++;
    this.counts.inFlight++;
    const { stickySessions } = this.#options;
    const name = stickySessions?.cookieName;
    const cookie = name === undefined ? undefined : takeCookie(request.headers.cookie, name);
    const headers =
      cookie?.value === undefined
        ? passedHeaders(request.rawHeaders)
        : [
            ...passedHeaders(request.rawHeaders, ["cookie"]),
            ...(cookie.rest === undefined ? [] : ["cookie", cookie.rest]),
          ];
    try {
      const body = await bodyOf(request);
      const code = await this.#give({ request, response, headers, body, extraHeaders: [] }, name, cookie?.value);
      if (code !== undefined) count(this.counts.responses, code);
    } finally {
      this.counts.inFlight--;
    }
  }

  /** @returns The code of the answer; undefined where there was none. */
  async #give(
    forwarded: Forwarded,
    cookieName: string | undefined,
    cookie: string | undefined,
  ): Promise<number | undefined> {
    const { response, body } = forwarded;
    const tried = new Set<PooledServer>();
    const attempts = body === null || Buffer.isBuffer(body) ? 1 + RETRIES : 1;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const server = this.pool.choose(cookie, tried);
      if (server === undefined) break;
      if (attempt > 0) this.counts.retries++;
      if (attempt > 0 && !tried.has(server)) this.counts.redispatches++;
      tried.add(server);
      const isNew = cookieName !== undefined && server.cookie !== cookie;
      const extraHeaders = isNew
        ? ["set-cookie", setCookie(cookieName, server.cookie), "cache-control", "private"]
        : [];
      server.inFlight++;
      server.requests++;
      const outcome = await forward(this.#poolOf(server), { ...forwarded, extraHeaders });
      server.inFlight--;
      if (outcome.kind === "answered") {
        count(server.responses, outcome.code);
        return outcome.code;
      }
      if (outcome.kind === "left") return undefined;
      if (outcome.kind === "lost") {
        server.responseErrors++;
        if (outcome.code !== undefined) return outcome.code;
        return refuse(response, isTimeout(outcome.error) ? 504 : 502);
      }
      server.connectionErrors++;
    }
    return refuse(response, 503);
  }

  #poolOf(server: PooledServer): Pool {
    let pool = this.#connections.get(server);
    if (pool === undefined) {
      const timeout = this.#options.serverTimeoutSeconds * 1000;
      pool = new Pool(`http://${server.host}:${server.port}`, {
        connections: null,
        pipelining: 1,
        connect: { timeout: CONNECT_TIMEOUT },
        headersTimeout: timeout,
        bodyTimeout: timeout,
      });
      this.#connections.set(server, pool);
    }
    return pool;
  }

  #cut(server: PooledServer): void {
    const pool = this.#connections.get(server);
    this.#connections.delete(server);
    pool?.destroy(new Error("the server is down")).catch(() => undefined);
  }
}

function count(responses: number[], code: number): void {
  const digit = Math.floor(code / 100);
  responses[digit] = (responses[digit] ?? 0) + 1;
}

function refuse(response: ServerResponse, code: number): number {
  if (!response.destroyed) response.writeHead(code, { "cache-control": "no-cache", "content-length": 0 }).end();
  return code;
}

function isTimeout(error: Error): boolean {
  return /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test((error as NodeJS.ErrnoException).code ?? "");
}

/** A request's body: nothing, all of it where it is small, or the stream. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | IncomingMessage | null> {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  if (encoding === undefined && (length === undefined || length === "0")) return null;
  if (encoding !== undefined || Number(length) > KEPT_BODY) return request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
