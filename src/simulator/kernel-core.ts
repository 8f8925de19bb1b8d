/** The kernel in WebAssembly, compiled from assembly/simulator.ts: its memory laid out, and views of it. One instance per simulator. @module */
import { exp, inverseNormal } from "../elementary.js";
import { KNOT_SECONDS } from "../loadgen/workload.js";
import { monthOf } from "./billing.js";
import { type CoreExports, instantiateCore } from "./core-exports.js";
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
  TAIL_SIZE,
  tailTable,
} from "./core-tables.js";
import { workFactor } from "./daily-swing.js";
import { KERNEL_TABLE_LENGTH, kernelTable } from "./kernel-table.js";
import { BUCKETS } from "./latency-table.js";
import type { StateLayout } from "./layout.js";
import type { SimulatorModel, TierModel } from "./model.js";
import { modelBounds } from "./recorded-latency.js";
import type { Rows } from "./rows.js";
import type { Traffic } from "./traffic.js";
import { TABLE_CELLS } from "./waiting-table.js";

/** Ticks that there is room for in one call of `advance`. */
const MOST_TICKS = 1024;
/** Knots of the arrival rate that the kernel holds of each environment. */
export const KNOTS_HELD = 32;

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
  /** 1 for those in which a change was being applied when their gauges were brought up to date last. */
  readonly applying: Uint8Array;
  /** By environment, the last but one knot of its arrival rate. */
  readonly lastKnots: Int32Array;
  /** Knots of the arrival rate around the ticks at hand, written by the host: {@link KNOTS_HELD} of each environment. */
  readonly knots: Float64Array;
  /** By environment, the number of the first of them. */
  readonly firstKnots: Int32Array;
  /** Ticks that one call can take: what the knots reach for. */
  readonly mostTicks: number;
  /** Mean rates of these ticks, and the arrivals drawn from them: of length {@link MOST_TICKS}. */
  readonly rates: Float64Array;
  readonly counts: Float64Array;
  /** The module's functions, for what has no method here. */
  readonly exports: CoreExports;
  readonly #model: SimulatorModel;
  readonly #places: Places;
  readonly #bounds: Float64Array;
  readonly #skip: Uint8Array;
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
    const reach = Math.floor(((KNOTS_HELD - 2) * KNOT_SECONDS) / model.tickSeconds);
    this.mostTicks = Math.max(1, Math.min(MOST_TICKS, reach));
    this.exports = instantiateCore(this.#imports(traffic));
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
    this.#viewOf(places.tailTable, TAIL_SIZE).set(tailTable());
    this.#viewOf(places.decayTable, DECAY_SIZE).set(decayTable());
    this.exports.configure(numbersAt);
    // The module has all it needs now: its memory does not grow any more, and views of it stay valid.
    const { buffer } = this.exports.memory;
    this.ints = new Int32Array(buffer, places.ints, layout.ints * numEnvs);
    this.floats = this.#viewOf(places.floats, layout.floats * numEnvs);
    this.current = this.#viewOf(places.current, size);
    this.present = new Uint8Array(buffer, places.present, size).fill(1);
    this.started = new Uint8Array(buffer, places.started, numEnvs);
    this.applying = new Uint8Array(buffer, places.applying, numEnvs);
    this.lastKnots = new Int32Array(buffer, places.lastKnots, numEnvs);
    this.#skip = new Uint8Array(buffer, places.skip, numEnvs);
    this.knots = this.#viewOf(places.knots, KNOTS_HELD * numEnvs);
    this.firstKnots = new Int32Array(buffer, places.firstKnots, numEnvs);
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
   * Moves environments `first` to `end - 1` on by some ticks, at most {@link mostTicks}, whose rates {@link knots} holds.
   * @param skip - 1 for those that stand still.
   */
  advance(first: number, end: number, ticks: number, skip?: Uint8Array): void {
    const at = this.#places;
    if (skip !== undefined) this.#skip.set(skip);
    const skipped = skip === undefined ? 0 : at.skip;
    const { knots, firstKnots, lastKnots, rates, counts } = at;
    this.exports.advance(first, end, ticks, knots, KNOTS_HELD, firstKnots, lastKnots, skipped, rates, counts);
  }

  /** Draws the arrivals of some ticks to {@link rates} and {@link counts}. */
  drawArrivals(env: number, ticks: number): void {
    const { knots, rates, counts } = this.#places;
    const own = knots + 8 * KNOTS_HELD * env;
    this.exports.drawArrivals(env, ticks, own, this.firstKnots[env]!, this.lastKnots[env]!, rates, counts);
  }

  /** Does what is due at a tick. @param now - Its model time, seconds. */
  process(env: number, tick: number, now: number): void {
    this.exports.processAt(env, tick, now);
  }

  /** Ends ticks. @param tick - The one that follows. */
  finish(env: number, tick: number): void {
    this.exports.finish(env, tick);
  }

  /** Whether a change is still being applied. */
  isApplying(env: number): boolean {
    return this.exports.isApplying(env) !== 0;
  }

  /** Brings the gauges of environments `first` to `end - 1` up to date. @param machines - Whether the machines' own series are wanted. */
  collect(first: number, end: number, machines: boolean): void {
    this.exports.collect(first, end, machines ? 1 : 0, this.#places.started, this.#places.applying);
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
      applying: allocate(numEnvs),
      lastKnots: allocate(4 * numEnvs),
      skip: allocate(numEnvs),
      knots: allocate(8 * KNOTS_HELD * numEnvs),
      firstKnots: allocate(4 * numEnvs),
      rates: allocate(8 * MOST_TICKS),
      counts: allocate(8 * MOST_TICKS),
      bounds: allocate(8 * BUCKETS),
      logBounds: allocate(8 * BUCKETS),
      normalTable: allocate(8 * (NORMAL_CELLS + 1)),
      tailTable: allocate(8 * TAIL_SIZE),
      decayTable: allocate(8 * DECAY_SIZE),
      gammaTable: allocate(8 * GAMMA_SIZE),
      tables: tiers.map((tier) => allocate(4 * indexSize(tier))),
      tableRooms: tiers.map((tier) => allocate(8 * KERNEL_TABLE_LENGTH * roomFor(tier))),
    };
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
    const address = this.#places.tableRooms[tier]! + 8 * KERNEL_TABLE_LENGTH * this.#tablesMade[tier]!;
    const serviceRate = model.serviceTimeVariation === 1 ? 1 / model.serviceTimeSeconds : null;
    this.#viewOf(address, KERNEL_TABLE_LENGTH).set(kernelTable(replicas, slots, serviceRate, this.#bounds));
    index[replicas * (mostSlots(model) + 1) + slots] = address;
    this.#tablesMade[tier] = this.#tablesMade[tier]! + 1;
  }
}

/** Addresses in the memory. */
interface Places extends CoreAddresses {
  readonly started: number;
  readonly applying: number;
  readonly lastKnots: number;
  readonly skip: number;
  readonly knots: number;
  readonly firstKnots: number;
  readonly rates: number;
  readonly counts: number;
  readonly tableRooms: readonly number[];
}

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
