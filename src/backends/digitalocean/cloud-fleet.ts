/** The droplets of one service in an account, each with a way to its metrics. @module */
import type { Place } from "../../emulator/data-plane/droplet-process.js";
import type { ReplicaPhase } from "../../emulator/data-plane/replica.js";
import type { DropletState } from "../../emulator/data-plane-event.js";
import type { InfraGymError } from "../../errors.js";
import type { LiveFleet, LiveReplica } from "../live/live-plane.js";
import type { ScrapedDroplet } from "./scrape-tunnels.js";
import type { Way } from "./ways.js";

/** What a {@link CloudFleet} is made of. */
export interface CloudFleetOptions {
  /** Name of the service: begins the names of its replicas. */
  readonly service: string;
  /** Address of its resource in the graph. */
  readonly resource: string;
  /** Name of its droplets in the account; `${count.index}` in it stands for a number. */
  readonly dropletName: string;
  /** The first of two ports of loopback for each droplet there may be. */
  readonly ports: readonly number[];
  /** Opens the ways to a droplet, from that port and the one after it. */
  readonly openWay: (droplet: ScrapedDroplet, firstPort: number) => Promise<Way>;
}

/** What Terraform puts an instance's number for. */
const COUNT_INDEX: string = "$" + "{count.index}";

/** A droplet of the account as a replica. */
class CloudReplica implements LiveReplica {
  readonly isLeaving = false;
  failure: InfraGymError | undefined;
  /** Whether its service answered the last scrape. */
  isPresent = false;
  way: Promise<Way | undefined> | undefined;
  droplet: DropletState;

  constructor(
    readonly name: string,
    readonly place: Place,
    droplet: DropletState,
  ) {
    this.droplet = droplet;
  }

  get size(): string {
    return this.droplet.size;
  }

  get phase(): ReplicaPhase {
    const { status } = this.droplet;
    if (status === "new") return "booting";
    if (status !== "active") return "resizing";
    return this.isPresent ? "ready" : "checking";
  }
}

/** Replicas by droplet; each has a place while it is there. */
export class CloudFleet implements LiveFleet {
  readonly service: string;
  readonly resource: string;
  /** The account does not say when a service ended by itself; systemd starts it again. */
  readonly crashes = 0;
  readonly #options: CloudFleetOptions;
  readonly #pattern: RegExp;
  readonly #byDroplet = new Map<number, CloudReplica>();
  readonly #closing = new Set<Promise<void>>();

  constructor(options: CloudFleetOptions) {
    this.service = options.service;
    this.resource = options.resource;
    this.#options = options;
    const parts = options.dropletName.split(COUNT_INDEX).map((part) => part.replace(/[^\w]/g, "\\$&"));
    this.#pattern = new RegExp(`^${parts.join("\\d+")}$`);
  }

  get replicas(): readonly LiveReplica[] {
    return [...this.#byDroplet.values()];
  }

  /** Whether a droplet is one of this service, by its name. */
  owns({ name }: DropletState): boolean {
    return this.#pattern.test(name);
  }

  /** A droplet has appeared or changed. */
  follow(droplet: DropletState): void {
    const replica = this.#byDroplet.get(droplet.id) ?? this.#place(droplet);
    if (replica === undefined) return;
    replica.droplet = droplet;
    if (droplet.privateIp === "" || replica.way !== undefined) return;
    const { service } = this;
    const about = { service, instance: replica.name, privateIp: droplet.privateIp };
    replica.way = this.#options.openWay(about, replica.place.port).catch((error: InfraGymError) => {
      replica.failure = error;
      return undefined;
    });
  }

  /** A droplet is gone. */
  remove({ id }: DropletState): void {
    const replica = this.#byDroplet.get(id);
    if (replica === undefined) return;
    this.#byDroplet.delete(id);
    const closing = (async () => (await replica.way)?.close())();
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }

  /** Says which replicas answered the last scrape, by name. */
  see(names: ReadonlySet<string>): void {
    for (const replica of this.#byDroplet.values()) replica.isPresent = names.has(replica.name);
  }

  /** Closes all ways. */
  async close(): Promise<void> {
    for (const { droplet } of this.#byDroplet.values()) this.remove(droplet);
    await Promise.all(this.#closing);
  }

  /** Gives a droplet a place; undefined while there is none, until the next look. */
  #place(droplet: DropletState): CloudReplica | undefined {
    const taken = new Set([...this.#byDroplet.values()].map(({ place }) => place.port));
    const index = this.#options.ports.findIndex((port) => !taken.has(port));
    if (index < 0) return undefined;
    const place = { host: "127.0.0.1", port: this.#options.ports[index]! };
    const replica = new CloudReplica(`${this.service}-${index}`, place, droplet);
    this.#byDroplet.set(droplet.id, replica);
    return replica;
  }
}
