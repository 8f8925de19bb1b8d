/** A whole episode's series, kept to be written down or queried afterwards. @module */
import { SnapshotMismatchError } from "../errors.js";
import { METRICS, seriesNamesOf } from "./catalogue.js";
import type { ExpositionSample, MetricFamily } from "./exposition/family.js";
import { dropLabels, type LabelSet, METRIC_NAME } from "./labels.js";
import type { SeriesSample } from "./promql/sample-set.js";
import type { SeriesSchema } from "./series.js";
import type { SeriesScrape } from "./series-scrape.js";

interface KeptScrape {
  readonly timeSeconds: number;
  readonly values: Float64Array;
  readonly present: Uint8Array;
}

/** Keeps every scrape it is told of: 9 bytes a series and scrape. */
export class SeriesRecorder {
  #schema: SeriesSchema | undefined;
  readonly #scrapes: KeptScrape[] = [];

  /** Number of scrapes kept. */
  get size(): number {
    return this.#scrapes.length;
  }

  /** Keeps a scrape. @throws SnapshotMismatchError when it shows other series than the first */
  add({ schema, timeSeconds, values, present, stride }: SeriesScrape): void {
    this.#schema ??= schema;
    if (schema !== this.#schema) {
      throw new SnapshotMismatchError(`the ${this.#schema.size} series of the first scrape`, `${schema.size} others`);
    }
    const kept = { timeSeconds, values: new Float64Array(schema.size), present: new Uint8Array(schema.size) };
    for (let i = 0; i < schema.size; i++) {
      kept.values[i] = values[i * stride]!;
      kept.present[i] = schema.series[i]!.optional ? present[i * stride]! : 1;
    }
    this.#scrapes.push(kept);
  }

  /** All samples with their times, as OpenMetrics's families in the catalogue's order. */
  families(): MetricFamily[] {
    const families: MetricFamily[] = [];
    for (const metric of METRICS) {
      const names = seriesNamesOf(metric);
      const samples = names.flatMap((name) => this.#samplesNamed(name));
      if (samples.length === 0) continue;
      const name = metric.type === "counter" ? metric.name.replace(/_total$/, "") : metric.name;
      families.push({ name, type: metric.type, help: metric.help, samples });
    }
    return families;
  }

  /** All series with their samples, ready for a `SampleSet`; one that a scrape lacks is stale from then on. */
  series(): { readonly labels: LabelSet; readonly samples: readonly SeriesSample[] }[] {
    const labelSets = this.#schema?.labelSets ?? [];
    return labelSets
      .map((labels, i) => ({ labels, samples: this.#column(i) }))
      .filter(({ samples }) => samples.length > 0);
  }

  #samplesNamed(name: string): ExpositionSample[] {
    const labelSets = this.#schema?.labelSets ?? [];
    return labelSets.flatMap((set, i) => {
      if (set.get(METRIC_NAME) !== name) return [];
      const labels = dropLabels(set, [METRIC_NAME]);
      return this.#scrapes
        .filter(({ present }) => present[i] === 1)
        .map(({ timeSeconds, values }) => ({ name, labels, value: values[i]!, timestampSeconds: timeSeconds }));
    });
  }

  #column(i: number): SeriesSample[] {
    const samples: SeriesSample[] = [];
    let wasPresent = false;
    for (const { timeSeconds, values, present } of this.#scrapes) {
      const t = Math.round(timeSeconds * 1000);
      if (present[i] === 1) samples.push({ t, v: values[i]! });
      else if (wasPresent) samples.push({ t, v: Number.NaN, stale: true });
      wasPresent = present[i] === 1;
    }
    return samples;
  }
}
