/** What runs in the place of droplets and load balancers: processes that follow the account's events. @module */
import { type Clock, systemClock } from "../../clock.js";
import type { Catalogue } from "../../infra/catalogue/catalogue.js";
import type { Service } from "../../infra/service.js";
import type { DataPlaneListener, DataPlaneState, DropletState } from "../data-plane-event.js";
import type { ServiceFault, ServiceFaults } from "../service/service-faults.js";
import type { ModelTime, NextTier } from "../service/service-options.js";
import type { DropletProcess, OnSpawn, Place } from "./droplet-process.js";
import { Fleet } from "./fleet.js";
import type { PlaneLoadBalancer } from "./load-balancer/load-balancer.js";
import { Replica, type ReplicaTimes } from "./replica.js";
import { ServiceDroplet } from "./service-droplet.js";

/** A service that runs on droplets. */
export interface PlaneService {
  readonly service: Service;
  /** Name of its droplets; `${count.index}` in it stands for a number. */
  readonly dropletName: string;
  /** Where its droplets listen: as many as there may be at a time. */
  readonly places: readonly Place[];
  /** Spreads the requests over them. */
  readonly balancer: PlaneLoadBalancer | undefined;
  readonly nextTiers: readonly NextTier[];
  /** Whether its requests are counted where they are answered; not where the client counts them. */
  readonly countsRequests: boolean;
}

/** Options of {@link DataPlane}. */
export interface DataPlaneOptions {
  readonly services: readonly PlaneService[];
  readonly catalogue: Catalogue;
  readonly times: ReplicaTimes;
  readonly modelTime: () => ModelTime;
  /** How long a call to another tier may take. Unit: seconds. */
  readonly callTimeoutSeconds: number;
  /** Unit of its times: seconds of the wall. @defaultValue none */
  readonly faults?: ServiceFaults;
  /** Makes the process of a droplet that does not run the reference service; undefined for those that do. @defaultValue none */
  readonly makeCommand?: (
    droplet: DropletState,
    name: string,
    place: Place,
    service: Service,
  ) => DropletProcess | undefined;
  /** Arguments of Node for the processes. @defaultValue none */
  readonly execArgv?: readonly string[];
  readonly onSpawn?: OnSpawn;
  /** @defaultValue that of this machine */
  readonly clock?: Clock;
}

/** Between two looks at the load balancers. Unit: seconds. */
const LOOK_EVERY = 0.25;

/** Starts and stops droplets' processes as the account's droplets come, change and go. */
export class DataPlane {
  readonly #options: DataPlaneOptions;
  readonly #clock: Clock;
  readonly #fleets: readonly Fleet[];
  readonly #ending = new AbortController();
  readonly #looking: Promise<void>;
  #seed = 0n;
  #closed: Promise<void> | undefined;

  constructor(options: DataPlaneOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock();
    this.#fleets = options.services.map((one, number) => this.#makeFleet(one, number));
    this.#looking = this.#look();
  }

  /** To be given to the emulator. */
  readonly listener: DataPlaneListener = (event) => {
    if (event.type !== "droplet" || this.#closed !== undefined) return;
    const fleet = this.#fleets.find((one) => one.owns(event.droplet));
    if (event.change === "go") fleet?.remove(event.droplet);
    else fleet?.follow(event.droplet);
  };

  /** Takes up what is there already. */
  follow({ droplets }: DataPlaneState): void {
    for (const droplet of droplets) this.#fleets.find((one) => one.owns(droplet))?.follow(droplet);
  }

  /** The droplets of a resource. @param resource - Its address in the graph. */
  fleet(resource: string): Fleet | undefined {
    return this.#fleets.find((one) => one.resource === resource);
  }

  /** Address of the resource that a droplet is one of, where it runs a service. */
  resourceOf(droplet: DropletState): string | undefined {
    return this.#fleets.find((one) => one.owns(droplet))?.resource;
  }

  /** All replicas of all services. */
  get replicas(): readonly Replica[] {
    return this.#fleets.flatMap(({ replicas }) => replicas);
  }

  /** Draws work and faults by another seed from now on; nothing is in hand any more. */
  begin(seed: bigint): void {
    this.#seed = seed;
    for (const [number, fleet] of this.#fleets.entries()) fleet.begin((index) => this.#seedOf(number, index));
  }

  /** Makes something go wrong on a replica. @returns Whether there is one of that name. */
  inject(name: string, fault: ServiceFault): boolean {
    const replica = this.replicas.find((one) => one.name === name);
    replica?.inject(fault);
    return replica !== undefined;
  }

  /** Resolves when every replica is as it is wanted. @throws The error of a replica that could not be brought up; the signal's reason */
  async settled(signal: AbortSignal): Promise<void> {
    for (;;) {
      const { replicas } = this;
      const failed = replicas.find(({ failure }) => failure !== undefined);
      if (failed !== undefined) throw failed.failure;
      if (replicas.every(({ isSettled }) => isSettled)) return;
      await this.#lookOnce();
      await this.#clock.sleep(0.02, signal);
    }
  }

  /** Ends all processes. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= (async () => {
      await Promise.all(this.#fleets.map((fleet) => fleet.clear()));
      this.#ending.abort();
      await this.#looking;
    })();
    return this.#closed;
  }

  #makeFleet(one: PlaneService, number: number): Fleet {
    const { service, dropletName, places, balancer } = one;
    const { times, catalogue } = this.#options;
    return new Fleet({
      service: service.name,
      resource: service.resource,
      dropletName,
      places,
      makeReplica: (name, place, droplet, index, onGone) =>
        new Replica(
          {
            name,
            place,
            times,
            clock: this.#clock,
            balancer,
            modelTime: this.#options.modelTime,
            onGone,
            makeProcess: () => this.#makeProcess(one, name, place, droplet, this.#seedOf(number, index)),
            machineOf: (size) => catalogue.dropletSizes[size]!,
          },
          droplet,
        ),
    });
  }

  #makeProcess(
    { service, nextTiers, countsRequests }: PlaneService,
    name: string,
    place: Place,
    droplet: DropletState,
    seed: bigint,
  ): DropletProcess {
    const { faults = {}, callTimeoutSeconds, execArgv = [], onSpawn, makeCommand } = this.#options;
    const command = makeCommand?.(droplet, name, place, service);
    if (command !== undefined) return command;
    return new ServiceDroplet({
      name,
      place,
      execArgv,
      service: { service, seed, nextTiers, callTimeoutSeconds, faults, countsRequests },
      ...(onSpawn === undefined ? {} : { onSpawn }),
    });
  }

  #seedOf(service: number, index: number): bigint {
    return BigInt.asUintN(64, this.#seed + 0x9e3779b97f4a7c15n * BigInt(service * 4096 + index + 1));
  }

  async #look(): Promise<void> {
    while (!this.#ending.signal.aborted) {
      await this.#lookOnce();
      await this.#clock.sleep(LOOK_EVERY, this.#ending.signal).catch(() => undefined);
    }
  }

  /** Asks the load balancers which servers are up. One that does not answer says nothing. */
  async #lookOnce(): Promise<void> {
    const balancers = new Set(this.#options.services.map(({ balancer }) => balancer));
    const { replicas } = this;
    for (const balancer of balancers) {
      const servers = (await balancer?.servers().catch(() => [])) ?? [];
      for (const { name, status } of servers) replicas.find((one) => one.name === name)?.see(status);
    }
  }
}
