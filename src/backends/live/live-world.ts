/** A live world with its episodes: what a backend of real software does once its parts are loaded. @module */
import { setMaxListeners } from "node:events";
import { closeOnSignal } from "../../digitalocean/close-on-signal.js";
import { ClosedError } from "../../errors.js";
import type { InfraGraph } from "../../infra/infra-graph.js";
import type { RateSeries } from "../../loadgen/workload.js";
import type { StepMeasurement } from "../../reward/reward-term.js";
import type { ActualResource, BackendStatus, Components, Episode, World } from "../backend.js";
import { LiveEpisode } from "./live-episode.js";
import type { LiveOptions, LivePlane, LiveUrls } from "./live-plane.js";
import { ModelClock } from "./model-clock.js";
import { WorldBooks } from "./world-books.js";
import type { WorldSample } from "./world-metrics.js";
import { countsOf, worldSamples } from "./world-samples.js";

const NO_FAILURES: BackendStatus["failures"] = Object.freeze([]);
const NOT_YET: RateSeries = { startSeconds: 0, rates: new Float32Array(1), announced: new Float32Array(1) };

/** Parts, books and the running episode. */
export class LiveWorld {
  readonly #world: World;
  readonly #options: LiveOptions;
  readonly #clock: ModelClock;
  readonly #ending = new AbortController();
  readonly #forget: () => void;
  #plane: LivePlane | undefined;
  #books: WorldBooks | undefined;
  #graph: InfraGraph;
  #series: RateSeries = NOT_YET;
  #episode: LiveEpisode | undefined;
  #episodes = 0;
  #generation = 0;
  #applyFailures = 0;
  #failures: BackendStatus["failures"] = NO_FAILURES;
  #closing: Promise<void> | undefined;

  /** Starts all parts, with the world's graph. */
  static async open(world: World, options: LiveOptions): Promise<LiveWorld> {
    const live = new LiveWorld(world, options);
    try {
      await live.#open();
    } catch (error) {
      await live.close().catch(() => undefined);
      throw error;
    }
    return live;
  }

  private constructor(world: World, options: LiveOptions) {
    this.#world = world;
    this.#options = options;
    this.#graph = world.graph;
    this.#clock = new ModelClock(options.timeScale);
    this.#forget = closeOnSignal(() => this.close());
  }

  get components(): Components {
    return this.#parts().components;
  }

  get urls(): LiveUrls {
    const { urls } = this.#parts();
    return this.#episode === undefined ? urls : { ...urls, metrics: [...urls.metrics, this.#episode.loadMetrics] };
  }

  /** Starts an episode with a graph that is up. */
  async reset({ seed, series, graph }: Episode): Promise<void> {
    const plane = this.#parts();
    await this.#episode?.end();
    this.#episode = undefined;
    this.#graph = graph;
    const patience = AbortSignal.any([this.#ending.signal, AbortSignal.timeout(this.#options.startSeconds * 1000)]);
    // Each droplet on its way waits on it.
    setMaxListeners(0, patience, this.#ending.signal);
    await this.#orLost(this.#begin(plane, { seed, series, graph }, patience), patience);
  }

  async #begin(plane: LivePlane, episode: Episode, patience: AbortSignal): Promise<void> {
    const { seed, series, graph } = episode;
    await plane.become(graph, patience);
    this.#series = series;
    this.#generation = 0;
    this.#applyFailures = 0;
    this.#failures = NO_FAILURES;
    this.#clock.stop(series.startSeconds);
    this.#books!.begin(series.startSeconds, graph);
    plane.begin(seed);
    this.#episode = await LiveEpisode.begin(
      {
        ...{ world: this.#world, options: this.#options, plane, books: this.#books!, clock: this.#clock, episode },
        number: this.#episodes++,
      },
      patience,
    );
  }

  apply(graph: InfraGraph): { readonly generation: number } {
    if (graph === this.#graph) return { generation: this.#generation };
    this.#graph = graph;
    this.#books!.set(graph, this.#clock.now);
    this.#generation = this.#parts().apply(graph).generation;
    return { generation: this.#generation };
  }

  async advance(): Promise<void> {
    await this.#episode!.advance(this.#ending.signal);
    this.#countFailures();
    await this.#episode!.observe();
  }

  get values(): Float64Array {
    return this.#episode!.queries.values;
  }

  get staleQueries(): readonly number[] {
    const { stale } = this.#episode!.queries;
    return [...stale.keys()].filter((q) => stale[q] === 1);
  }

  measure(final: boolean): StepMeasurement {
    // After its last step an episode needs no load.
    if (final) void this.#episode!.end();
    return this.#episode!.measure(final);
  }

  get timeSeconds(): number {
    return this.#episode!.timeSeconds;
  }

  get lateSeconds(): number {
    return this.#episode!.lateSeconds;
  }

  get totalCostUsd(): number {
    return this.#episode!.totalCostUsd;
  }

  resources(): readonly ActualResource[] {
    const plane = this.#parts();
    return plane.model.tiers.map((tier) => {
      const counts = countsOf(tier, plane, this.#graph);
      const { desired, ready, pending, draining, size } = counts;
      return { address: tier.service.resource, size, desired, ready, pending: pending + draining };
    });
  }

  status(): BackendStatus {
    const plane = this.#parts();
    const { desiredGeneration, appliedGeneration } = plane.status();
    const limit = this.#episode?.limit;
    const ofLoad =
      limit === undefined ? [] : [{ address: "load", code: limit.code, message: limit.message, retryable: true }];
    return { desiredGeneration, appliedGeneration, failures: [...this.#changeFailures(), ...ofLoad] };
  }

  /** Changes that failed, and droplets that are not up. */
  #changeFailures(): BackendStatus["failures"] {
    const plane = this.#parts();
    const { failures } = plane.status();
    const broken = plane.replicas.flatMap(({ name, failure }) =>
      failure === undefined ? [] : [{ address: name, code: failure.code, message: failure.message, retryable: true }],
    );
    return [...failures, ...broken];
  }

  /** Ends everything. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #open(): Promise<void> {
    const plane = await this.#options.openPlane({
      onEvent: (event) => this.#books?.follow(event, this.#clock.now),
      samples: () => this.#samples(),
      now: () => this.#clock.now,
    });
    this.#plane = plane;
    const { model } = plane;
    const { drainSeconds = model.lifecycle.drainSeconds } = this.#options;
    this.#books = new WorldBooks(model, this.#graph, drainSeconds, (droplet) => plane.resourceOf(droplet));
  }

  async #close(): Promise<void> {
    this.#ending.abort(new ClosedError(this.#world.id));
    try {
      await this.#episode?.end();
    } finally {
      await this.#plane?.close();
      this.#forget();
    }
  }

  #samples(): readonly WorldSample[] {
    if (this.#plane === undefined || this.#books === undefined) return [];
    const timeSeconds = this.#clock.now;
    this.#books.until(timeSeconds);
    this.#plane.followGraph(this.#graph);
    return worldSamples({
      plane: this.#plane,
      graph: this.#graph,
      series: this.#series,
      timeSeconds,
      costs: this.#books.entries(),
      dropletsUsdPerHour: this.#books.dropletsUsdPerHour,
      applyFailures: this.#applyFailures,
    });
  }

  /** Counts a change that has failed, once. */
  #countFailures(): void {
    const failures = this.#changeFailures();
    if (failures.length > 0 && this.#failures.length === 0) this.#applyFailures++;
    this.#failures = failures;
  }

  #parts(): LivePlane {
    if (this.#plane === undefined) throw new ClosedError(this.#world.id);
    return this.#plane;
  }

  /** Waits for something, and tells what took too long. */
  async #orLost(work: Promise<void>, patience: AbortSignal): Promise<void> {
    const late = new Promise<never>((_, reject) => {
      patience.addEventListener("abort", () => reject(this.#lateness()), { once: true });
    });
    await Promise.race([work, late, this.#parts().lost]);
  }

  #lateness(): Error {
    if (this.#ending.signal.aborted) return this.#ending.signal.reason as Error;
    return this.#options.lostError("parts", `they were not up within ${this.#options.startSeconds} s.`);
  }
}
