/** The built-in load balancer's metrics, under the names of haproxy's exporter. @module */

import type { ExpositionSample, FamilyType, MetricFamily } from "../../../metrics/exposition/family.js";
import { writeExposition } from "../../../metrics/exposition/index.js";
import { labelSet } from "../../../metrics/labels.js";
import type { FrontCounts } from "./built-in-front.js";
import { type PooledServer, statusOf } from "./server-pool.js";

const CLASSES = ["1xx", "2xx", "3xx", "4xx", "5xx", "other"] as const;
const STATES = ["DOWN", "UP", "MAINT", "DRAIN", "NOLB"] as const;

type Labels = Readonly<Record<string, string>>;

/** Everything in the text format. @see https://docs.haproxy.org/2.6/configuration.html, "prometheus-exporter" */
export function builtInMetricsText(proxy: string, counts: FrontCounts, servers: readonly PooledServer[]): string {
  const own = { proxy };
  const upOnes = servers.filter((server) => statusOf(server) === "up").length;
  const sum = (read: (server: PooledServer) => number): number => servers.reduce((all, one) => all + read(one), 0);
  const ofServers = (read: (server: PooledServer) => number): [Labels, number][] =>
    servers.map((server) => [{ proxy, server: server.name }, read(server)]);
  const byClass = (labels: Labels, responses: readonly number[]): [Labels, number][] =>
    CLASSES.map((code, i) => [{ ...labels, code }, responses[(i + 1) % CLASSES.length] ?? 0]);
  return writeExposition(
    [
      family("haproxy_frontend_current_sessions", "gauge", [[own, counts.inFlight]]),
      family("haproxy_frontend_http_requests_total", "counter", [[own, counts.requests]]),
      family("haproxy_frontend_http_responses_total", "counter", byClass(own, counts.responses)),
      family("haproxy_backend_active_servers", "gauge", [[own, upOnes]]),
      family("haproxy_backend_current_sessions", "gauge", [[own, sum(({ inFlight }) => inFlight)]]),
      family("haproxy_backend_http_requests_total", "counter", [[own, counts.requests]]),
      family("haproxy_backend_http_responses_total", "counter", byClass(own, counts.responses)),
      family("haproxy_backend_connection_errors_total", "counter", [[own, sum((one) => one.connectionErrors)]]),
      family("haproxy_backend_response_errors_total", "counter", [[own, sum((one) => one.responseErrors)]]),
      family("haproxy_backend_retry_warnings_total", "counter", [[own, counts.retries]]),
      family("haproxy_backend_redispatch_warnings_total", "counter", [[own, counts.redispatches]]),
      family(
        "haproxy_server_status",
        "gauge",
        servers.flatMap((server) => stateOf(proxy, server)),
      ),
      family(
        "haproxy_server_current_sessions",
        "gauge",
        ofServers(({ inFlight }) => inFlight),
      ),
      family(
        "haproxy_server_sessions_total",
        "counter",
        ofServers(({ requests }) => requests),
      ),
      family(
        "haproxy_server_http_responses_total",
        "counter",
        servers.flatMap(({ name, responses }) => byClass({ proxy, server: name }, responses)),
      ),
      family(
        "haproxy_server_check_failures_total",
        "counter",
        ofServers(({ checkFailures }) => checkFailures),
      ),
      family(
        "haproxy_server_connection_errors_total",
        "counter",
        ofServers((one) => one.connectionErrors),
      ),
      family(
        "haproxy_server_response_errors_total",
        "counter",
        ofServers((one) => one.responseErrors),
      ),
    ],
    "text",
  );
}

function family(name: string, type: FamilyType, values: readonly (readonly [Labels, number])[]): MetricFamily {
  const samples = values.map(
    ([labels, value]): ExpositionSample => ({ name, labels: labelSet(Object.entries(labels)), value }),
  );
  return { name, type, samples };
}

function stateOf(proxy: string, server: PooledServer): [Labels, number][] {
  const status = statusOf(server);
  const state = status === "up" ? "UP" : status === "draining" ? "DRAIN" : "DOWN";
  return STATES.map((one) => [{ proxy, server: server.name, state: one }, one === state ? 1 : 0]);
}
