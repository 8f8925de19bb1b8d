/** The parts of a world in an account that are on this machine: ports, ways, what is scraped. @module */
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { PortInUseError } from "../../errors.js";
import type { InfraGraph } from "../../infra/infra-graph.js";
import type { MetricsTarget } from "../../metrics/server/metrics-source.js";
import { isPortTaken } from "../../running-program.js";
import type { SimulatorModel } from "../../simulator/model.js";
import { NETWORK_PORTS } from "../../stacks/cloud-init.js";
import type { World } from "../backend.js";
import { CloudFleet } from "./cloud-fleet.js";
import type { CheckedDigitalOceanOptions } from "./digitalocean-options.js";
import { type ScrapedDroplet, type SshHop, scrapeTunnels } from "./scrape-tunnels.js";
import { DirectWay, SshWay, type Way } from "./ways.js";

/** Ports of this machine's loopback, all of them free. */
export interface CloudPorts {
  /** Of the world itself. */
  readonly world: number;
  /** Of the load: two, as one piece of it may still be counted when the next begins. */
  readonly load: readonly [number, number];
  /** By service: the first of two for each droplet there may be. */
  readonly droplets: readonly (readonly number[])[];
}

/** Droplets beyond a group's most that may still be on their way out. */
const SPARE_PLACES = 4;
/** Ports below those that the system gives out by itself. */
const [FIRST_PORT, LAST_PORT] = [20_000, 32_000];
const ATTEMPTS = 50;
/** How long a load balancer may take to answer. Unit: milliseconds. */
const ANSWER_WITHIN = 5000;

/** Chooses ports side by side. @throws PortInUseError when there are none */
export async function choosePorts({ tiers }: SimulatorModel): Promise<CloudPorts> {
  const counts = tiers.map(({ maxReplicas }) => maxReplicas + SPARE_PLACES);
  const total = 3 + 2 * counts.reduce((sum, count) => sum + count, 0);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const first = randomInt(FIRST_PORT, LAST_PORT - total);
    const taken = await Promise.all(Array.from({ length: total }, (_, k) => isPortTaken("127.0.0.1", first + k)));
    if (taken.includes(true)) continue;
    let next = first + 3;
    const droplets = counts.map((count) =>
      Array.from({ length: count }, () => {
        next += 2;
        return next - 2;
      }),
    );
    return { world: first, load: [first + 1, first + 2], droplets };
  }
  throw new PortInUseError("a world in an account", "127.0.0.1", FIRST_PORT);
}

/** Everything that is scraped, or will be. */
export function cloudTargets({ tiers }: SimulatorModel, ports: CloudPorts): MetricsTarget[] {
  const host = "127.0.0.1";
  return [
    { job: "infra-gym", host, port: ports.world },
    ...ports.load.map((port) => ({ job: "load", host, port })),
    ...tiers.flatMap(({ service: { name } }, t) =>
      ports.droplets[t]!.flatMap((port, k) => {
        const instance = `${name}-${k}`;
        return [
          { job: name, host, port, labels: { instance, service: name }, isPlace: true },
          // Beside what the service shows of its own machine, and not counted with it.
          { job: "node", host, port: port + 1, labels: { instance: `${instance}:node` }, isPlace: true },
        ];
      }),
    ),
  ];
}

/** What ways are opened with. */
export interface WayParts {
  readonly options: CheckedDigitalOceanOptions;
  /** Folder of the world. */
  readonly folder: string;
  /** Public address of the jump host, once it has one. */
  readonly jumpAddress: () => string | undefined;
  readonly onSpawn: (pid: number) => void;
}

/** The fleets of a world. @param graph - As it is applied: with the run's id in its names. */
export function makeFleets(
  { tiers }: SimulatorModel,
  graph: InfraGraph,
  ports: CloudPorts,
  parts: WayParts,
): CloudFleet[] {
  return tiers.map(
    ({ service: { name, resource } }, t) =>
      new CloudFleet({
        service: name,
        resource,
        dropletName: String(graph.get(resource).attributes.name),
        ports: ports.droplets[t]!,
        openWay: (droplet, firstPort) => openWay(droplet, firstPort, parts),
      }),
  );
}

async function openWay(droplet: ScrapedDroplet, firstPort: number, parts: WayParts): Promise<Way> {
  const { options, folder, onSpawn } = parts;
  const { privateIp: host, instance } = droplet;
  if (options.connection === "direct") {
    const ways = [
      await DirectWay.open(firstPort, { host, port: NETWORK_PORTS.service }),
      await DirectWay.open(firstPort + 1, { host, port: NETWORK_PORTS.nodeExporter }),
    ];
    return { close: async () => void (await Promise.all(ways.map((way) => way.close()))) };
  }
  const [tunnel] = scrapeTunnels({ ...sshOf(parts), droplets: [droplet], firstPort });
  return new SshWay({ ssh: options.ssh, args: tunnel!.args, directory: folder, name: `ssh-${instance}`, onSpawn });
}

/** The way to the jump host. */
export function sshOf({ options, folder, jumpAddress }: WayParts): SshHop {
  const { ssh, identityFile = "" } = options;
  return { ssh, jumpAddress: jumpAddress() ?? "", identityFile, knownHostsFile: join(folder, "known_hosts") };
}

/** Where requests go, once the load balancer has an address: the port is that of the graph's first rule for HTTP. */
export function loadBalancerUrl({ graph, loadBalancer }: World, address: string | undefined): string | undefined {
  const rules = graph.get(loadBalancer).attributes.forwarding_rule as unknown as readonly {
    readonly entry_protocol: string;
    readonly entry_port: number;
  }[];
  const port = rules.find(({ entry_protocol: protocol }) => protocol === "http")?.entry_port ?? 80;
  return address === undefined ? undefined : `http://${address}:${port}`;
}

/** Whether a load balancer sends requests on: its health check's path is answered through it. */
export async function answers(
  { graph, loadBalancer }: World,
  url: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (url === undefined) return false;
  const { healthcheck } = graph.get(loadBalancer).attributes;
  const { path = "/" } = (healthcheck ?? {}) as { readonly path?: string };
  const patience = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN)]);
  const answer = await fetch(`${url}${path}`, { signal: patience, redirect: "manual" }).catch(() => undefined);
  return answer?.ok === true;
}
