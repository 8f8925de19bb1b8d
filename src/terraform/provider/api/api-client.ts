/** Requests of the built-in provider to DigitalOcean's API. @module */
import { Agent, type IncomingMessage, request } from "node:http";
import { NotSupportedError, RequestFailedError } from "../../../errors.js";
import { loopbackUrl } from "./loopback.js";
import { type SpacesAccess, SpacesClient } from "./spaces-client.js";

/** Options of {@link ApiClient}. */
export interface ApiClientOptions {
  /** Where the API is, on this machine. */
  readonly endpoint: string;
  /** Sent with every request. */
  readonly token: string;
  /** Where buckets are. @defaultValue nowhere: they are refused */
  readonly spaces?: SpacesAccess | undefined;
  /** How long something may take until it is done. Unit: seconds. @defaultValue 600 */
  readonly waitSeconds?: number | undefined;
  /** How often a request is tried that the API was too busy for. @defaultValue 8 */
  readonly attempts?: number;
}

/** The body of an answer, untyped. */
export type Json = Readonly<Record<string, unknown>>;

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly retryAfterSeconds: number | undefined;
}

/** A connection to DigitalOcean's API on this machine. */
export class ApiClient {
  /** How long something may take until it is done. Unit: seconds. */
  readonly waitSeconds: number;
  readonly #url: URL;
  readonly #token: string;
  readonly #attempts: number;
  readonly #spaces: SpacesClient | undefined;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 });

  /** @throws PublicEndpointError when the endpoint is not on this machine. */
  constructor({ endpoint, token, spaces, waitSeconds = 600, attempts = 8 }: ApiClientOptions) {
    this.waitSeconds = waitSeconds;
    this.#url = loopbackUrl(endpoint);
    this.#token = token;
    this.#attempts = attempts;
    this.#spaces = spaces && new SpacesClient(spaces);
  }

  /** The object store that the account's buckets are in. @throws NotSupportedError where there is none */
  get spaces(): SpacesClient {
    if (this.#spaces !== undefined) return this.#spaces;
    throw new NotSupportedError(
      "A bucket without an object store on this machine",
      "Give the built-in provider one by its option spaces, or by spaces_endpoint, spaces_access_id and spaces_secret_key.",
    );
  }

  /** The answer to a GET. @throws RequestFailedError */
  get(path: string): Promise<Json> {
    return this.#send("GET", path);
  }

  /** The answer to a GET, or undefined where there is no such thing. @throws RequestFailedError */
  async find(path: string): Promise<Json | undefined> {
    try {
      return await this.#send("GET", path);
    } catch (error) {
      if (error instanceof RequestFailedError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** All pages of a list. @throws RequestFailedError */
  async list(path: string, key: string): Promise<readonly Json[]> {
    const items: Json[] = [];
    const separator = path.includes("?") ? "&" : "?";
    for (let page = 1; ; page++) {
      const body = await this.#send("GET", `${path}${separator}page=${page}&per_page=200`);
      items.push(...((body[key] as readonly Json[] | null) ?? []));
      const { pages } = (body.links ?? {}) as { readonly pages?: { readonly next?: string } };
      if (pages?.next === undefined) return items;
    }
  }

  /** The answer to a POST, which is repeated only where it cannot have done anything. @throws RequestFailedError */
  post(path: string, body?: object): Promise<Json> {
    return this.#send("POST", path, body);
  }

  /** The answer to a PUT. @throws RequestFailedError */
  put(path: string, body: object): Promise<Json> {
    return this.#send("PUT", path, body);
  }

  /** The answer to a PATCH. @throws RequestFailedError */
  patch(path: string, body: object): Promise<Json> {
    return this.#send("PATCH", path, body);
  }

  /** Deletes; that there is nothing to delete is fine. @throws RequestFailedError */
  async delete(
    path: string,
    { body, headers }: { body?: object; headers?: Record<string, string> } = {},
  ): Promise<void> {
    try {
      await this.#send("DELETE", path, body, headers);
    } catch (error) {
      if (!(error instanceof RequestFailedError && error.status === 404)) throw error;
    }
  }

  /** Ends idle connections. */
  close(): void {
    this.#agent.destroy();
  }

  async #send(method: Method, path: string, body?: object, headers?: Record<string, string>): Promise<Json> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.#once(method, path, body, headers);
        if (answer.status < 400) return answer.body;
        const { status, retryAfterSeconds } = answer;
        const isBusy = status === 429 || (isInDoubt(status) && method !== "POST");
        if (!isBusy || attempt >= this.#attempts) {
          throw new RequestFailedError(`${method} ${path}`, status, String(answer.body.message ?? "no reason given"));
        }
        await pause(retryAfterSeconds === undefined ? backoff(attempt) : retryAfterSeconds * 1000);
      } catch (cause) {
        if (cause instanceof RequestFailedError) throw cause;
        if (method === "POST" || attempt >= this.#attempts) {
          throw new RequestFailedError(`${method} ${path}`, 0, (cause as Error).message, { cause });
        }
        await pause(backoff(attempt));
      }
    }
  }

  #once(method: Method, path: string, body?: object, extra: Record<string, string> = {}): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers: Record<string, string | number> = { ...extra, authorization: `Bearer ${this.#token}` };
    if (text !== undefined) {
      headers["content-type"] = "application/json";
      headers["content-length"] = Buffer.byteLength(text);
    }
    const { hostname, port } = this.#url;
    const host = hostname.replace(/^\[|\]$/g, "");
    return new Promise((resolve, reject) => {
      const call = request({ host, port, method, path, headers, agent: this.#agent }, (response) => {
        readAnswer(response).then(resolve, reject);
      });
      call.on("error", reject);
      call.end(text);
    });
  }
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const retryAfter = Number(response.headers["retry-after"]);
  return {
    status: response.statusCode ?? 0,
    body: parse(text),
    retryAfterSeconds: retryAfter > 0 ? retryAfter : undefined,
  };
}

/** Some answers are no JSON: a kubeconfig is YAML. */
function parse(text: string): Json {
  if (text === "") return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    return { text };
  }
}

/** Whether an answer with this status, or none, leaves open if the work was done. */
export function isInDoubt(status: number): boolean {
  return status === 0 || status === 500 || (status >= 502 && status <= 504);
}

/** Doubles from 20 ms to 1 s. */
function backoff(attempt: number): number {
  return Math.min(1000, 10 * 2 ** attempt);
}

/** Waits. Unit: milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
