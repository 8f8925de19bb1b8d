/** The backend `simulated`: a queueing model of the graph, in virtual time. @module */
import { ClosedError, SnapshotMismatchError } from "../errors.js";
import type { InfraGraph } from "../infra/infra-graph.js";
import type { QueryProgram } from "../metrics/index.js";
import type { ScrapeListener } from "../metrics/series-scrape.js";
import { desiredStateOf, modelOfGraph } from "../simulator/from-graph.js";
import type { DesiredState, SimulatorModel } from "../simulator/model.js";
import type { ActualResource, Backend, BackendSnapshot, BackendStatus, Components, Episode, World } from "./backend.js";
import type { PlaneMeasurement } from "./plane-measurement.js";
import { compileForModel, type PlaneState, SimulatedPlane } from "./simulated-plane.js";
import { servicesOfProfile } from "./simulation-profile.js";

/** What was made beforehand for a world, so that many environments of one definition share it. */
export interface PreparedWorld {
  readonly model: SimulatorModel;
  readonly program: QueryProgram;
}

/** Makes the model and compiles the queries of a world. @throws InvalidDefinitionError, InvalidQueryError, UnknownMetricError */
export function prepareWorld(world: World): PreparedWorld {
  const { tickSeconds, clientTimeoutSeconds, balancing, profile, timeScale } = world.simulation;
  const lifecycle = { ...profile?.lifecycle, ...world.simulation.lifecycle };
  const model = modelOfGraph({
    ...world,
    services: servicesOfProfile(world.services, profile),
    lifecycle,
    plumbingSeconds: profile?.plumbingSeconds ?? 0,
    ...(timeScale === undefined ? {} : { timeScale }),
    ...(tickSeconds === undefined ? {} : { tickSeconds }),
    ...(clientTimeoutSeconds === undefined ? {} : { clientTimeoutSeconds }),
    ...(balancing === undefined ? {} : { balancing }),
  });
  return { model, program: compileForModel({ ...world, model }) };
}

const SIMULATED: Components = Object.freeze({
  terraform: "simulated",
  provider: "simulated",
  prometheus: "embedded",
  loadBalancer: "simulated",
  load: "simulated",
  droplets: "simulated",
});

interface SimulatedState {
  readonly plane: PlaneState;
  readonly generation: number;
}

/** One simulated world. */
export class SimulatedBackend implements Backend {
  readonly name = "simulated";
  readonly clock = "virtual";
  readonly components: Components = SIMULATED;
  readonly lateSeconds = 0;
  readonly staleQueries: readonly number[] = NOTHING_STALE;
  readonly #prepared: PreparedWorld | undefined;
  readonly #states = new WeakMap<InfraGraph, DesiredState>();
  #world: World | undefined;
  #plane: SimulatedPlane | undefined;
  #graph: InfraGraph | undefined;
  /** What was desired in a state put back, until `apply` is called. */
  #restored: DesiredState | undefined;
  #generation = 0;
  #listener: ScrapeListener | undefined;
  #values: Float64Array = new Float64Array(0);

  constructor(prepared?: PreparedWorld) {
    this.#prepared = prepared;
  }

  async open(world: World): Promise<void> {
    this.openNow(world);
  }

  /** The same as `open`, at once. */
  openNow(world: World): void {
    const { model, program } = this.#prepared ?? prepareWorld(world);
    this.#world = world;
    this.#plane = new SimulatedPlane({ ...world, model, numEnvs: 1, kind: world.simulation.model ?? "fluid" }, program);
    this.#values = this.#plane.values;
    if (this.#listener !== undefined) this.#plane.watch(this.#listener);
  }

  /** Has every scrape from the next one on told to a listener, with all series, whether a query needs them or not; undefined ends it. */
  watch(listener: ScrapeListener | undefined): void {
    this.#listener = listener;
    this.#plane?.watch(listener);
  }

  reset({ seed, series, graph }: Episode): void {
    this.#graph = graph;
    this.#restored = undefined;
    this.#generation = 0;
    this.#running().reset(0, { seed, series, state: this.#stateOf(graph) });
  }

  apply(graph: InfraGraph): { readonly generation: number } {
    if (graph === this.#graph) return { generation: this.#generation };
    const state = this.#stateOf(graph);
    const isAsRestored = this.#restored !== undefined && isSameState(state, this.#restored);
    this.#graph = graph;
    this.#restored = undefined;
    if (!isAsRestored) {
      this.#generation++;
      this.#running().desire(0, state);
    }
    return { generation: this.#generation };
  }

  advance(): void {
    this.#running().advance();
  }

  observe(): Float64Array {
    return this.#values;
  }

  measure(final: boolean): PlaneMeasurement {
    return this.#running().measurement.at(0, final);
  }

  get timeSeconds(): number {
    return this.#running().simulator.timeOf(0);
  }

  get totalCostUsd(): number {
    return this.#running().measurement.totalCostUsd;
  }

  resources(): readonly ActualResource[] {
    const { simulator } = this.#running();
    const { rows, current, model } = simulator;
    return model.tiers.map((tier, t) => ({
      address: tier.service.resource,
      size: simulator.sizeOf(0, t),
      desired: current[rows.tiers[t]!.desired]!,
      ready: current[rows.tiers[t]!.ready]!,
      pending: simulator.pendingOf(0, t),
    }));
  }

  status(): BackendStatus {
    const applying = this.#running().simulator.isApplying(0);
    return {
      desiredGeneration: this.#generation,
      appliedGeneration: applying ? this.#generation - 1 : this.#generation,
      failures: NO_FAILURES,
    };
  }

  snapshot(): BackendSnapshot {
    const state: SimulatedState = { plane: this.#running().snapshot(0), generation: this.#generation };
    return { backend: this.name, state };
  }

  restore({ backend, state }: BackendSnapshot): void {
    if (backend !== this.name) throw new SnapshotMismatchError(this.name, backend);
    const { plane, generation } = state as SimulatedState;
    this.#running().restore(0, plane);
    // Which graph it was, the next `apply` says.
    this.#graph = undefined;
    this.#restored = plane.simulator.desired;
    this.#generation = generation;
  }

  async close(): Promise<void> {
    this.#plane = undefined;
  }

  #running(): SimulatedPlane {
    if (this.#plane === undefined)
      throw new ClosedError(this.#world === undefined ? "The backend simulated" : this.#world.id);
    return this.#plane;
  }

  #stateOf(graph: InfraGraph): DesiredState {
    let state = this.#states.get(graph);
    if (state === undefined) {
      state = desiredStateOf(graph, this.#running().simulator.model);
      this.#states.set(graph, state);
    }
    return state;
  }
}

function isSameState(a: DesiredState, b: DesiredState): boolean {
  const isSame = (x: Int32Array, y: Int32Array): boolean => x.every((value, t) => value === y[t]);
  return a.loadBalancerNodes === b.loadBalancerNodes && isSame(a.replicas, b.replicas) && isSame(a.sizes, b.sizes);
}

const NO_FAILURES: BackendStatus["failures"] = Object.freeze([]);

const NOTHING_STALE: readonly number[] = Object.freeze([]);
