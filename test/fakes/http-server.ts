/** A small real HTTP server on loopback whose answers a test scripts. @module */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** How to answer: a status with a body, or by hand. */
export type Answer =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | ((response: ServerResponse, request: SeenRequest) => void);

/** Answers in turn; the last one stays. */
export class ScriptedServer {
  readonly requests: SeenRequest[] = [];
  /** Its address, also after `close`. */
  url = "";
  readonly #server: Server;
  #answers: Answer[] = [{ status: 404 }];

  private constructor() {
    this.#server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const { method = "", url = "", headers } = incoming;
        const request = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
        this.requests.push(request);
        this.#answer(response, request);
      });
    });
  }

  /** A server that listens. */
  static async start(): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    server.url = `http://127.0.0.1:${(server.#server.address() as AddressInfo).port}`;
    return server;
  }

  /** Sets the next answers and forgets the requests seen. */
  script(...answers: Answer[]): void {
    this.#answers = answers;
    this.requests.length = 0;
  }

  /** Stops listening. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(response: ServerResponse, request: SeenRequest): void {
    const answer = this.#answers.length > 1 ? this.#answers.shift()! : this.#answers[0]!;
    if (typeof answer === "function") {
      answer(response, request);
      return;
    }
    response.writeHead(answer.status ?? 200, { "Content-Type": "application/json", ...answer.headers });
    response.end(answer.body ?? "");
  }
}
