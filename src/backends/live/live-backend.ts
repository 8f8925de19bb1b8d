/** What the backends of real software have in common: one live world, taken down when it is closed or lost. @module */
import { ClosedError, NotSupportedError } from "../../errors.js";
import type { InfraGraph } from "../../infra/infra-graph.js";
import type { StepMeasurement } from "../../reward/reward-term.js";
import type { ActualResource, Backend, BackendStatus, Components, Episode, World } from "../backend.js";
import type { LiveUrls } from "./live-plane.js";
import type { LiveWorld } from "./live-world.js";
import { limitBehind } from "./machine-limit.js";

/** Before a backend is opened, nothing is known of what it will run on. */
export const UNOPENED = "not opened";

/** A backend whose world is real, and whose clock is the wall's. */
export abstract class LiveBackend implements Backend {
  abstract readonly name: "local" | "digitalocean";
  readonly clock = "wall";
  #world: World | undefined;
  #live: LiveWorld | undefined;
  #isClosed = false;

  /** What is known before it is opened. @internal */
  protected abstract readonly unopened: Components;

  /** Starts the world. @internal */
  protected abstract start(world: World): Promise<LiveWorld>;

  /** Refuses episodes that cannot be run. @throws InvalidOptionError @internal */
  protected abstract check(episode: Episode): void;

  get components(): Components {
    return this.#live?.components ?? this.unopened;
  }

  /** Where its parts can be looked at while it is open. @throws ClosedError */
  get urls(): LiveUrls {
    return this.#running().urls;
  }

  async open(world: World): Promise<void> {
    if (this.#isClosed) throw new ClosedError(world.id);
    this.#world = world;
    try {
      this.#live = await this.start(world);
    } catch (error) {
      throw limitBehind(error);
    }
  }

  async reset(episode: Episode): Promise<void> {
    const live = this.#running();
    this.check(episode);
    await this.#orClose(live.reset(episode));
  }

  apply(graph: InfraGraph): { readonly generation: number } {
    return this.#running().apply(graph);
  }

  async advance(): Promise<void> {
    await this.#orClose(this.#running().advance());
  }

  observe(): Float64Array {
    return this.#running().values;
  }

  get staleQueries(): readonly number[] {
    return this.#running().staleQueries;
  }

  measure(final: boolean): StepMeasurement {
    return this.#running().measure(final);
  }

  get timeSeconds(): number {
    return this.#running().timeSeconds;
  }

  get lateSeconds(): number {
    return this.#running().lateSeconds;
  }

  get totalCostUsd(): number {
    return this.#running().totalCostUsd;
  }

  resources(): readonly ActualResource[] {
    return this.#running().resources();
  }

  status(): BackendStatus {
    return this.#running().status();
  }

  snapshot(): never {
    return this.#noTimeTravel("snapshot()");
  }

  restore(): never {
    return this.#noTimeTravel("restore()");
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#live?.close();
  }

  #noTimeTravel(what: string): never {
    throw new NotSupportedError(
      `${what} on the backend ${this.name}`,
      "Time cannot be turned back there; use simulated.",
    );
  }

  /** What is lost is taken down before it is told. */
  async #orClose(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      await this.close().catch(() => undefined);
      throw limitBehind(error);
    }
  }

  #running(): LiveWorld {
    if (this.#live === undefined || this.#isClosed) {
      throw new ClosedError(this.#world?.id ?? `The backend ${this.name}`);
    }
    return this.#live;
  }
}
