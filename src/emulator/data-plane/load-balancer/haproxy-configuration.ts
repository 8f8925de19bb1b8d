/** haproxy's configuration, and what it is told of a server while it runs. @module */
import type { PlaneServer } from "./load-balancer.js";
import type { CheckedLoadBalancer } from "./load-balancer-options.js";

/** What a configuration needs besides the options: ports that are settled, and files. */
export interface HaproxyPlaces {
  readonly port: number;
  readonly metricsPort: number;
  /** Path of the runtime API's socket. */
  readonly socket: string;
  /** Path of an empty file, for the cookies of servers that drain. */
  readonly drainingFile: string;
}

/**
 * The configuration: no servers yet. One thread and no `maxconn` per server: its queue would stand before the service's own.
 *
 * A request whose connection fails goes to another server at once (`option redispatch 1`), and is not sent twice once it was received.
 * @see https://docs.haproxy.org/2.6/configuration.html
 */
export function haproxyConfiguration(options: CheckedLoadBalancer, places: HaproxyPlaces): string {
  const { name, address, algorithm, healthCheck, stickySessions, serverTimeoutSeconds } = options;
  const sticky =
    stickySessions === undefined
      ? []
      : [
          `cookie ${stickySessions.cookieName} insert indirect nocache dynamic`,
          "dynamic-cookie-key infra-gym",
          `acl draining req.cook(${stickySessions.cookieName}) -m str -f ${quoted(places.drainingFile)}`,
          "ignore-persist if draining",
        ];
  return section("global", [
    `stats socket ${quoted(places.socket)} mode 600 level admin`,
    "nbthread 1",
    // Two of them would share a port without a word.
    "noreuseport",
    "hard-stop-after 500ms",
  ])
    .concat(
      section("defaults", [
        "mode http",
        "timeout connect 1s",
        "timeout client 1h",
        `timeout server ${ms(serverTimeoutSeconds)}`,
        `timeout check ${ms(healthCheck.timeoutSeconds)}`,
        "option redispatch 1",
        "retries 2",
      ]),
      section(`frontend ${name}`, [`bind ${address}:${places.port}`, `default_backend ${name}`]),
      section(`backend ${name}`, [
        `balance ${algorithm === "round_robin" ? "roundrobin" : "leastconn"}`,
        ...sticky,
        "option httpchk",
        `http-check send meth GET uri ${quoted(healthCheck.path)} ver HTTP/1.1 hdr Host localhost`,
      ]),
      section("frontend infra-gym-metrics", [
        `bind ${address}:${places.metricsPort}`,
        "http-request deny if { req.hdr(origin) -m found }",
        "http-request set-query scope=frontend&scope=backend&scope=server",
        "http-request use-service prometheus-exporter if { path /metrics }",
        "http-request return status 404",
      ]),
    )
    .join("\n");
}

/**
 * Commands that add a server. It has no weight until it is down by decree, so that no request comes before the first checks are passed.
 * `balance random` would never find such a server (2.6).
 */
export function addServerCommands(options: CheckedLoadBalancer, { name, host, port }: PlaneServer): string[] {
  const { rise, fall, intervalSeconds, downIntervalSeconds } = options.healthCheck;
  const at = `${options.name}/${name}`;
  const times = `inter ${ms(intervalSeconds)} fastinter ${ms(downIntervalSeconds)} downinter ${ms(downIntervalSeconds)}`;
  return [
    `add server ${at} ${host}:${port} weight 0 check ${times} rise ${rise} fall ${fall}`,
    `enable server ${at}`,
    `set server ${at} health down`,
    `enable health ${at}`,
    `set server ${at} weight 1`,
    // Gives the new server its cookie as well.
    ...(options.stickySessions === undefined ? [] : [`enable dynamic-cookie backend ${options.name}`]),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return [title, ...lines.map((line) => `  ${line}`), ""];
}

function ms(seconds: number): string {
  return `${Math.max(1, Math.round(seconds * 1000))}ms`;
}

/** A word of the configuration in which nothing is expanded. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
