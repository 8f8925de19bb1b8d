/** What a live world runs on, wherever its droplets are: the part in which the backends of real software differ. @module */
import type { Place } from "../../emulator/data-plane/droplet-process.js";
import type { ReplicaPhase } from "../../emulator/data-plane/replica.js";
import type { DataPlaneEvent, DropletState } from "../../emulator/data-plane-event.js";
import type { InfraGymError } from "../../errors.js";
import type { InfraGraph } from "../../infra/infra-graph.js";
import type { MetricsSource } from "../../metrics/server/metrics-source.js";
import type { SimulatorModel } from "../../simulator/model.js";
import type { Components, Episode } from "../backend.js";
import type { ClientCounts } from "./client-counts.js";
import type { GraphStatus } from "./graph-applier.js";
import type { WorldSample } from "./world-metrics.js";

/** Where the parts of a live world can be looked at, each as `http://…`. */
export interface LiveUrls {
  /** Where requests are sent. */
  readonly loadBalancer: string;
  /** The user interface and API of a Prometheus; undefined for the embedded scraper. */
  readonly prometheus: string | undefined;
  /** What is scraped of it: the world itself, the load, and each replica that is up. */
  readonly metrics: readonly string[];
}

/** One replica of a service. */
export interface LiveReplica {
  readonly name: string;
  readonly phase: ReplicaPhase;
  readonly size: string;
  /** Where it is scraped. */
  readonly place: Place;
  /** Whether it listens. */
  readonly isPresent: boolean;
  /** Whether it is on its way out. */
  readonly isLeaving: boolean;
  /** Why it could not be brought up, until it could. */
  readonly failure: InfraGymError | undefined;
}

/** The replicas of one resource. */
export interface LiveFleet {
  readonly replicas: readonly LiveReplica[];
  /** Times that one ended by itself since the episode began. */
  readonly crashes: number;
}

/** A database beside the droplets. */
export interface LiveDatabase {
  /** Its resource in the graph. */
  readonly address: string;
  /** Name of its service. */
  readonly service: string;
  readonly size: string;
  /** Connections it accepts at most. */
  readonly connections: number;
  readonly place: Place;
}

/** A load that runs. */
export interface LiveLoad {
  /** Where its own metrics are. */
  readonly metricsUrl: string;
  /** Resolves or rejects when it ends, whoever ended it. */
  readonly ended: Promise<unknown>;
  /** What its clients have counted since it began. */
  counts(): Promise<ClientCounts>;
  /** Ends it at once. */
  end(): Promise<void>;
}

/** The parts of a live world, all of them running. */
export interface LivePlane {
  readonly model: SimulatorModel;
  /** Time between two scrapes, on the wall. Unit: seconds. */
  readonly scrapeSeconds: number;
  readonly components: Components;
  /** Its addresses, the load's left out. */
  readonly urls: LiveUrls;
  readonly source: MetricsSource;
  readonly databases: readonly LiveDatabase[];
  /** All replicas of all services. */
  readonly replicas: readonly LiveReplica[];
  /** Rejects when a part has ended by itself. */
  readonly lost: Promise<never>;
  /** The replicas of a resource; undefined for those that are no droplets. */
  fleet(resource: string): LiveFleet | undefined;
  /** Address of the resource that a droplet is one of, where it runs a service. */
  resourceOf(droplet: DropletState): string | undefined;
  /** Sets what is wanted, and returns at once. */
  apply(graph: InfraGraph): { readonly generation: number };
  status(): GraphStatus;
  /** Brings a graph about, and waits until all that is in it answers; generations count from 0 then. @throws The first failure */
  become(graph: InfraGraph, signal: AbortSignal): Promise<void>;
  /** Is told of what is wanted now and then: what the plane itself has to bring about follows. */
  followGraph(graph: InfraGraph): void;
  /** An episode begins. */
  begin(seed: bigint): void;
  /**
   * Makes the load of an episode ready, where that can be done before time passes. @returns What lets it begin.
   * @param number - Of the episode, from 0.
   */
  prepareLoad?(episode: Episode, number: number): Promise<() => LiveLoad>;
  /** Sends the load of an episode. @param number - Of the episode, from 0. */
  startLoad(episode: Episode, number: number): Promise<LiveLoad>;
  /** Destroys everything, ends all parts, and proves that nothing is left. Idempotent. */
  close(): Promise<void>;
}

/** What a plane tells whoever keeps its books. */
export interface LiveListeners {
  /** Of the account. */
  readonly onEvent: (event: DataPlaneEvent) => void;
  /** Model time. Unit: seconds since 1970-01-01 UTC. */
  readonly now: () => number;
  /** For every scrape. */
  readonly samples: () => readonly WorldSample[];
}

/** What differs between live worlds in what they share. */
export interface LiveOptions {
  /** How many times faster than the wall's the model's time passes. At least 1. */
  readonly timeScale: number;
  /** How long it may take until everything is up when an episode begins. Unit: seconds of the wall. */
  readonly startSeconds: number;
  /** How long a droplet is billed after it was deleted. Unit: seconds of model time. @defaultValue the model's time to drain */
  readonly drainSeconds?: number;
  /** What is thrown when a part is lost. */
  readonly lostError: (part: string, reason: string) => InfraGymError;
  /** Starts the parts. */
  readonly openPlane: (listeners: LiveListeners) => Promise<LivePlane>;
}
