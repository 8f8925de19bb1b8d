/** The kernel in WebAssembly, compiled from assembly/simulator.ts: its memory laid out, and views of it. One instance per simulator. @module */
import { exp, inverseNormal } from "../elementary.js";
import { KNOT_SECONDS } from "../loadgen/workload.js";
import { SIMULATOR_WASM } from "../wasm/simulator.js";
import { monthOf } from "./billing.js";
import { type CoreAddresses, modelNumbers } from "./core-model.js";
import {
  boundLogs,
  DECAY_SIZE,
  decayTable,
  GAMMA_SIZE,
  gammaTable,
  NORMAL_CELLS,
  NORMAL_TAIL,
  normalTable,
} from "./core-tables.js";
import { workFactor } from "./daily-swing.js";
import { BUCKETS, responseTable } from "./latency-table.js";
import type { StateLayout } from "./layout.js";
import type { SimulatorModel, TierModel } from "./model.js";
import { modelBounds } from "./recorded-latency.js";
import type { Rows } from "./rows.js";
import type { Traffic } from "./traffic.js";
import { TABLE_CELLS, waitingTable } from "./waiting-table.js";

/** Ticks that one call of `advance` can take. */
export const MOST_TICKS = 1024;

/** What the module exports: see assembly/simulator.ts. Addresses are in bytes. */
export interface CoreExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  allocate(bytes: number): number;
  configure(model: number): void;
  startReplicas(env: number, now: number): void;
  drawArrivals(
    env: number,
    ticks: number,
    knots: number,
    firstKnot: number,
    lastKnot: number,
    rates: number,
    counts: number,
  ): void;
  processAt(env: number, tick: number, now: number): void;
  finish(env: number, tick: number): void;
  advance(
    env: number,
    ticks: number,
    knots: number,
    firstKnot: number,
    lastKnot: number,
    rates: number,
    counts: number,
  ): void;
  collect(first: number, end: number, machines: number, started: number): void;
  demandTier(tier: number, wanted: number): void;
  poissonQuantile(u: number, mean: number): number;
  addGammaResponses(into: number, weight: number, mean: number, variance: number): void;
  makeBacklog(cohorts: number): number;
  serveBacklog(line: number, service: number): void;
  advanceBacklog(line: number, left: number, size: number, arrivals: number, out: number): number;
}

/** What the kernel asks for where every request is simulated by the host. */
export type HostTraffic = Pick<Traffic, "waitingOf" | "inFlightOf" | "takeUtilization" | "onReplica">;

/** The kernel's memory and functions. */
export class KernelCore {
  /** State of all environments, as `layoutState` lays it out. */
  readonly ints: Int32Array;
  readonly floats: Float64Array;
  /** The metric matrix: shape [rows, stride]. */
  readonly current: Float64Array;
  readonly present: Uint8Array;
  /** 1 for environments whose episode has begun. */
  readonly started: Uint8Array;
  /** Knots of the arrival rate that the ticks at hand need, written by the host: as many as {@link MOST_TICKS} ticks need. */
  readonly knots: Float64Array;
  /** Mean rates of these ticks, and the arrivals drawn from them: of length {@link MOST_TICKS}. */
  readonly rates: Float64Array;
  readonly counts: Float64Array;
  /** The module's functions, for what has no method here. */
  readonly exports: CoreExports;
  readonly #model: SimulatorModel;
  readonly #places: Places;
  readonly #bounds: Float64Array;
  /** Tables made so far, by tier. */
  readonly #tablesMade: Int32Array;

  constructor(
    model: SimulatorModel,
    rows: Rows,
    layout: StateLayout,
    numEnvs: number,
    stride: number,
    traffic?: HostTraffic,
  ) {
    this.#model = model;
    this.#bounds = modelBounds(model);
    this.#tablesMade = new Int32Array(model.tiers.length);
    this.exports = instantiate(this.#imports(traffic));
    const size = rows.schema.size * stride;
    const places = this.#allocate(layout, numEnvs, size);
    this.#places = places;
    const sizes = { stride, buckets: BUCKETS, cells: TABLE_CELLS, normalCells: NORMAL_CELLS, normalTail: NORMAL_TAIL };
    const numbers = modelNumbers(model, rows, layout, places, sizes, traffic !== undefined);
    const numbersAt = this.exports.allocate(8 * numbers.length);
    this.#viewOf(numbersAt, numbers.length).set(numbers);
    this.#viewOf(places.bounds, BUCKETS).set(this.#bounds);
    this.#viewOf(places.logBounds, BUCKETS).set(boundLogs(this.#bounds));
    this.#viewOf(places.normalTable, NORMAL_CELLS + 1).set(normalTable());
    this.#viewOf(places.decayTable, DECAY_SIZE).set(decayTable());
    this.exports.configure(numbersAt);
    // The module has all it needs now: its memory does not grow any more, and views of it stay valid.
    const { buffer } = this.exports.memory;
    this.ints = new Int32Array(buffer, places.ints, layout.ints * numEnvs);
    this.floats = this.#viewOf(places.floats, layout.floats * numEnvs);
    this.current = this.#viewOf(places.current, size);
    this.present = new Uint8Array(buffer, places.present, size).fill(1);
    this.started = new Uint8Array(buffer, places.started, numEnvs);
    this.knots = this.#viewOf(places.knots, this.#mostKnots);
    this.rates = this.#viewOf(places.rates, MOST_TICKS);
    this.counts = this.#viewOf(places.counts, MOST_TICKS);
  }

  /** Names the tiers whose histograms somebody reads. The entry's is always kept. */
  demandTier(tier: number, wanted: boolean): void {
    this.exports.demandTier(tier, wanted ? 1 : 0);
  }

  /** Has everything that is desired up and running. @param now - Model time, seconds. */
  startReplicas(env: number, now: number): void {
    this.exports.startReplicas(env, now);
  }

  /**
   * Moves an environment on by some ticks, for which {@link knots} holds knot `firstKnot` of the rates and those after it.
   * @param lastKnot - The last but one of the series.
   */
  advance(env: number, ticks: number, firstKnot: number, lastKnot: number): void {
    const { knots, rates, counts } = this.#places;
    this.exports.advance(env, ticks, knots, firstKnot, lastKnot, rates, counts);
  }

  /** Draws the arrivals of some ticks to {@link rates} and {@link counts}; see {@link advance}. */
  drawArrivals(env: number, ticks: number, firstKnot: number, lastKnot: number): void {
    const { knots, rates, counts } = this.#places;
    this.exports.drawArrivals(env, ticks, knots, firstKnot, lastKnot, rates, counts);
  }

  /** Does what is due at a tick. @param now - Its model time, seconds. */
  process(env: number, tick: number, now: number): void {
    this.exports.processAt(env, tick, now);
  }

  /** Ends ticks. @param tick - The one that follows. */
  finish(env: number, tick: number): void {
    this.exports.finish(env, tick);
  }

  /** Brings the gauges of environments `first` to `end - 1` up to date. @param machines - Whether the machines' own series are wanted. */
  collect(first: number, end: number, machines: boolean): void {
    this.exports.collect(first, end, machines ? 1 : 0, this.#places.started);
  }

  /** Sets memory aside. Tables by replicas and slots are made when they are needed; their room costs nothing until then. */
  #allocate(layout: StateLayout, numEnvs: number, size: number): Places {
    const { tiers } = this.#model;
    const allocate = (bytes: number): number => this.exports.allocate(bytes);
    return {
      ints: allocate(4 * layout.ints * numEnvs),
      floats: allocate(8 * layout.floats * numEnvs),
      current: allocate(8 * size),
      present: allocate(size),
      started: allocate(numEnvs),
      knots: allocate(8 * this.#mostKnots),
      rates: allocate(8 * MOST_TICKS),
      counts: allocate(8 * MOST_TICKS),
      bounds: allocate(8 * BUCKETS),
      logBounds: allocate(8 * BUCKETS),
      normalTable: allocate(8 * (NORMAL_CELLS + 1)),
      decayTable: allocate(8 * DECAY_SIZE),
      gammaTable: allocate(8 * GAMMA_SIZE),
      tables: tiers.map((tier) => allocate(4 * indexSize(tier))),
      tableRooms: tiers.map((tier) => allocate(TABLE_BYTES * roomFor(tier))),
    };
  }

  get #mostKnots(): number {
    return Math.ceil((MOST_TICKS * this.#model.tickSeconds) / KNOT_SECONDS) + 2;
  }

  #viewOf(address: number, length: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, address, length);
  }

  #imports(traffic: HostTraffic | undefined): object {
    const { tiers } = this.#model;
    const nothing = (): number => 0;
    return {
      env: { abort: nothing },
      host: {
        exp,
        inverseNormal,
        monthStart: (seconds: number): number => monthOf(seconds)[0],
        monthEnd: (seconds: number): number => monthOf(seconds)[1],
        workFactor: (tier: number, seconds: number): number => workFactor(tiers[tier]!.dailySwing!, seconds),
        fillTables: (tier: number, replicas: number, slots: number): void => this.#fillTables(tier, replicas, slots),
        fillGamma: (at: number): void => this.#viewOf(at, GAMMA_SIZE).set(gammaTable()),
        waitingOf: nothing,
        inFlightOf: nothing,
        takeUtilization: nothing,
        onReplica: nothing,
        ...traffic,
      },
    };
  }

  /** Makes the tables of a tier for so many replicas of so many slots. Where there is no room left, those of before are given up. */
  #fillTables(tier: number, replicas: number, slots: number): void {
    const model = this.#model.tiers[tier]!;
    const index = new Uint32Array(this.exports.memory.buffer, this.#places.tables[tier]!, indexSize(model));
    if (this.#tablesMade[tier] === roomFor(model)) {
      index.fill(0);
      this.#tablesMade[tier] = 0;
    }
    const address = this.#places.tableRooms[tier]! + TABLE_BYTES * this.#tablesMade[tier]!;
    const { factors, stretches } = waitingTable(replicas, slots);
    this.#viewOf(address, TABLE_ROWS).set(factors);
    this.#viewOf(address + 8 * TABLE_ROWS, TABLE_ROWS).set(stretches);
    if (model.serviceTimeVariation === 1) {
      const shares = responseTable(replicas, slots, 1 / model.serviceTimeSeconds, this.#bounds);
      const rows = this.#viewOf(address + 16 * TABLE_ROWS, TABLE_ROWS * PADDED_BUCKETS);
      for (let k = 0; k < shares.length; k++)
        rows[Math.floor(k / BUCKETS) * PADDED_BUCKETS + (k % BUCKETS)] = shares[k]!;
    }
    index[replicas * (mostSlots(model) + 1) + slots] = address;
    this.#tablesMade[tier] = this.#tablesMade[tier]! + 1;
  }
}

/** Addresses in the memory. */
interface Places extends CoreAddresses {
  readonly started: number;
  readonly knots: number;
  readonly rates: number;
  readonly counts: number;
  readonly tableRooms: readonly number[];
}

/** Rows of the tables for replicas of one kind. */
const TABLE_ROWS: number = TABLE_CELLS + 2;
/** Buckets with those that fill up a row of the table of responses. */
const PADDED_BUCKETS: number = BUCKETS + (BUCKETS % 2);
/** By row the factor of the wait and the stretch, then P(response ≤ bound) by bucket: float64. */
const TABLE_BYTES: number = 8 * TABLE_ROWS * (2 + PADDED_BUCKETS);

/** Slots of one replica at most. */
function mostSlots({ sizes }: TierModel): number {
  return Math.max(1, ...sizes.map(({ slots }) => slots));
}

/** Length of the index of a tier's tables. */
function indexSize(tier: TierModel): number {
  return (tier.maxReplicas + 1) * (mostSlots(tier) + 1);
}

/** Tables that there is room for at least, if so many can come up: address space, not memory. */
const ROOM = 512;

/** How many tables there is room for: all that can come up, or as many as replicas of one size can ask for and as many mixtures. */
function roomFor(tier: TierModel): number {
  return Math.min(indexSize(tier), Math.max(ROOM, 2 * tier.maxReplicas * tier.sizes.length));
}

/** The part of the global `WebAssembly` that is used; its types come with a browser's library only. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

let compiled: object | undefined;

function instantiate(imports: object): CoreExports {
  const api = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
  compiled ??= new api.Module(Buffer.from(SIMULATOR_WASM, "base64"));
  return new api.Instance(compiled, imports).exports as CoreExports;
}
