/** Simulated services of N environments with their metrics: what `InfraVectorEnv` runs on, and, with N = 1, the backend `simulated`. @module */
import { InvalidOptionError } from "../errors.js";
import type { ColumnMemory } from "../metrics/column-memory.js";
import { compileQueries, type PromqlProfile, type QueryProgram } from "../metrics/index.js";
import type { ScrapeListener } from "../metrics/series-scrape.js";
import type { SeriesStore, SeriesStoreSnapshot } from "../metrics/series-store.js";
import { createSimulator, type SimulatorKind } from "../simulator/create-simulator.js";
import type { DesiredState, SimulatorModel } from "../simulator/model.js";
import { layoutRows } from "../simulator/rows.js";
import type { Simulator, SimulatorEpisode, SimulatorState } from "../simulator/simulator.js";
import { PlaneMeasurement } from "./plane-measurement.js";

/** What a {@link SimulatedPlane} needs. */
export interface SimulatedPlaneOptions {
  readonly model: SimulatorModel;
  readonly numEnvs: number;
  /** PromQL queries, each giving one value. */
  readonly queries: readonly string[];
  readonly profile: PromqlProfile;
  readonly stepSeconds: number;
  readonly scrapeSeconds: number;
  /** @defaultValue "fluid" */
  readonly kind?: SimulatorKind;
  /** Room to leave in {@link SimulatedPlane.memory}. Unit: bytes. @defaultValue 0 */
  readonly room?: number;
}

/** One environment's state. */
export interface PlaneState {
  readonly simulator: SimulatorState;
  readonly store: SeriesStoreSnapshot;
  readonly measurement: Float64Array;
}

/** Compiles queries against the series of a model. @throws InvalidQueryError, UnknownMetricError, InvalidOptionError */
export function compileForModel(options: Omit<SimulatedPlaneOptions, "numEnvs" | "kind">): QueryProgram {
  const { model, queries, profile, stepSeconds, scrapeSeconds } = options;
  if (scrapeSeconds % model.tickSeconds !== 0) {
    throw new InvalidOptionError(
      "scrapeSeconds",
      `a multiple of the tick, ${model.tickSeconds} (seconds)`,
      scrapeSeconds,
    );
  }
  return compileQueries(queries, layoutRows(model).schema, { profile, stepSeconds, scrapeSeconds });
}

/** N environments in lockstep: one call of `advance` is one step of all of them. */
export class SimulatedPlane {
  readonly simulator: Simulator;
  readonly program: QueryProgram;
  /** Raw values of the queries after the last step: float64 of shape [queries, stride]. Overwritten by the next. */
  readonly values: Float64Array;
  /** Has the values. */
  readonly memory: ColumnMemory;
  /** Row length of `values`. */
  readonly stride: number;
  /** The last step's measurements; `at(env)` points it at an environment. */
  readonly measurement: PlaneMeasurement;
  readonly #store: SeriesStore;
  readonly #ticksPerScrape: number;
  readonly #scrapesPerStep: number;
  #listener: ScrapeListener | undefined;

  /** @param program - The compiled queries, where there are some already. */
  constructor(options: SimulatedPlaneOptions, program: QueryProgram = compileForModel(options)) {
    const { model, numEnvs, stepSeconds, scrapeSeconds } = options;
    this.simulator = createSimulator(model, numEnvs, options.kind);
    this.stride = this.simulator.stride;
    this.program = program;
    this.simulator.demand(program.recorded);
    this.#store = program.createStore(this.stride, options.room);
    this.memory = this.#store.memory;
    this.values = this.#store.results;
    this.#ticksPerScrape = scrapeSeconds / model.tickSeconds;
    this.#scrapesPerStep = stepSeconds / scrapeSeconds;
    this.measurement = new PlaneMeasurement(this.simulator, stepSeconds);
  }

  /** Has the first environment's scrapes told to a listener, all its series brought up to date for it. */
  watch(listener: ScrapeListener | undefined): void {
    const all = Int32Array.from({ length: this.simulator.schema.size }, (_, row) => row);
    this.simulator.demand(listener === undefined ? this.program.recorded : all);
    this.#listener = listener;
  }

  /** Starts an episode in one environment, takes its first scrape, and evaluates the queries. */
  reset(env: number, episode: SimulatorEpisode): void {
    this.#start(env, episode);
    this.#store.scrape(this.simulator.current, this.simulator.present, env, env + 1);
    if (this.#listener !== undefined && env === 0) this.#tell(this.#listener);
    this.program.evaluate(this.#store, this.values, env, env + 1);
  }

  /** Starts an episode whose first scrape is that of the others' next one: to be called before `advance`, with `starting[env]` set. */
  resetWithNext(env: number, episode: SimulatorEpisode): void {
    this.#start(env, episode);
  }

  #start(env: number, episode: SimulatorEpisode): void {
    this.simulator.reset(env, episode);
    this.measurement.reset(env);
    this.#store.reset(env, episode.series.startSeconds);
  }

  /** See {@link Simulator.desire}. */
  desire(env: number, state: DesiredState): void {
    this.simulator.desire(env, state);
  }

  /**
   * Moves all environments on by one step and evaluates the queries.
   * @param starting - 1 for environments that have just been reset: they stand still and take their first scrape.
   */
  advance(starting?: Uint8Array): void {
    const { simulator } = this;
    const { numEnvs } = simulator;
    this.measurement.begin();
    for (let scrape = 1; scrape <= this.#scrapesPerStep; scrape++) {
      simulator.advance(0, numEnvs, this.#ticksPerScrape, starting);
      simulator.collect(0, numEnvs);
      if (starting !== undefined && scrape === this.#scrapesPerStep) this.#forget(starting);
      this.#store.scrape(simulator.current, simulator.present, 0, numEnvs);
      if (this.#listener !== undefined) this.#tell(this.#listener);
    }
    this.measurement.end();
    this.program.evaluate(this.#store, this.values, 0, numEnvs);
  }

  #tell(listener: ScrapeListener): void {
    const { schema, current, present, stride } = this.simulator;
    listener({ schema, timeSeconds: this.simulator.timeOf(0), values: current, present, stride });
  }

  #forget(starting: Uint8Array): void {
    for (let env = 0; env < starting.length; env++) {
      if (starting[env] === 1) this.#store.reset(env, this.simulator.timeOf(env));
    }
  }

  snapshot(env: number): PlaneState {
    return {
      simulator: this.simulator.snapshot(env),
      store: this.#store.snapshot(env),
      measurement: this.measurement.snapshot(env),
    };
  }

  /** Puts a state back. @throws SnapshotMismatchError */
  restore(env: number, state: PlaneState): void {
    this.simulator.restore(env, state.simulator);
    this.#store.restore(state.store, env);
    this.measurement.restore(env, state.measurement);
  }
}
