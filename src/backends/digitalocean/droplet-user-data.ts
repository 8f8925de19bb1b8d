/** What a droplet of a real account does at its first boot: the reference service behind a front, and node_exporter, for scrapes by SSH only. @module */
import { InvalidOptionError } from "../../errors.js";
import type { Service } from "../../infra/service.js";
import { SERVICE_PORT } from "../../stacks/cloud-init.js";

/** Options of {@link dropletUserData}. */
export interface DropletUserDataOptions {
  /** Version of the package that droplets install, such as `0.1.0`. */
  readonly packageVersion: string;
  /** Services that this one calls for each request, and how often in the mean. @defaultValue none */
  readonly calls?: readonly { readonly url: string; readonly perRequest: number }[];
}

/** Ports on a droplet's loopback: nothing but the droplet itself, and who comes by SSH, reaches them. */
export const LOOPBACK_PORTS = { service: 8081, nodeExporter: 9100 } as const;

/**
 * Cloud-init for one service. The service and node_exporter listen on the droplet's loopback; haproxy hands requests of the load
 * balancer on to the service, and refuses `/metrics`, which would otherwise be public.
 *
 * It depends on neither the size nor the number of a droplet, so that either can change without a new one: the service takes its vCPUs and memory
 * from the machine each time it starts, as after a resize.
 *
 * @throws InvalidOptionError when the version is none, or a name or address cannot stand in a command
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export function dropletUserData(service: Service, { packageVersion, calls = [] }: DropletUserDataOptions): string {
  if (!/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(packageVersion)) {
    throw new InvalidOptionError("packageVersion", "a version such as 0.1.0", packageVersion);
  }
  const exporter = `ARGS="--web.listen-address=127.0.0.1:${LOOPBACK_PORTS.nodeExporter}"\n`;
  const files = [
    { path: "/etc/default/prometheus-node-exporter", content: exporter },
    { path: "/etc/systemd/system/infra-gym.service", content: serviceUnit(service, packageVersion, calls) },
    { path: "/etc/haproxy/haproxy.cfg", content: FRONT },
  ];
  const config = {
    package_update: true,
    packages: ["prometheus-node-exporter", "haproxy"],
    snap: { commands: ["snap install node --classic --channel=22/stable"] },
    users: ["default", { name: USER, shell: "/usr/sbin/nologin", lock_passwd: true }],
    write_files: files,
    runcmd: [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "infra-gym.service"],
      ["systemctl", "restart", "haproxy.service", "prometheus-node-exporter.service"],
    ],
  };
  // JSON is YAML.
  return `#cloud-config\n${JSON.stringify(config, null, 1)}\n`;
}

/** A user with a home, which snaps ask for, and without a way to log in. */
const USER = "infra-gym";

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

function serviceUnit(service: Service, version: string, calls: DropletUserDataOptions["calls"] = []): string {
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
  const machine = '--vcpus "$(nproc)" --memory "$(awk \'/MemTotal/ {printf "%%d", $2 * 1024}\' /proc/meminfo)"';
  return `[Unit]
After=network-online.target snapd.service
[Service]
User=${USER}
ExecStart=/bin/sh -c '${`exec /snap/bin/npx --yes infra-gym@${version} serve ${options.join(" ")} ${machine}`.replaceAll("'", `'"'"'`).replaceAll("$", "$$$$")}'
Restart=always
RestartSec=2
[Install]
WantedBy=multi-user.target
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
