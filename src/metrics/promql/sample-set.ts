/** Samples of any series at any times, held in memory: what general queries are evaluated over. @module */
import { InvalidOptionError } from "../../errors.js";
import { compareLabels, formatLabels, type LabelSet, labelKey, labelSet } from "../labels.js";

/** One sample. */
export interface SeriesSample {
  /** Unit: milliseconds since 1970, a whole number. */
  readonly t: number;
  readonly v: number;
  /** Whether it is a staleness marker, which says that the series ended; `v` is ignored then. @defaultValue false */
  readonly stale?: boolean;
}

/** A series as it is put in: labels, the metric's name included as `__name__`, and samples in ascending order of time. */
export interface SampledSeries {
  readonly labels: LabelSet | Readonly<Record<string, string>>;
  readonly samples: Iterable<SeriesSample>;
}

/** A stored series, in columns. */
export interface StoredSeries {
  readonly labels: LabelSet;
  /** Times of all samples, staleness markers included. Unit: milliseconds. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** 1 where a sample is a staleness marker; null where none is. */
  readonly stale: Uint8Array | null;
  /** The same without staleness markers, as ranges see it. */
  readonly liveTimes: Float64Array;
  readonly liveValues: Float64Array;
}

/** An immutable set of series with their samples. */
export class SampleSet {
  /** In Prometheus's order of label sets. */
  readonly series: readonly StoredSeries[];

  /**
   * @throws InvalidOptionError when a series comes twice, or its samples are not in ascending order of time
   * @example
   * new SampleSet([{ labels: { __name__: "up", job: "web" }, samples: [{ t: 0, v: 1 }, { t: 15_000, v: 0 }] }]);
   */
  constructor(series: Iterable<SampledSeries>) {
    const stored = Array.from(series, storedSeries);
    stored.sort((a, b) => compareLabels(a.labels, b.labels));
    const seen = new Set<string>();
    for (const { labels } of stored) {
      const key = labelKey(labels);
      if (seen.has(key)) throw new InvalidOptionError("series", "series that come once each", formatLabels(labels));
      seen.add(key);
    }
    this.series = stored;
  }
}

function storedSeries({ labels, samples }: SampledSeries): StoredSeries {
  const set = labelSet(labels instanceof Map ? labels : Object.entries(labels));
  const all = [...samples];
  for (let k = 0; k < all.length; k++) {
    const { t } = all[k]!;
    if (!Number.isSafeInteger(t) || (k > 0 && t <= all[k - 1]!.t)) {
      throw new InvalidOptionError(`samples[${k}].t of ${formatLabels(set)}`, "whole milliseconds, ascending", t);
    }
  }
  const times = Float64Array.from(all, ({ t }) => t);
  const values = Float64Array.from(all, ({ v }) => v);
  if (!all.some(({ stale }) => stale)) {
    return { labels: set, times, values, stale: null, liveTimes: times, liveValues: values };
  }
  const live = all.filter(({ stale }) => !stale);
  return {
    labels: set,
    times,
    values,
    stale: Uint8Array.from(all, ({ stale }) => (stale ? 1 : 0)),
    liveTimes: Float64Array.from(live, ({ t }) => t),
    liveValues: Float64Array.from(live, ({ v }) => v),
  };
}

/** How many of ascending `times` lie before `time`, or, where `included`, at it or before. */
export function countUntil(times: Float64Array, time: number, included: boolean): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < time || (included && times[middle] === time)) low = middle + 1;
    else high = middle;
  }
  return low;
}
