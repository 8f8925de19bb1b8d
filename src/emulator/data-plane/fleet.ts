/** The droplets of one service, each on a place of its own. @module */
import type { DropletState } from "../data-plane-event.js";
import type { Place } from "./droplet-process.js";
import type { Replica } from "./replica.js";

/** What a {@link Fleet} is made of. */
export interface FleetOptions {
  /** Name of the service: begins the names of its replicas. */
  readonly service: string;
  /** Address of its resource in the graph. */
  readonly resource: string;
  /** Name of its droplets; `${count.index}` in it stands for a number. */
  readonly dropletName: string;
  readonly places: readonly Place[];
  readonly makeReplica: (
    name: string,
    place: Place,
    droplet: DropletState,
    index: number,
    onGone: () => void,
  ) => Replica;
}

/** What Terraform puts an instance's number for. */
const COUNT_INDEX: string = "$" + "{count.index}";

/** Replicas by droplet. A droplet that comes while all places are taken waits for one. */
export class Fleet {
  readonly service: string;
  readonly resource: string;
  readonly #options: FleetOptions;
  readonly #pattern: RegExp;
  readonly #byDroplet = new Map<number, Replica>();
  /** Those whose droplet is gone, until they are. */
  readonly #leaving = new Set<Replica>();
  readonly #waiting = new Map<number, DropletState>();
  #crashesOfGone = 0;

  constructor(options: FleetOptions) {
    this.service = options.service;
    this.resource = options.resource;
    this.#options = options;
    const parts = options.dropletName.split(COUNT_INDEX).map((part) => part.replace(/[^\w]/g, "\\$&"));
    this.#pattern = new RegExp(`^${parts.join("\\d+")}$`);
  }

  /** Whether a droplet is one of this service, by its name. */
  owns({ name }: DropletState): boolean {
    return this.#pattern.test(name);
  }

  /** All replicas, those on their way out last. */
  get replicas(): readonly Replica[] {
    return [...this.#byDroplet.values(), ...this.#leaving];
  }

  /** Droplets that are in the account. */
  get size(): number {
    return this.#byDroplet.size + this.#waiting.size;
  }

  /** Times that a process ended by itself since the episode began. */
  get crashes(): number {
    return this.replicas.reduce((sum, { crashes }) => sum + crashes, this.#crashesOfGone);
  }

  /** A droplet has appeared or changed. */
  follow(droplet: DropletState): void {
    const replica = this.#byDroplet.get(droplet.id);
    if (replica !== undefined) replica.follow(droplet);
    else {
      this.#waiting.set(droplet.id, droplet);
      this.#place();
    }
  }

  /** A droplet is deleted. */
  remove({ id }: DropletState): void {
    this.#waiting.delete(id);
    const replica = this.#byDroplet.get(id);
    if (replica === undefined) return;
    this.#byDroplet.delete(id);
    this.#leaving.add(replica);
    replica.leave();
  }

  /** An episode begins. */
  begin(seedOf: (index: number) => bigint): void {
    this.#crashesOfGone = 0;
    for (const replica of this.replicas) replica.begin(seedOf(this.#indexOf(replica)));
  }

  /** Forgets all droplets, and ends their processes. */
  async clear(): Promise<void> {
    this.#waiting.clear();
    for (const [id, replica] of this.#byDroplet) {
      this.#byDroplet.delete(id);
      this.#leaving.add(replica);
      replica.leave();
    }
    await Promise.all([...this.#leaving].map((replica) => replica.gone()));
  }

  #indexOf({ name }: Replica): number {
    return Number(name.slice(this.service.length + 1));
  }

  /** Gives places to those that wait for one. */
  #place(): void {
    const { places, makeReplica } = this.#options;
    for (const [id, droplet] of this.#waiting) {
      const taken = new Set(this.replicas.map(({ place }) => place));
      const index = places.findIndex((place) => !taken.has(place));
      if (index < 0) return;
      this.#waiting.delete(id);
      const replica = makeReplica(`${this.service}-${index}`, places[index]!, droplet, index, () =>
        this.#free(replica),
      );
      this.#byDroplet.set(id, replica);
    }
  }

  #free(replica: Replica): void {
    this.#crashesOfGone += replica.crashes;
    this.#leaving.delete(replica);
    this.#place();
  }
}
