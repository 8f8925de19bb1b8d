/** Evaluates one query over samples written down in a test. @module */
import type { PromqlProfile } from "../../../src/metrics/promql/sample-window.js";
import { compileQueries } from "../../../src/metrics/query-program.js";
import { SeriesSchema, type SeriesSpec } from "../../../src/metrics/series.js";

/** Samples of series, oldest first and 10 s apart, all with their last at the time of evaluation; null where a scrape lacks the series. */
export type Samples = Readonly<Record<string, readonly (number | null)[]>>;

/** The value of a query after the last sample; NaN where it is empty. Series are named as `name{label="value"}`. */
export function evaluate(
  query: string,
  samples: Samples,
  profile: PromqlProfile = "prom3",
  scrapeSeconds = 10,
): number {
  const length = Math.max(...Object.values(samples).map((column) => column.length));
  const columns = Object.values(samples).map((column) => [
    ...new Array<null>(length - column.length).fill(null),
    ...column,
  ]);
  const schema = new SeriesSchema(Object.keys(samples).map((key, i) => specOf(key, columns[i]!.includes(null))));
  const program = compileQueries([query], schema, { profile, scrapeSeconds, stepSeconds: 6 * scrapeSeconds });
  const store = program.createStore(1);
  store.reset(0, 1000);
  const out = new Float64Array(1);
  for (let k = 0; k < length; k++) {
    const current = Float64Array.from(columns, (column) => column[k] ?? 0);
    store.scrape(
      current,
      Uint8Array.from(columns, (column) => (column[k] === null ? 0 : 1)),
    );
    if (k % 6 === 0) program.evaluate(store, out);
  }
  program.evaluate(store, out);
  return out[0]!;
}

function specOf(key: string, optional: boolean): SeriesSpec {
  const [, name, labels = ""] = /^(\w+)(?:\{(.*)\})?$/.exec(key)!;
  const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label!, value!] as const);
  return { name: name!, labels: Object.fromEntries(pairs), optional };
}
