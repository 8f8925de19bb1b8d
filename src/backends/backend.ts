/** The backend contract: a running world of one environment, simulated or real. @module */
import type { InfraGraph } from "../infra/infra-graph.js";
import type { Service } from "../infra/service.js";
import type { RateSeries } from "../loadgen/workload.js";
import type { PromqlProfile } from "../metrics/index.js";
import type { StepMeasurement } from "../reward/reward-term.js";
import type { SimulationOptions } from "./simulation-options.js";

/** A value now, or later. Backends in virtual time answer at once. */
export type MaybePromise<T> = T | Promise<T>;

/** What a backend runs. */
export interface World {
  /** Id of the environment. */
  readonly id: string;
  readonly graph: InfraGraph;
  /** Callers before those they call; the first receives the clients' requests. */
  readonly services: readonly Service[];
  /** Address of the load balancer. */
  readonly loadBalancer: string;
  /** Sizes that a resource may come to have, by address. */
  readonly sizes: Readonly<Record<string, readonly string[]>>;
  /** Most replicas a resource may come to have, by address. */
  readonly maxReplicas: Readonly<Record<string, number>>;
  /** What `observe` evaluates. */
  readonly queries: readonly string[];
  readonly profile: PromqlProfile;
  readonly stepSeconds: number;
  readonly scrapeSeconds: number;
  readonly simulation: SimulationOptions;
}

/** One episode. */
export interface Episode {
  /** Seeds everything random in the world. 64 bits. */
  readonly seed: bigint;
  /** Load to put on it. */
  readonly series: RateSeries;
  /** What is up when it starts. */
  readonly graph: InfraGraph;
}

/** Which software a backend runs on: a version, or `embedded`, or `simulated`. */
export interface Components {
  readonly terraform: string;
  readonly provider: string;
  readonly prometheus: string;
  readonly loadBalancer: string;
  readonly load: string;
  readonly droplets: string;
}

/** One resource as it is now. */
export interface ActualResource {
  readonly address: string;
  readonly size: string;
  readonly desired: number;
  readonly ready: number;
  /** Creating, booting, resizing or draining. */
  readonly pending: number;
}

/** How far the desired graph has been applied. */
export interface BackendStatus {
  readonly desiredGeneration: number;
  readonly appliedGeneration: number;
  readonly failures: readonly {
    readonly address: string;
    readonly code: string;
    readonly message: string;
    readonly retryable: boolean;
  }[];
}

/** A copy of a backend's whole state. */
export interface BackendSnapshot {
  readonly backend: string;
  readonly state: unknown;
}

/** A running world of one environment. A failed change is a matter of `status`; only a lost backend rejects. */
export interface Backend {
  readonly name: "simulated" | "local" | "digitalocean";
  readonly clock: "virtual" | "wall";
  readonly components: Components;
  /** Makes everything ready. */
  open(world: World): Promise<void>;
  /** Starts an episode; its first observation can be read then. */
  reset(episode: Episode): MaybePromise<void>;
  /** Sets the desired graph and returns at once. A newer one replaces an older one that has not started. */
  apply(graph: InfraGraph): { readonly generation: number };
  /** Lets time pass, by one step of the world. */
  advance(): MaybePromise<void>;
  /** Raw values of the world's queries, NaN where empty. Reused by the next call. */
  observe(): MaybePromise<Float64Array>;
  /** Numbers of the queries that the last {@link observe} could not answer, whose values are older ones. Empty in virtual time. */
  readonly staleQueries: readonly number[];
  /** What happened in the last step. @param final - Whether the episode ends with it. */
  measure(final: boolean): StepMeasurement;
  /** Model time: seconds since 1970-01-01 UTC. */
  readonly timeSeconds: number;
  /** How late the last step was. Unit: seconds. */
  readonly lateSeconds: number;
  /** Billed since the episode began. Unit: USD. */
  readonly totalCostUsd: number;
  /** What is there now, replicas by resource that runs a service. */
  resources(): readonly ActualResource[];
  /** How far the backend is with what was last asked for. */
  status(): BackendStatus;
  /** @throws NotSupportedError where the clock is not virtual */
  snapshot(): BackendSnapshot;
  /** @throws SnapshotMismatchError, NotSupportedError */
  restore(snapshot: BackendSnapshot): void;
  /** Destroys everything, then proves it. Idempotent. */
  close(): Promise<void>;
}
