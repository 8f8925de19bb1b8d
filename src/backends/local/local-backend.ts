/** The backend `local`: real Terraform, processes, load balancer, load and Prometheus on this machine. @module */
import { ClosedError, InvalidOptionError, NotSupportedError } from "../../errors.js";
import type { InfraGraph } from "../../infra/infra-graph.js";
import type { StepMeasurement } from "../../reward/reward-term.js";
import type { ActualResource, Backend, BackendStatus, Components, Episode, World } from "../backend.js";
import type { LiveWorld } from "../live/live-world.js";
import { type CheckedLocalOptions, checkLocalOptions, type LocalOptions } from "./local-options.js";

/** Addresses on this machine, each as `http://…`. */
export interface LiveUrls {
  /** Where requests are sent. */
  readonly loadBalancer: string;
  /** The user interface and API of a Prometheus; undefined for the embedded scraper. */
  readonly prometheus: string | undefined;
  /** What is scraped of it: the world itself, the load, and each replica that is up. */
  readonly metrics: readonly string[];
}

/** Before it is opened, nothing is known of what it will run on. */
const UNOPENED = "not opened";

/**
 * Runs an environment on this machine: Terraform applies its graph to an emulated account, droplets are processes behind a load balancer, a load is
 * sent to them, and Prometheus is asked.
 *
 * @example
 * const env = await make("WebService-v0", { backend: "local", local: { timeScale: 12 } });
 */
export class LocalBackend implements Backend {
  readonly name = "local";
  readonly clock = "wall";
  readonly options: CheckedLocalOptions;
  #world: World | undefined;
  #live: LiveWorld | undefined;
  #isClosed = false;

  /** @throws InvalidOptionError */
  constructor(options: LocalOptions = {}) {
    this.options = checkLocalOptions(options);
  }

  get components(): Components {
    const unopened = { terraform: UNOPENED, prometheus: UNOPENED, loadBalancer: UNOPENED };
    return {
      provider: "built-in",
      load: "autocannon 9.0.0",
      droplets: "processes",
      ...(this.#live?.components ?? unopened),
    };
  }

  /** Where its parts can be looked at while it is open. @throws ClosedError */
  get urls(): LiveUrls {
    return this.#running().urls;
  }

  async open(world: World): Promise<void> {
    if (this.#isClosed) throw new ClosedError(world.id);
    this.#world = world;
    // Terraform, gRPC, CDKTF and the emulator are loaded when a world is opened.
    const { LiveWorld } = await import("../live/live-world.js");
    this.#live = await LiveWorld.open(world, this.options);
  }

  async reset(episode: Episode): Promise<void> {
    const live = this.#running();
    const peak = episode.series.rates.reduce((most, rate) => Math.max(most, rate), 0);
    if (peak > this.options.maxRate) {
      throw new InvalidOptionError(
        "workload",
        `one whose peak is at most local.maxRate (${this.options.maxRate} requests/s): more than one generator is trusted with`,
        peak,
      );
    }
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
    throw new NotSupportedError("snapshot() on the backend local", "Time cannot be turned back there; use simulated.");
  }

  restore(): never {
    throw new NotSupportedError("restore() on the backend local", "Time cannot be turned back there; use simulated.");
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#live?.close();
  }

  /** What is lost is taken down before it is told. */
  async #orClose(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      await this.close().catch(() => undefined);
      throw error;
    }
  }

  #running(): LiveWorld {
    if (this.#live === undefined || this.#isClosed) throw new ClosedError(this.#world?.id ?? "The backend local");
    return this.#live;
  }
}
