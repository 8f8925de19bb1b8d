/** The catalogue as a prom-client registry that reads its values off the newest scrape. @module */
import type { Metric as PromMetric, Registry } from "prom-client";
import { METRICS, type Metric, seriesNamesOf } from "../catalogue.js";
import { dropLabels, METRIC_NAME } from "../labels.js";
import type { SeriesScrape } from "../series-scrape.js";

/** One value, as prom-client's registry reads it. */
interface RegistryValue {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * A registry of every metric of the catalogue. prom-client is loaded when the first is made.
 *
 * Its own counters and histograms can only be added to; these show what the episode's series hold, whatever that is.
 * @param newest - The newest scrape, where there is one.
 */
export async function catalogueRegistry(newest: () => SeriesScrape | undefined): Promise<Registry> {
  const { Registry: PromRegistry } = await import("prom-client");
  const registry = new PromRegistry();
  for (const metric of METRICS) registry.registerMetric(readMetric(metric, newest));
  return registry;
}

/** A metric that is read, not counted: the part of prom-client's interface that a registry uses. */
function readMetric(metric: Metric, newest: () => SeriesScrape | undefined): PromMetric {
  const { name, help, type } = metric;
  const names = seriesNamesOf(metric);
  const read = {
    name,
    help,
    type,
    get: async () => ({ name, help, type, aggregator: "first" as const, values: valuesOf(names, newest()) }),
  };
  return read as unknown as PromMetric;
}

function valuesOf(names: readonly string[], scrape: SeriesScrape | undefined): RegistryValue[] {
  if (scrape === undefined) return [];
  const { schema, values, present, stride } = scrape;
  const found: RegistryValue[] = [];
  for (const metricName of names) {
    schema.labelSets.forEach((labels, i) => {
      if (labels.get(METRIC_NAME) !== metricName) return;
      if (schema.series[i]!.optional && present[i * stride] !== 1) return;
      const rest = Object.fromEntries(dropLabels(labels, [METRIC_NAME]));
      found.push({ metricName, labels: rest, value: values[i * stride]! });
    });
  }
  return found;
}
