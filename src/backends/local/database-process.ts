/** A managed database as a process: the reference service with the database's slots and its limit of connections. @module */
import type { Place } from "../../emulator/data-plane/droplet-process.js";
import { ServiceDroplet } from "../../emulator/data-plane/service-droplet.js";
import type { ModelTime } from "../../emulator/service/service-options.js";
import { LocalWorldError } from "../../errors.js";
import type { TierModel } from "../../simulator/model.js";
import type { LiveDatabase } from "../live/live-plane.js";

/** What a database is started with. */
export interface DatabaseProcessOptions {
  readonly tier: TierModel;
  readonly place: Place;
  readonly modelTime: () => ModelTime;
  readonly execArgv: readonly string[];
  readonly onSpawn: (pid: number) => void;
}

/** The process of a database. It goes on answering while it changes its size. */
export class DatabaseProcess implements LiveDatabase {
  readonly address: string;
  /** Name of its service. */
  readonly service: string;
  readonly place: Place;
  /** Rejects when the process ends by itself. */
  readonly lost: Promise<never>;
  /** The size it has. */
  size: string;
  readonly #options: DatabaseProcessOptions;
  #process: ServiceDroplet;
  #isClosing = false;

  constructor(options: DatabaseProcessOptions, size: string) {
    const { tier, place, execArgv, onSpawn } = options;
    const { service } = tier;
    this.#options = options;
    this.address = service.resource;
    this.service = service.name;
    this.place = place;
    this.size = size;
    this.#process = new ServiceDroplet({
      name: service.name,
      place,
      execArgv,
      onSpawn,
      service: { service, isDatabase: true },
    });
    this.lost = this.#process.ended.then((how) => {
      if (this.#isClosing) return new Promise<never>(() => undefined);
      throw new LocalWorldError("database", `its process has ended (${how}).`);
    });
    this.lost.catch(() => undefined);
  }

  /** Begins to listen. @throws DropletProcessError */
  boot(): Promise<void> {
    return this.#process.boot(this.#sizeOf(this.size), this.#options.modelTime());
  }

  /** Another size. */
  resize(size: string): void {
    this.size = size;
    this.#process.resize(this.#sizeOf(size));
  }

  /** An episode begins. */
  begin(seed: bigint): void {
    this.#process.begin(seed, this.#options.modelTime());
  }

  /** Ends it. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#process.stop(1);
  }

  /** Connections it accepts at most, of the size it has. */
  get connections(): number {
    return this.#sizeOf(this.size).connections;
  }

  #sizeOf(size: string): TierModel["sizes"][number] {
    return this.#options.tier.sizes.find(({ slug }) => slug === size)!;
  }
}
