/** The parts of a local world that are started from its graph: load balancers, data plane, and what is scraped. @module */
import { join } from "node:path";
import { commandOf } from "../../emulator/data-plane/command-droplet.js";
import { DataPlane, type PlaneService } from "../../emulator/data-plane/data-plane.js";
import {
  type BalanceAlgorithm,
  openLoadBalancer,
  type PlaneLoadBalancer,
  type StickySessions,
} from "../../emulator/data-plane/load-balancer/index.js";
import type { ModelTime } from "../../emulator/service/service-options.js";
import { NotSupportedError } from "../../errors.js";
import type { MetricsTarget } from "../../metrics/server/metrics-source.js";
import type { SimulatorModel } from "../../simulator/model.js";
import type { World } from "../backend.js";
import type { WorldFolder } from "../live/world-folder.js";
import { DatabaseProcess } from "./database-process.js";
import type { LocalNetwork } from "./local-network.js";
import type { CheckedLocalOptions } from "./local-options.js";
import { faultsOf, type GraphCheck, healthCheckOf } from "./local-times.js";

/** What all parts are made from. */
export interface PartsOptions {
  readonly world: World;
  readonly model: SimulatorModel;
  readonly options: CheckedLocalOptions;
  readonly network: LocalNetwork;
  readonly folder: WorldFolder;
  readonly modelTime: () => ModelTime;
}

/** Droplets beyond a group's most that may still be on their way out. */
const SPARE_PLACES = 4;
/** Shortest time that a droplet drains. Unit: seconds of the wall. */
const LEAST_DRAIN = 1;
/** How long a droplet's process may take to end when it is asked. Unit: seconds. */
const PATIENCE = 5;

/** How many places each service needs; 0 for those that are no droplets. */
export function placesNeeded({ tiers }: SimulatorModel): number[] {
  return tiers.map(({ kind, maxReplicas }) => (kind === "droplets" ? maxReplicas + SPARE_PLACES : 1));
}

/** Opens one load balancer for each group of droplets. @throws The errors of `openLoadBalancer` */
export async function openBalancers(parts: PartsOptions): Promise<(PlaneLoadBalancer | undefined)[]> {
  const { world, model, options, network, folder } = parts;
  const { attributes } = world.graph.get(world.loadBalancer);
  const opening = model.tiers.map(async ({ kind, service }, t) => {
    if (kind !== "droplets") return undefined;
    const { url, metrics } = network.loadBalancers[t]!;
    return openLoadBalancer(
      {
        binary: options.loadBalancer,
        address: url.host,
        port: url.port,
        metricsPort: metrics.port,
        directory: join(folder.path, `balancer-${service.name}`),
        healthCheck: healthCheckOf(
          attributes.healthcheck as GraphCheck | undefined,
          options.timeScale,
          world.simulation.lifecycle?.healthCheckSeconds,
        ),
        algorithm: (attributes.algorithm as BalanceAlgorithm | undefined) ?? "least_connections",
        name: service.name,
        ...stickyOf(attributes.sticky_sessions as GraphStickySessions | undefined),
      },
      { execArgv: options.execArgv, onSpawn: folder.note },
    );
  });
  const settled = await Promise.allSettled(opening);
  const failed = settled.find((result) => result.status === "rejected");
  const balancers = settled.map((result) => (result.status === "fulfilled" ? result.value : undefined));
  if (failed === undefined) return balancers;
  await Promise.all(balancers.map((balancer) => balancer?.close()));
  throw failed.reason;
}

interface GraphStickySessions {
  readonly type?: string;
  readonly cookie_name?: string;
}

/** The graph's sticky sessions; DigitalOcean calls the cookie DO-LB unless it is told otherwise. */
function stickyOf({ type, cookie_name: cookieName = "DO-LB" }: GraphStickySessions = {}): {
  readonly stickySessions?: StickySessions;
} {
  return type === "cookies" ? { stickySessions: { cookieName } } : {};
}

/** Makes the data plane. @throws NotSupportedError where droplets are to run commands and nobody has allowed it */
export function makeDataPlane(parts: PartsOptions, balancers: readonly (PlaneLoadBalancer | undefined)[]): DataPlane {
  const { world, model, options, network, folder } = parts;
  const { timeScale, allowCommands, execArgv } = options;
  const { lifecycle, clientTimeoutSeconds } = model;
  const services: PlaneService[] = [];
  model.tiers.forEach(({ service, kind, calls }, t) => {
    if (kind !== "droplets") return;
    const { attributes } = world.graph.get(service.resource);
    const isCommand = typeof attributes.user_data === "string" && attributes.user_data.startsWith("#!");
    if (isCommand && !allowCommands) {
      throw new NotSupportedError(
        `The command in user_data of ${service.resource}`,
        "It would run as this user: pass local: { allowCommands: true } if you trust it.",
      );
    }
    services.push({
      service,
      dropletName: String(attributes.name),
      places: network.droplets[t]!,
      balancer: balancers[t],
      countsRequests: t > 0,
      nextTiers: calls.map(({ tier, perRequest }) => {
        const place = network.droplets[tier]![0]!;
        return { url: balancers[tier]?.url ?? `http://${place.host}:${place.port}`, perRequest };
      }),
    });
  });
  return new DataPlane({
    services,
    catalogue: world.graph.catalogue,
    times: {
      rebootSeconds: lifecycle.rebootSeconds / timeScale,
      drainSeconds: Math.max(LEAST_DRAIN, lifecycle.drainSeconds / timeScale),
      patienceSeconds: PATIENCE,
    },
    modelTime: parts.modelTime,
    callTimeoutSeconds: clientTimeoutSeconds,
    faults: faultsOf(options.faults, lifecycle, timeScale),
    makeCommand: commandOf(folder.path, folder.note),
    execArgv,
    onSpawn: folder.note,
  });
}

/** Makes the processes of databases; they do not listen yet. */
export function makeDatabases({ world, model, options, network, folder, modelTime }: PartsOptions): DatabaseProcess[] {
  return model.tiers.flatMap((tier, t) => {
    if (tier.kind !== "database") return [];
    const { size } = world.graph.get(tier.service.resource).attributes;
    const place = network.droplets[t]![0]!;
    const { execArgv } = options;
    return [new DatabaseProcess({ tier, place, modelTime, execArgv, onSpawn: folder.note }, size as string)];
  });
}

/** Everything that is scraped, or will be. */
export function targetsOf({ model, network }: PartsOptions): MetricsTarget[] {
  const targets: MetricsTarget[] = [
    { job: "infra-gym", ...network.metrics },
    ...network.loadMetrics.map((place) => ({ job: "load", ...place })),
  ];
  model.tiers.forEach(({ service: { name }, kind }, t) => {
    network.droplets[t]!.forEach((place, k) => {
      const isPlace = kind === "droplets";
      targets.push({ job: name, ...place, labels: { instance: `${name}-${k}`, service: name }, isPlace });
    });
    if (kind === "droplets") targets.push({ job: "loadbalancer", ...network.loadBalancers[t]!.metrics });
  });
  return targets;
}
