/** What a live world shows of itself to Prometheus: replicas, resources, costs, time, announcements. @module */
import { createServer, type Server } from "node:http";
import type { Place } from "../../emulator/data-plane/droplet-process.js";
import { PortInUseError } from "../../errors.js";
import { metricOf } from "../../metrics/catalogue.js";
import { formatNumber, formatSeries } from "../../metrics/exposition/write-exposition.js";
import { labelSet } from "../../metrics/labels.js";

/** One value. */
export interface WorldSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Samples in Prometheus's text format. @see https://prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4 */
export function worldMetricsText(samples: readonly WorldSample[]): string {
  const byName = new Map<string, string[]>();
  for (const { name, labels, value } of samples) {
    const lines = byName.get(name) ?? [
      `# HELP ${name} ${metricOf(name).help}`,
      `# TYPE ${name} ${metricOf(name).type}`,
    ];
    lines.push(`${formatSeries(name, labelSet(Object.entries(labels)))} ${formatNumber(value)}`);
    byName.set(name, lines);
  }
  return [...byName.values()].map((lines) => `${lines.join("\n")}\n`).join("");
}

/** Serves them at `/metrics`. */
export class WorldMetrics {
  readonly #server: Server;

  /** @param samples - Called for every scrape. @throws PortInUseError */
  static async start({ host, port }: Place, samples: () => readonly WorldSample[]): Promise<WorldMetrics> {
    const hosts = [`${host}:${port}`, `localhost:${port}`];
    const server = createServer(({ headers, url }, response) => {
      // Neither a web page's own requests, nor a name that was pointed here.
      const isOurs = hosts.includes(headers.host ?? "") && headers.origin === undefined;
      if (!isOurs) response.writeHead(403).end("Loopback only.\n");
      else if (url?.split("?")[0] !== "/metrics") response.writeHead(404).end("Metrics are at /metrics.\n");
      else {
        const text = worldMetricsText(samples());
        response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(text);
      }
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", () => reject(new PortInUseError("the world's metrics", host, port)));
      server.listen(port, host, resolve);
    });
    server.unref();
    return new WorldMetrics(server);
  }

  private constructor(server: Server) {
    this.#server = server;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
