/** What a simulator needs to know of a graph: tiers, sizes, calls, and the state a graph asks for. @module */
import { InvalidDefinitionError } from "../errors.js";
import type { DailySwing, Service } from "../infra/service.js";

/** How the load balancer spreads requests over the replicas of a tier. */
export type Balancing = "least_connections" | "round_robin" | "random";

/** One size a tier can have. */
export interface TierSize {
  readonly slug: string;
  /** Requests in work at a time: vCPUs × slots per vCPU. */
  readonly slots: number;
  readonly vcpus: number;
  readonly memoryBytes: number;
  /** List price of one replica. Unit: USD per hour. */
  readonly usdPerHour: number;
  /** Requests one replica holds at most. */
  readonly connections: number;
}

/** One service and the machines it runs on. */
export interface TierModel {
  readonly service: Service;
  /** Mean of the work of one request on one slot. Unit: seconds of model time. */
  readonly serviceTimeSeconds: number;
  /** How the work changes over the day, or null. */
  readonly dailySwing: DailySwing | null;
  /** Coefficient of variation of the work. */
  readonly serviceTimeVariation: number;
  /** Memory of an idle replica, and of one request in the system. Unit: bytes. */
  readonly idleMemoryBytes: number;
  readonly memoryPerRequestBytes: number;
  /** A droplet group, or one managed database. */
  readonly kind: "droplets" | "database";
  /** Replica slots set aside. */
  readonly maxReplicas: number;
  /** Sizes in the order of {@link DesiredState.sizes}. */
  readonly sizes: readonly TierSize[];
  /** Calls to later tiers, by index. */
  readonly calls: readonly { readonly tier: number; readonly perRequest: number }[];
}

/** How long changes take, and what fails. Times in seconds. */
export interface LifecycleTimes {
  /** Multiplies boot and resize times. @defaultValue 1 */
  readonly bootScale: number;
  /** Shortest and longest time to create a droplet; the median is 35 s at 30–71 s. */
  readonly createSeconds: readonly [number, number];
  /** From created to taking requests. */
  readonly healthCheckSeconds: number;
  /** From leaving the load balancer to being destroyed. */
  readonly drainSeconds: number;
  /** Power off, resize, power on. */
  readonly resizeSeconds: readonly [number, number];
  /** A managed database moving to another size; it goes on answering meanwhile. */
  readonly databaseResizeSeconds: readonly [number, number];
  /** Mean time between crashes of one replica. Infinity: none. */
  readonly meanSecondsBetweenCrashes: number;
  /** Until the load balancer notices a crash; requests sent to the replica fail. */
  readonly crashDetectionSeconds: number;
  /** From a crash noticed until the replica boots again. */
  readonly rebootSeconds: number;
}

/** A droplet: DigitalOcean, November 2026, measured: create 30–71 s, median 35 s; resize 30 s at least. */
export const DEFAULT_LIFECYCLE: LifecycleTimes = Object.freeze({
  bootScale: 1,
  createSeconds: [30, 71] as const,
  healthCheckSeconds: 15,
  drainSeconds: 10,
  resizeSeconds: [30, 75] as const,
  databaseResizeSeconds: [180, 420] as const,
  meanSecondsBetweenCrashes: 30 * 86_400,
  crashDetectionSeconds: 15,
  rebootSeconds: 45,
});

/** Resources of one Terraform type in one layer. */
export interface ResourceGroup {
  readonly type: string;
  readonly layer: string;
  /** How many of them do not change. */
  readonly fixed: number;
  /** Tiers whose replicas are of this type and layer. */
  readonly tiers: readonly number[];
}

/** All that is fixed while simulating. */
export interface SimulatorModel {
  /** The tiers; the first is the entry. A tier calls only later ones. */
  readonly tiers: readonly TierModel[];
  readonly lifecycle: LifecycleTimes;
  /** Unit: seconds. */
  readonly tickSeconds: number;
  /** How long a client waits for an answer. Unit: seconds of model time. */
  readonly clientTimeoutSeconds: number;
  /**
   * How many times faster than for the requests time passes for everything else: above 1 as on the backend `local`. Work, timeouts and
   * rates are in model time; counters and response times show what `timeScale` seconds of model time are worth to a request.
   * @defaultValue 1
   */
  readonly timeScale?: number;
  /** What a request needs between client and service beside waiting and work. Unit: seconds of the requests. @defaultValue 0 */
  readonly plumbingSeconds?: number;
  readonly balancing: Balancing;
  /** Address of the load balancer in front of the entry tier. */
  readonly loadBalancer: string;
  /** Requests per second that one load balancer node forwards. */
  readonly loadBalancerCapacity: number;
  /** Unit: USD per hour and node. */
  readonly loadBalancerUsdPerHour: number;
  /** Everything else that is billed, at its list price. Unit: USD per hour. */
  readonly otherPrices: readonly { readonly address: string; readonly usdPerHour: number }[];
  /** Resources by kind and layer, for `infra_gym_resources`. */
  readonly resources: readonly ResourceGroup[];
}

/** What a graph asks for, in the simulator's terms. Treated as immutable; interned by who makes it. */
export interface DesiredState {
  /** Replicas by tier. */
  readonly replicas: Int32Array;
  /** Index into `TierModel.sizes` by tier. */
  readonly sizes: Int32Array;
  /** Nodes of the load balancer; 0 where there is none, and then nothing gets in. */
  readonly loadBalancerNodes: number;
}

/** Checks that services are declared in the order of their calls. @throws InvalidDefinitionError */
export function callsOf(services: readonly Service[], index: number): { tier: number; perRequest: number }[] {
  return (services[index]!.calls ?? []).map((call) => {
    const tier = services.findIndex((service) => service.name === call.service);
    if (tier < 0) {
      throw new InvalidDefinitionError(
        `services[${index}].calls`,
        `no service is called ${JSON.stringify(call.service)}; known: ${services.map((service) => service.name).join(", ")}.`,
      );
    }
    if (tier <= index) {
      throw new InvalidDefinitionError(
        `services[${index}].calls`,
        `${call.service} must be declared after its caller.`,
      );
    }
    return { tier, perRequest: call.perRequest };
  });
}

/** Coefficient of variation of a service's work. */
export function variationOf(service: Service): number {
  const distribution = service.serviceTimeDistribution ?? "exponential";
  if (distribution === "exponential") return 1;
  if (distribution === "deterministic") return 0;
  return distribution.coefficientOfVariation;
}
