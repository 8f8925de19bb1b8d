/** The first-boot text of a droplet that runs a service. @module */
import { InvalidOptionError } from "../errors.js";
import type { Service } from "../infra/service.js";

/** Port on which a service answers requests behind the load balancer. */
export const SERVICE_PORT = 8080;
/** Path on which a service answers whether it is healthy. */
export const HEALTH_PATH = "/healthz";
/** Ports on a droplet's loopback: nothing but the droplet itself, and who comes by SSH, reaches them. */
export const LOOPBACK_PORTS = { service: 8081, nodeExporter: 9100 } as const;
/** Ports of a droplet's metrics for who scrapes it over the network, where it was asked for. */
export const NETWORK_PORTS = { service: 8082, nodeExporter: 9100 } as const;
/** What npm installs unless told otherwise: the newest. */
const PACKAGE = "infra-gym";
/** Where the command that runs the service is. */
const START_FILE = "/opt/infra-gym/start";
/** A user with a home, which snaps ask for, and without a way to log in. */
const USER = "infra-gym";

/** Options of {@link cloudInit}. */
export interface CloudInitOptions {
  /** What droplets have npm install: `infra-gym@0.1.0`, or the https address of such a package. @defaultValue "infra-gym" */
  readonly package?: string;
  /** Services that this one calls for each request, and how often in the mean. @defaultValue none: their addresses are not known at boot */
  readonly calls?: readonly { readonly url: string; readonly perRequest: number }[];
  /**
   * Who can scrape it: the droplet alone, and so whoever comes by SSH; or the network too, of which a firewall has to let in who may.
   * @defaultValue "loopback"
   */
  readonly metrics?: "loopback" | "network";
}

/**
 * Cloud-init for one service: it installs Node, node_exporter and haproxy, and keeps `infra-gym serve` running with the service's parameters, over
 * reboots and resizes. The service listens on the droplet's loopback; haproxy hands requests of the load balancer on to it, and refuses
 * `/metrics`, which would otherwise be public.
 *
 * The text depends on neither the size nor the number of a droplet, so that either can change without a new one: the service takes its vCPUs and
 * memory from the machine each time it starts, as after a resize.
 *
 * @throws InvalidOptionError when the package is none, or a name or address cannot stand in a command
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export function cloudInit(service: Service, options: CloudInitOptions = {}): string {
  const { package: spec = PACKAGE, calls = [], metrics = "loopback" } = options;
  const isLoopback = metrics === "loopback";
  const exporter = `${isLoopback ? "127.0.0.1" : ""}:${LOOPBACK_PORTS.nodeExporter}`;
  return cloudConfig({
    packages: ["prometheus-node-exporter", "haproxy"],
    users: ["default", { name: USER, shell: "/usr/sbin/nologin", lock_passwd: true }],
    write_files: [
      { path: "/etc/default/prometheus-node-exporter", content: `ARGS="--web.listen-address=${exporter}"\n` },
      { path: START_FILE, permissions: "0755", content: startScript(service, spec, calls) },
      { path: "/etc/systemd/system/infra-gym.service", content: UNIT },
      { path: "/etc/haproxy/haproxy.cfg", content: isLoopback ? FRONT : FRONT + METRICS_FRONT },
    ],
    runcmd: [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "infra-gym.service"],
      ["systemctl", "restart", "haproxy.service", "prometheus-node-exporter.service"],
    ],
  });
}

/** A cloud-config with Node on it. JSON is YAML. */
export function cloudConfig(config: Readonly<Record<string, unknown>>): string {
  const withNode = {
    package_update: true,
    snap: { commands: ["snap install node --classic --channel=22/stable"] },
    ...config,
  };
  return `#cloud-config\n${JSON.stringify(withNode, null, 1)}\n`;
}

/** A command of the package, as npx runs it without asking. @throws InvalidOptionError when the package is none */
export function npxCommand(spec: string): string {
  const isPackage =
    /^infra-gym(?:@\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)?$/.test(spec) || /^https:\/\/[\w./:@%~+-]+\.tgz$/.test(spec);
  if (isPackage) return `npx --yes --package=${spec} -- infra-gym`;
  throw new InvalidOptionError("package", "infra-gym, infra-gym@ with a version, or an https address of a .tgz", spec);
}

/** systemd reads commands by rules of its own, so the command is in a file. */
const UNIT = `[Unit]
After=network-online.target snapd.service
Wants=network-online.target
[Service]
User=${USER}
Environment=PATH=/snap/bin:/usr/local/bin:/usr/bin:/bin
ExecStart=${START_FILE}
Restart=always
RestartSec=2
[Install]
WantedBy=multi-user.target
`;

/** haproxy's configuration on a droplet. */
const FRONT = `global
  user haproxy
  group haproxy
defaults
  mode http
  timeout connect 1s
  timeout client 1h
  timeout server 60s
frontend service
  bind :${SERVICE_PORT}
  http-request deny deny_status 404 if { path /metrics }
  default_backend service
backend service
  server local 127.0.0.1:${LOOPBACK_PORTS.service}
`;

/** What is added where metrics are scraped over the network. */
const METRICS_FRONT = `frontend metrics
  bind :${NETWORK_PORTS.service}
  http-request deny deny_status 404 unless { path /metrics }
  default_backend service
`;

function startScript(service: Service, spec: string, calls: NonNullable<CloudInitOptions["calls"]>): string {
  const {
    name,
    serviceTimeSeconds,
    serviceTimeDistribution: distribution,
    slotsPerVcpu,
    connectionsPerReplica,
  } = service;
  const options = [
    ["port", `${LOOPBACK_PORTS.service}`],
    ["name", name],
    ["service-time", `${serviceTimeSeconds}`],
    ...(distribution === undefined ? [] : [["distribution", distributionText(distribution)]]),
    ...(slotsPerVcpu === undefined ? [] : [["slots-per-vcpu", `${slotsPerVcpu}`]]),
    ...(connectionsPerReplica === undefined ? [] : [["connections", `${connectionsPerReplica}`]]),
    ...(calls.length === 0 ? [] : [["call", calls.map(({ url, perRequest }) => `${url}=${perRequest}`).join(",")]]),
  ].map(([option, value]) => `--${option} ${word(value!)}`);
  return `#!/bin/sh
vcpus=$(nproc)
memory=$(awk '/MemTotal/ { printf "%d", $2 * 1024 }' /proc/meminfo)
exec ${npxCommand(spec)} serve ${options.join(" ")} --vcpus "$vcpus" --memory "$memory"
`;
}

function distributionText(distribution: NonNullable<Service["serviceTimeDistribution"]>): string {
  if (typeof distribution === "string") return distribution;
  return `${distribution.kind}:${distribution.coefficientOfVariation}`;
}

/** A value as one word of a command. @throws InvalidOptionError when it would be more */
function word(value: string): string {
  if (/^[A-Za-z0-9_./:=,@-]+$/.test(value)) return value;
  throw new InvalidOptionError("service", "names and addresses of letters, digits and _ . / : = , @ -", value);
}
