/** Samples of many environments as columnar rings, [series][ring][environment]. @module */
import { InvalidOptionError, SnapshotMismatchError } from "../errors.js";
import { bytesFor, ColumnMemory } from "./column-memory.js";
import { historyBytes, ResultHistory, type ResultHistoryOptions } from "./result-history.js";
import { optionalRows, ringOfSamples } from "./ring-shape.js";

/** What a {@link SeriesStore} keeps. A query program fills this in. */
export interface SeriesStoreOptions {
  /** Number of environments, and the stride of all arrays. */
  readonly numEnvs: number;
  /** Schema indices of the series to keep. */
  readonly recorded: Int32Array;
  /** Per row of `recorded`: 1 where resets to a lower value are looked for. */
  readonly counters: Uint8Array;
  /** Per row of `recorded`: 1 where the series can be absent. */
  readonly optional: Uint8Array;
  /** Samples to keep per series. An integer from 1; rounded up to a power of two. */
  readonly ringSamples: number;
  /** Time between two samples. Unit: seconds. */
  readonly scrapeSeconds: number;
  /** Earlier results to keep. */
  readonly history: ResultHistoryOptions;
  /** Queries that are evaluated over the store. @defaultValue 0 */
  readonly queries?: number;
  /** Room in the memory for what evaluates them. Unit: bytes. @defaultValue 0 */
  readonly room?: number;
}

/** A store's state, or one environment's: plain typed arrays. */
export interface SeriesStoreSnapshot {
  readonly numEnvs: number;
  readonly position: Int32Array;
  readonly count: Int32Array;
  readonly start: Float64Array;
  readonly values: Float64Array;
  readonly present: Uint8Array;
  readonly lastReset: Int32Array;
  readonly presentSince: Int32Array;
  readonly results: Float64Array;
  readonly resultsPresent: Uint8Array;
  readonly resultsAt: Int32Array;
}

/**
 * Rings of samples on an aligned grid: sample k of an environment is at its start + k · scrapeSeconds.
 *
 * A series that a scrape lacks is stale at once, as where Prometheus writes a staleness marker. Sample numbers count from 1 after `reset`.
 */
export class SeriesStore {
  /** Holds all arrays of the store, and whatever takes the room that is left. @internal */
  readonly memory: ColumnMemory;
  readonly numEnvs: number;
  readonly recorded: Int32Array;
  readonly scrapeSeconds: number;
  /** Rows of a ring, a power of two. */
  readonly ring: number;
  /** Samples since `reset`. Int32Array of shape [numEnvs]. */
  readonly count: Int32Array;
  /** Ring row of the newest sample, or -1. Int32Array of shape [numEnvs]. */
  readonly position: Int32Array;
  /** Model time of the first sample. Unit: seconds. Float64Array of shape [numEnvs]. */
  readonly start: Float64Array;
  /** Float64Array of shape [recorded, ring, numEnvs]. */
  readonly values: Float64Array;
  /** Uint8Array of shape [optional series, ring, numEnvs]. */
  readonly present: Uint8Array;
  /** Number of the newest sample at which a counter that is never absent fell; 0 without one. Int32Array of shape [numEnvs]. */
  readonly lastReset: Int32Array;
  /** Number of the sample since which a series is present without a gap or a counter reset; negated, since which it is absent. Int32Array of shape [optional series, numEnvs]. */
  readonly presentSince: Int32Array;
  /** Per row of `recorded`: row of `present` and `presentSince`, or -1. */
  readonly optionalRow: Int32Array;
  /** Where `QueryProgram.evaluate` puts values unless told otherwise: Float64Array of shape [queries, numEnvs]. */
  readonly results: Float64Array;
  /** Earlier results of shared expressions. */
  readonly history: ResultHistory;
  readonly #optional: Int32Array;
  readonly #isCounter: Uint8Array;
  /** Where the rings of the counters that are never absent begin. */
  readonly #counters: Int32Array;
  #lead = -1;
  #rows: RowViews | undefined;

  constructor(options: SeriesStoreOptions) {
    const { numEnvs, recorded, counters, optional, ringSamples } = options;
    if (!Number.isInteger(numEnvs) || numEnvs < 1)
      throw new InvalidOptionError("numEnvs", "an integer from 1", numEnvs);
    this.numEnvs = numEnvs;
    this.recorded = recorded;
    this.scrapeSeconds = options.scrapeSeconds;
    this.ring = ringOfSamples(ringSamples);
    const rows = Int32Array.from(recorded.keys());
    this.optionalRow = optionalRows(optional);
    this.#optional = rows.filter((row) => optional[row] === 1);
    this.#isCounter = counters;
    const neverAbsent = rows.filter((row) => counters[row] === 1 && optional[row] === 0);
    const column = this.ring * numEnvs;
    const optionals = this.#optional.length;
    const { history, queries = 0, room = 0 } = options;
    this.memory = new ColumnMemory(
      bytesFor(8, numEnvs, recorded.length * column, queries * numEnvs) +
        bytesFor(4, numEnvs, numEnvs, numEnvs, optionals * numEnvs, neverAbsent.length) +
        bytesFor(1, optionals * column) +
        historyBytes(history, numEnvs) +
        room,
    );
    const { memory } = this;
    this.count = memory.int32(numEnvs);
    this.position = memory.int32(numEnvs).fill(-1);
    this.start = memory.float64(numEnvs);
    this.values = memory.float64(recorded.length * column);
    this.present = memory.uint8(optionals * column);
    this.lastReset = memory.int32(numEnvs);
    this.presentSince = memory.int32(optionals * numEnvs);
    this.#counters = memory.int32(neverAbsent.length);
    this.#counters.set(neverAbsent.map((row) => row * column));
    this.results = memory.float64(queries * numEnvs);
    this.history = new ResultHistory(history, numEnvs, memory);
    const { ring, count, position, lastReset, presentSince, start, values, present } = this;
    memory.place({ numEnvs, ring, count, position, lastReset, presentSince, start });
    memory.place({ samples: values, samplesPresent: present, results: this.results });
  }

  /**
   * Forgets an environment's samples. Its next sample is its first.
   * @param startSeconds - Model time of that sample, for `time()`. Unit: seconds.
   */
  reset(env: number, startSeconds = 0): void {
    const { numEnvs } = this;
    this.count[env] = 0;
    this.start[env] = startSeconds;
    this.lastReset[env] = 0;
    for (let i = env; i < this.presentSince.length; i += numEnvs) this.presentSince[i] = 0;
    this.history.reset(env);
  }

  /**
   * Appends a sample for environments [firstEnv, endEnv).
   *
   * An environment that was just reset takes the ring row of the others, so that all stay in line: scrape it after them, or with them.
   * @param current - Values of all series of the schema. Shape [schema series, numEnvs]; only the recorded rows are read.
   * @param present - Which of them are present, in the same shape, or null where all are. Read for optional series only.
   */
  scrape(current: Float64Array, present: Uint8Array | null, firstEnv = 0, endEnv: number = this.numEnvs): void {
    this.#advance(firstEnv, endEnv);
    const { position } = this;
    for (let first = firstEnv, end = firstEnv + 1; first < endEnv; first = end++) {
      while (end < endEnv && position[end] === position[first]) end++;
      this.#write(current, first, end);
      if (this.#optional.length > 0) this.#writePresence(present, first, end);
    }
  }

  /** A copy of the whole state, or of one environment's. */
  snapshot(env?: number): SeriesStoreSnapshot {
    const column = <T extends StateArray>(array: T): T =>
      env === undefined ? (array.slice() as T) : (columnOf(array, env, this.numEnvs) as T);
    const { history } = this;
    return {
      numEnvs: env === undefined ? this.numEnvs : 1,
      position: column(this.position),
      count: column(this.count),
      start: column(this.start),
      values: column(this.values),
      present: column(this.present),
      lastReset: column(this.lastReset),
      presentSince: column(this.presentSince),
      results: column(history.values),
      resultsPresent: column(history.present),
      resultsAt: column(history.at),
    };
  }

  /**
   * Puts a state back: the whole, or one environment's into `env`.
   * @throws SnapshotMismatchError when the shapes differ
   */
  restore(snapshot: SeriesStoreSnapshot, env?: number): void {
    const expected = env === undefined ? this.numEnvs : 1;
    const size = (this.values.length / this.numEnvs) * expected;
    if (snapshot.numEnvs !== expected || snapshot.values.length !== size) {
      throw new SnapshotMismatchError(
        `a series store of ${expected} environments and ${size} samples`,
        `${snapshot.numEnvs} environments and ${snapshot.values.length} samples`,
      );
    }
    const { history, numEnvs } = this;
    const put = (target: StateArray, source: StateArray): void => {
      if (env === undefined) target.set(source);
      else for (let i = 0; i < source.length; i++) target[i * numEnvs + env] = source[i]!;
    };
    put(this.position, snapshot.position);
    put(this.count, snapshot.count);
    put(this.start, snapshot.start);
    put(this.values, snapshot.values);
    put(this.present, snapshot.present);
    put(this.lastReset, snapshot.lastReset);
    put(this.presentSince, snapshot.presentSince);
    put(history.values, snapshot.results);
    put(history.present, snapshot.resultsPresent);
    put(history.at, snapshot.resultsAt);
    this.#lead = this.position[env ?? 0]!;
  }

  /** Moves positions on. Environments that were reset join the row of the others. */
  #advance(firstEnv: number, endEnv: number): void {
    const { count, position } = this;
    const mask = this.ring - 1;
    let lead = Math.max(this.#lead, 0);
    for (let e = firstEnv; e < endEnv; e++) {
      if (count[e]! === 0) continue;
      lead = (position[e]! + 1) & mask;
      break;
    }
    this.#lead = lead;
    for (let e = firstEnv; e < endEnv; e++) {
      position[e] = count[e]! === 0 ? lead : (position[e]! + 1) & mask;
      count[e] = count[e]! + 1;
    }
  }

  /** Writes the samples of environments that share a ring row. */
  #write(current: Float64Array, firstEnv: number, endEnv: number): void {
    const { recorded, values, numEnvs, ring } = this;
    const place = this.position[firstEnv]! * numEnvs;
    const before = ((this.position[firstEnv]! - 1) & (ring - 1)) * numEnvs;
    if (endEnv - firstEnv === 1) {
      const column = ring * numEnvs;
      for (let k = 0, to = place + firstEnv; k < recorded.length; k++, to += column) {
        values[to] = current[recorded[k]! * numEnvs + firstEnv]!;
      }
    } else if (endEnv - firstEnv < FEW) {
      for (let k = 0; k < recorded.length; k++) {
        const from = recorded[k]! * numEnvs;
        const to = k * ring * numEnvs + place;
        for (let e = firstEnv; e < endEnv; e++) values[to + e] = current[from + e]!;
      }
    } else {
      const rows = this.#rowsOf(current, firstEnv, endEnv);
      for (let k = 0; k < rows.length; k++) values.set(rows[k]!, k * ring * numEnvs + place + firstEnv);
    }
    this.memory.markFallen(this.#counters, place, before, firstEnv, endEnv);
  }

  /** The recorded rows of a matrix: views, made again only where they are of other environments or another matrix than the last ones. */
  #rowsOf(current: Float64Array, firstEnv: number, endEnv: number): readonly Float64Array[] {
    const known = this.#rows;
    if (known?.current === current && known.firstEnv === firstEnv && known.endEnv === endEnv) return known.views;
    const { numEnvs } = this;
    const views = Array.from(this.recorded, (row) =>
      current.subarray(row * numEnvs + firstEnv, row * numEnvs + endEnv),
    );
    this.#rows = { current, firstEnv, endEnv, views };
    return views;
  }

  #writePresence(present: Uint8Array | null, firstEnv: number, endEnv: number): void {
    const { recorded, values, count, presentSince, numEnvs } = this;
    const optional = this.#optional;
    const column = this.ring * numEnvs;
    const place = this.position[firstEnv]! * numEnvs;
    const before = ((this.position[firstEnv]! - 1) & (this.ring - 1)) * numEnvs;
    for (let i = 0; i < optional.length; i++) {
      const row = optional[i]!;
      const from = recorded[row]! * numEnvs;
      const since = i * numEnvs;
      const isCounter = this.#isCounter[row] === 1;
      for (let e = firstEnv; e < endEnv; e++) {
        const here = present === null ? 1 : present[from + e]!;
        this.present[i * column + place + e] = here;
        const fell = isCounter && values[row * column + place + e]! < values[row * column + before + e]!;
        const known = presentSince[since + e]!;
        if (here === 0) presentSince[since + e] = known < 0 ? known : -count[e]!;
        else if (known <= 0 || fell) presentSince[since + e] = count[e]!;
      }
    }
  }
}

/** Rows of a matrix, from one environment to before another. */
interface RowViews {
  readonly current: Float64Array;
  readonly firstEnv: number;
  readonly endEnv: number;
  readonly views: readonly Float64Array[];
}

/** Fewer environments than these are copied one by one, which is faster than by views. */
const FEW = 16;

type StateArray = Float64Array | Int32Array | Uint8Array;

function columnOf(array: StateArray, env: number, numEnvs: number): StateArray {
  const make = array.constructor as new (length: number) => StateArray;
  const column = new make(array.length / numEnvs);
  for (let i = 0; i < column.length; i++) column[i] = array[i * numEnvs + env]!;
  return column;
}
