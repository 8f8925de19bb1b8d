/** One environment's samples of a series store, as the general evaluation reads them. @module */
import type { LabelSet } from "../labels.js";
import type { SeriesSchema } from "../series.js";
import type { SeriesStore } from "../series-store.js";
import type { StoredSeries } from "./sample-set.js";

type Loaded = { -readonly [K in keyof StoredSeries]: StoredSeries[K] };

/** Where a series lies, and memory for its samples. */
interface Row {
  readonly row: number;
  /** Row of the presence mask, or -1. */
  readonly optional: number;
  readonly series: Loaded;
  readonly values: Float64Array;
  readonly stale: Uint8Array;
}

/** Some series of a store; `load` fills them with the newest samples of one environment. */
export class StoreView {
  /** In Prometheus's order of label sets. The objects stay, their arrays change. */
  readonly series: readonly StoredSeries[];
  readonly #store: SeriesStore;
  readonly #rows: readonly Row[];
  readonly #times: Float64Array;

  /**
   * @param indices - Schema indices of the series, all of them recorded, in Prometheus's order.
   * @param samples - How many samples to read of each, at most; no more than a ring holds.
   */
  constructor(store: SeriesStore, schema: SeriesSchema, indices: readonly number[], samples: number) {
    const depth = Math.min(samples, store.ring);
    this.#store = store;
    this.#times = new Float64Array(depth);
    this.#rows = indices.map((index) => {
      const row = store.recorded.indexOf(index);
      const optional = store.optionalRow[row]!;
      const values = new Float64Array(depth);
      return { row, optional, series: emptySeries(schema.labelSets[index]!), values, stale: new Uint8Array(depth) };
    });
    this.series = this.#rows.map(({ series }) => series);
  }

  /** Reads an environment's samples. @returns the time of its newest one in milliseconds, or undefined where it has none */
  load(env: number): number | undefined {
    const { count, start, scrapeSeconds } = this.#store;
    const newest = count[env]!;
    if (newest === 0) return undefined;
    const timeOf = (number: number): number => Math.round((start[env]! + (number - 1) * scrapeSeconds) * 1000);
    const size = Math.min(newest, this.#times.length);
    for (let k = 0; k < size; k++) this.#times[k] = timeOf(newest - size + 1 + k);
    for (const row of this.#rows) this.#fill(row, env, size);
    return timeOf(newest);
  }

  #fill({ row, optional, series, values, stale }: Row, env: number, size: number): void {
    const { position, ring, numEnvs, values: samples, present } = this.#store;
    const times = firstOf(this.#times, size);
    let gaps = 0;
    for (let k = 0; k < size; k++) {
      const place = (position[env]! - (size - 1 - k)) & (ring - 1);
      values[k] = samples[(row * ring + place) * numEnvs + env]!;
      stale[k] = optional < 0 ? 0 : 1 - present[(optional * ring + place) * numEnvs + env]!;
      gaps += stale[k]!;
    }
    series.times = times;
    series.values = firstOf(values, size);
    series.stale = gaps === 0 ? null : stale;
    if (gaps === 0) {
      series.liveTimes = times;
      series.liveValues = series.values;
    } else {
      series.liveTimes = times.filter((_, k) => stale[k] === 0);
      series.liveValues = series.values.filter((_, k) => stale[k] === 0);
    }
  }
}

function emptySeries(labels: LabelSet): Loaded {
  const none = new Float64Array(0);
  return { labels, times: none, values: none, stale: null, liveTimes: none, liveValues: none };
}

function firstOf(array: Float64Array, size: number): Float64Array {
  return array.length === size ? array : array.subarray(0, size);
}
