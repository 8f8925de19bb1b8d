/** The client's side of a load for Prometheus: counts by code, and the histogram of latencies. @module */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { metricOf } from "../../metrics/catalogue.js";
import { LATENCY_BUCKETS } from "../../metrics/latency-buckets.js";
import { fineCountsText } from "./fine-latencies.js";
import type { LoadTally } from "./load-tally.js";

/**
 * What a tally holds, in the text format. Requests that were given up are `code="504"` when their time was up, and `code="503"` when the
 * connection failed; they have no latency.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4
 */
export function loadMetricsText(tally: LoadTally, service: string): string {
  const label = `service="${service.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`;
  const codes: Record<string, number> = { "200": 0, "503": 0, "504": 0, ...tally.codes };
  codes["504"]! += tally.timedOut + tally.unsent;
  codes["503"]! += tally.lost - tally.timedOut;
  let sum = 0;
  const buckets = [...LATENCY_BUCKETS, "+Inf"].map((bound, i) => {
    sum += tally.buckets[i]!;
    return [`_bucket{${label},le="${bound}"}`, sum] as const;
  });
  return [
    metricText(
      "http_requests_total",
      Object.entries(codes).map(([code, count]) => [`{${label},code="${code}"}`, count]),
    ),
    metricText("http_request_duration_seconds", [
      ...buckets,
      [`_sum{${label}}`, tally.latencySum],
      [`_count{${label}}`, tally.answered],
    ]),
    metricText("infra_gym_offered_requests_total", [[`{${label}}`, tally.asked]]),
  ].join("");
}

function metricText(name: string, samples: readonly (readonly [string, number])[]): string {
  const { help, type } = metricOf(samples.length > 1 && samples[0]![0].startsWith("_") ? `${name}_bucket` : name);
  const lines = samples.map(([rest, value]) => `${name}${rest} ${value}\n`).join("");
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines}`;
}

const TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

/** Serves a tally on 127.0.0.1: metrics at `/metrics`, its fine counts of latencies as JSON at `/latencies`, and how many
 * requests were late or not sent at `/late`. @returns The server, which listens. */
export async function serveMetrics(port: number, tally: LoadTally, service: string): Promise<Server> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { headers, url } = request;
    const own = (server.address() as AddressInfo).port;
    const isOurs =
      [`127.0.0.1:${own}`, `localhost:${own}`].includes(headers.host ?? "") && headers.origin === undefined;
    if (!isOurs) response.writeHead(403).end("Loopback only.\n");
    else if (url?.split("?")[0] === "/metrics") answer(response, TEXT_FORMAT, loadMetricsText(tally, service));
    else if (url === "/latencies") answer(response, "application/json", fineCountsText(tally.latencyCounts));
    else if (url === "/late") answer(response, "text/plain", String(tally.late + tally.unsent));
    else response.writeHead(404).end("Metrics are at /metrics.\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return server;
}

function answer(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { "content-type": type }).end(text);
}
