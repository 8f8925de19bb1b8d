/** Samples in text form as what queries are evaluated over. @module */
import { labelKey, labelSet, METRIC_NAME } from "../labels.js";
import { type SampledSeries, SampleSet, type SeriesSample } from "../promql/sample-set.js";
import type { MetricFamily } from "./family.js";

/**
 * The series of families.
 * @param timeSeconds - Time of the samples without a timestamp. Unit: seconds since 1970-01-01 UTC.
 */
export function sampleSetOf(families: readonly MetricFamily[], timeSeconds: number): SampleSet {
  const series = new Map<string, SampledSeries & { readonly samples: SeriesSample[] }>();
  for (const { samples } of families) {
    for (const { name, labels: own, value, timestampSeconds = timeSeconds } of samples) {
      const labels = labelSet([[METRIC_NAME, name], ...own]);
      const key = labelKey(labels);
      let known = series.get(key);
      if (known === undefined) {
        known = { labels, samples: [] };
        series.set(key, known);
      }
      known.samples.push({ t: Math.round(timestampSeconds * 1000), v: value });
    }
  }
  return new SampleSet(series.values());
}
