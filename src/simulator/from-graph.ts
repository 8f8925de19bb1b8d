/** From a graph and its services to a simulator's model and state. @module */
import { InvalidDefinitionError } from "../errors.js";
import { LOAD_BALANCER_NODE_REQUESTS_PER_SECOND } from "../infra/catalogue/service-prices.js";
import type { InfraGraph } from "../infra/infra-graph.js";
import type { DailySwing, Service } from "../infra/service.js";
import {
  type Balancing,
  callsOf,
  DEFAULT_LIFECYCLE,
  type DesiredState,
  type LifecycleTimes,
  type ResourceGroup,
  type SimulatorModel,
  type TierModel,
  type TierSize,
  variationOf,
} from "./model.js";

const MIB = 1024 ** 2;

/** What {@link modelOfGraph} needs. */
export interface ModelOptions {
  readonly graph: InfraGraph;
  /** Callers before those they call; the first is the entry. */
  readonly services: readonly Service[];
  /** Address of the load balancer. */
  readonly loadBalancer: string;
  /** Sizes that a resource may take besides the present one, by address. */
  readonly sizes?: Readonly<Record<string, readonly string[]>>;
  /** Most replicas of a resource, by address. @defaultValue what the graph has */
  readonly maxReplicas?: Readonly<Record<string, number>>;
  readonly lifecycle?: Partial<LifecycleTimes>;
  /** @defaultValue 5 */
  readonly tickSeconds?: number;
  /** @defaultValue 10 */
  readonly clientTimeoutSeconds?: number;
  /** @defaultValue the load balancer's `algorithm` */
  readonly balancing?: Balancing;
  /** See {@link SimulatorModel.timeScale}. @defaultValue 1 */
  readonly timeScale?: number;
  /** See {@link SimulatorModel.plumbingSeconds}. @defaultValue 0 */
  readonly plumbingSeconds?: number;
}

/** The model of a graph. @throws InvalidDefinitionError when services and graph do not fit together */
export function modelOfGraph(options: ModelOptions): SimulatorModel {
  const { graph, services, loadBalancer, tickSeconds = 5, clientTimeoutSeconds = 10 } = options;
  const { timeScale = 1, plumbingSeconds = 0 } = options;
  if (services.length === 0) throw new InvalidDefinitionError("services", "must name at least one service.");
  if (!graph.has(loadBalancer)) {
    throw new InvalidDefinitionError("loadBalancer", `the graph has no ${loadBalancer}. Put one in, or name another.`);
  }
  const balancer = graph.get(loadBalancer);
  const used = new Set([loadBalancer, ...services.map((service) => service.resource)]);
  const others = graph.resources.filter(({ address }) => !used.has(address));
  return {
    tiers: services.map((_, t) => tierOf(options, t)),
    lifecycle: { ...DEFAULT_LIFECYCLE, ...options.lifecycle },
    tickSeconds,
    clientTimeoutSeconds: clientTimeoutSeconds * timeScale,
    timeScale,
    plumbingSeconds,
    balancing: options.balancing ?? (balancer.attributes.algorithm as Balancing),
    loadBalancer,
    loadBalancerCapacity: LOAD_BALANCER_NODE_REQUESTS_PER_SECOND / timeScale,
    loadBalancerUsdPerHour: graph.priceOf(loadBalancer) / nodesOf(graph, loadBalancer),
    otherPrices: others
      .map(({ address }) => ({ address, usdPerHour: graph.priceOf(address) * graph.count(address) }))
      .filter(({ usdPerHour }) => usdPerHour > 0),
    resources: resourceGroups(graph, services),
  };
}

/** What a graph asks for. @throws InvalidDefinitionError when it has more replicas, or another size, than the model knows */
export function desiredStateOf(graph: InfraGraph, model: SimulatorModel): DesiredState {
  const replicas = new Int32Array(model.tiers.length);
  const sizes = new Int32Array(model.tiers.length);
  model.tiers.forEach((tier, t) => {
    const address = tier.service.resource;
    if (!graph.has(address)) return;
    replicas[t] = tier.kind === "droplets" ? graph.count(address) : 1;
    const slug = graph.get(address).attributes.size as string;
    sizes[t] = tier.sizes.findIndex((size) => size.slug === slug);
    if (sizes[t]! < 0 || replicas[t]! > tier.maxReplicas) {
      const known = tier.sizes.map((size) => size.slug).join(", ");
      throw new InvalidDefinitionError(
        "graph",
        `${address} has ${replicas[t]} × ${slug}; the model knows up to ${tier.maxReplicas} × ${known}.`,
      );
    }
  });
  return { replicas, sizes, loadBalancerNodes: graph.has(model.loadBalancer) ? nodesOf(graph, model.loadBalancer) : 0 };
}

function nodesOf(graph: InfraGraph, loadBalancer: string): number {
  return (graph.get(loadBalancer).attributes.size_unit as number | undefined) ?? 1;
}

function tierOf({ graph, services, sizes, maxReplicas, timeScale = 1 }: ModelOptions, t: number): TierModel {
  const service = services[t]!;
  const address = service.resource;
  if (!graph.has(address)) {
    throw new InvalidDefinitionError(`services[${t}].resource`, `the graph has no ${address}.`);
  }
  const resource = graph.get(address);
  if (resource.kind !== "digitalocean_droplet" && resource.kind !== "digitalocean_database_cluster") {
    throw new InvalidDefinitionError(
      `services[${t}].resource`,
      `a service runs on a digitalocean_droplet or a digitalocean_database_cluster, not on ${address}.`,
    );
  }
  if (!(service.serviceTimeSeconds > 0)) {
    throw new InvalidDefinitionError(`services[${t}].serviceTimeSeconds`, "must be a number of seconds above 0.");
  }
  const kind = resource.kind === "digitalocean_droplet" ? "droplets" : "database";
  const slugs = [...new Set([...(sizes?.[address] ?? []), resource.attributes.size as string])];
  return {
    service,
    serviceTimeSeconds: service.serviceTimeSeconds * timeScale,
    serviceTimeVariation: variationOf(service),
    dailySwing: swingOf(service, t),
    idleMemoryBytes: service.idleMemoryBytes ?? 200 * MIB,
    memoryPerRequestBytes: service.memoryPerRequestBytes ?? 0,
    kind,
    maxReplicas: Math.max(maxReplicas?.[address] ?? 0, graph.count(address), 1),
    sizes: slugs.map((slug) => sizeOf(graph, service, kind, slug)),
    calls: callsOf(services, t),
  };
}

function swingOf({ dailySwing }: Service, t: number): DailySwing | null {
  if (dailySwing === undefined) return null;
  const { amplitude, peakHour } = dailySwing;
  if (!(amplitude >= 0 && amplitude < 1 && peakHour >= 0 && peakHour < 24)) {
    throw new InvalidDefinitionError(
      `services[${t}].dailySwing`,
      "expected an amplitude in [0, 1) and a peakHour in [0, 24).",
    );
  }
  return dailySwing;
}

function sizeOf({ catalogue }: InfraGraph, service: Service, kind: TierModel["kind"], slug: string): TierSize {
  const droplet = kind === "droplets" ? catalogue.dropletSizes[slug] : undefined;
  const database = kind === "database" ? catalogue.databaseSizes[slug] : undefined;
  const size = droplet ?? database;
  if (size === undefined)
    throw new InvalidDefinitionError("controls", `${service.resource} cannot be of size ${slug}.`);
  return {
    slug,
    slots: size.vcpus * (service.slotsPerVcpu ?? 1),
    vcpus: size.vcpus,
    memoryBytes: size.memoryBytes,
    usdPerHour: size.priceUsdPerHour,
    connections: database?.connectionLimit ?? service.connectionsPerReplica ?? 512,
  };
}

function resourceGroups(graph: InfraGraph, services: readonly Service[]): ResourceGroup[] {
  const groups = new Map<string, { type: string; layer: string; fixed: number; tiers: number[] }>();
  for (const { address, kind, layer } of graph.resources) {
    const key = `${layer}/${kind}`;
    const group = groups.get(key) ?? { type: kind, layer, fixed: 0, tiers: [] };
    const tier = services.findIndex((service) => service.resource === address);
    if (tier >= 0) group.tiers.push(tier);
    else group.fixed += graph.count(address);
    groups.set(key, group);
  }
  return [...groups.values()];
}
