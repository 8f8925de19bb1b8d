/** Serving metrics to any Prometheus on this machine. @module */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { InvalidOptionError } from "../../errors.js";
import type { ScrapeListener, SeriesScrape } from "../series-scrape.js";
import { catalogueRegistry } from "./catalogue-registry.js";

/** Options of {@link MetricsServer.start}. */
export interface MetricsServerOptions {
  /** An integer from 0 to 65535; 0 takes a free one. */
  readonly port: number;
}

/** Serves `/metrics` on 127.0.0.1: what the newest scrape showed. */
export class MetricsServer {
  readonly #server: Server;
  #newest: SeriesScrape | undefined;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Starts a server. @throws InvalidOptionError when the port is none, or taken */
  static async start({ port }: MetricsServerOptions): Promise<MetricsServer> {
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new InvalidOptionError("port", "an integer from 0 to 65535", port);
    }
    const server = createServer();
    const metrics = new MetricsServer(server);
    const registry = await catalogueRegistry(() => metrics.#newest);
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      const refused = refusalOf(request, metrics.port);
      if (refused !== undefined) {
        response.writeHead(refused.status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${refused.reason}\n`);
        return;
      }
      registry.metrics().then(
        (text) => response.writeHead(200, { "Content-Type": registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", (cause) => reject(new InvalidOptionError("port", "a free port", port, { cause })));
      server.listen(port, "127.0.0.1", resolve);
    });
    return metrics;
  }

  /** The port it listens on. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Takes a scrape to show from now on. */
  readonly show: ScrapeListener = (scrape) => {
    this.#newest = { ...scrape, values: scrape.values.slice(), present: scrape.present.slice() };
  };

  /** Stops listening. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** A browser's page must not read it: neither by its own origin, nor by a name that was pointed at 127.0.0.1. */
function refusalOf({ headers, method, url }: IncomingMessage, port: number): Refusal | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? "")) return { status: 403, reason: `Ask with Host: ${hosts[0]}.` };
  if (headers.origin !== undefined) return { status: 403, reason: "Not for web pages." };
  if (method !== "GET" && method !== "HEAD") return { status: 405, reason: "GET only." };
  if (url?.split("?")[0] !== "/metrics") return { status: 404, reason: "Metrics are at /metrics." };
  return undefined;
}
