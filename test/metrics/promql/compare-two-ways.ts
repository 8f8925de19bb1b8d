/** Features of a program against the general evaluation: episodes made up, queries of a grammar. @module */
import { InvalidQueryError } from "../../../src/errors.js";
import { evaluatePromql } from "../../../src/metrics/promql/evaluator/evaluate.js";
import { isCompilable } from "../../../src/metrics/promql/general-parts.js";
import { parsePromql } from "../../../src/metrics/promql/parse.js";
import { SampleSet } from "../../../src/metrics/promql/sample-set.js";
import type { PromqlProfile } from "../../../src/metrics/promql/sample-window.js";
import { compileQueries } from "../../../src/metrics/query-program.js";
import { SeriesSchema, type SeriesSpec } from "../../../src/metrics/series.js";
import { SeriesRecorder } from "../../../src/metrics/series-recorder.js";
import { type Chooser, makeChooser } from "./fuzz/chooser.js";
import { generateQuery } from "./fuzz/generate-query.js";
import { START_MS } from "./fuzz/generate-series.js";

const START_SECONDS = START_MS / 1000;
const SCRAPE_SECONDS = 15;
const STEP_SECONDS = 60;
const STEPS = 40;

/** The metrics that the grammar's queries name, some of whose series come and go. */
const schema = new SeriesSchema(
  ["api", "web"].flatMap((job): SeriesSpec[] => [
    ...["0", "1", "2"].flatMap((instance): SeriesSpec[] => [
      { name: "gauge", labels: { job, instance }, optional: instance === "2" },
      {
        name: "requests",
        labels: { job, instance, code: instance === "0" ? "500" : "200" },
        optional: instance === "1",
      },
      { name: "info", labels: { job, instance, version: job === "api" ? "v1" : "v2" }, optional: instance === "0" },
    ]),
    ...["nan", "inf", "huge"].map((kind): SeriesSpec => ({ name: "odd", labels: { job, kind } })),
    ...["0.1", "0.5", "1", "2.5", "+Inf"].map((le): SeriesSpec => ({ name: "latency_bucket", labels: { job, le } })),
  ]),
);

/** One environment's scrapes, [scrape][series]; NaN payloads do not matter, absence is told apart. */
interface Episode {
  readonly values: readonly Float64Array[];
  readonly present: readonly Uint8Array[];
}

function episodeOf(chooser: Chooser): Episode {
  const current = new Float64Array(schema.size);
  const here = new Uint8Array(schema.size).fill(1);
  const scrapes = 1 + STEPS * (STEP_SECONDS / SCRAPE_SECONDS);
  const values: Float64Array[] = [];
  const present: Uint8Array[] = [];
  for (let k = 0; k < scrapes; k++) {
    schema.series.forEach(({ name, labels, optional }, i) => {
      current[i] = nextOf(name, labels, current[i]!, chooser);
      if (optional && chooser.chance(0.05)) here[i] = 1 - here[i]!;
    });
    values.push(current.slice());
    present.push(here.slice());
  }
  return { values, present };
}

function nextOf(name: string, labels: Readonly<Record<string, string>>, before: number, chooser: Chooser): number {
  if (name === "info") return 1;
  if (name === "gauge") return chooser.integer(2000) / 8 - 50;
  if (labels.kind === "nan") return chooser.chance(0.3) ? Number.NaN : chooser.integer(100);
  if (labels.kind === "inf") return chooser.pick([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, -1]);
  if (labels.kind === "huge") return chooser.integer(1000) * 1e300;
  return chooser.chance(0.02) ? 0 : before + chooser.integer(30);
}

/** What was scraped until each step. */
function sourcesOf({ values, present }: Episode): { readonly timeSeconds: number; readonly source: SampleSet }[] {
  const recorder = new SeriesRecorder();
  return values.flatMap((row, k) => {
    const timeSeconds = START_SECONDS + k * SCRAPE_SECONDS;
    recorder.add({ schema, timeSeconds, values: row, present: present[k]!, stride: 1 });
    if ((k * SCRAPE_SECONDS) % STEP_SECONDS !== 0) return [];
    return [{ timeSeconds, source: new SampleSet(recorder.series()) }];
  });
}

/** What a query gives at each step, by the general evaluation; NaN where it is empty. */
function generalValues(query: string, sources: ReturnType<typeof sourcesOf>, profile: PromqlProfile): number[] {
  return sources.map(({ timeSeconds, source }) => {
    const result = evaluatePromql(query, source, { timeSeconds, profile });
    if (result.resultType === "scalar") return result.result[1];
    if (result.resultType !== "vector" || result.result.length > 1) throw new TypeError(`several values of ${query}`);
    return result.result[0]?.value[1] ?? Number.NaN;
  });
}

/** The same by the program, all queries and episodes together; [query][episode][step]. */
function programValues(queries: readonly string[], episodes: readonly Episode[], profile: PromqlProfile): number[][][] {
  const n = episodes.length;
  const program = compileQueries(queries, schema, {
    profile,
    stepSeconds: STEP_SECONDS,
    scrapeSeconds: SCRAPE_SECONDS,
  });
  const store = program.createStore(n);
  for (let env = 0; env < n; env++) store.reset(env, START_SECONDS);
  const out = new Float64Array(queries.length * n);
  const results = queries.map(() => episodes.map((): number[] => []));
  const [values, present] = [new Float64Array(schema.size * n), new Uint8Array(schema.size * n)];
  for (let k = 0; k < episodes[0]!.values.length; k++) {
    episodes.forEach((episode, env) => {
      for (let i = 0; i < schema.size; i++) {
        values[i * n + env] = episode.values[k]![i]!;
        present[i * n + env] = episode.present[k]![i]!;
      }
    });
    store.scrape(values, present);
    if ((k * SCRAPE_SECONDS) % STEP_SECONDS !== 0) continue;
    if (k % 7 === 0) store.restore(structuredClone(store.snapshot()));
    program.evaluate(store, out);
    for (let q = 0; q < queries.length; q++) {
      for (let env = 0; env < n; env++) results[q]![env]!.push(out[q * n + env]!);
    }
  }
  return results;
}

/** Queries of the grammar, made into one value, that a program takes. */
function usableQueries(chooser: Chooser, wanted: number, profile: PromqlProfile): string[] {
  const usable: string[] = [];
  while (usable.length < wanted) {
    const { text } = generateQuery(chooser);
    const query = chooser.pick([`max(${text})`, `sum(${text})`, `count(${text}) or vector(-1)`, text]);
    try {
      parsePromql(query);
      compileQueries([query], schema, { profile, stepSeconds: STEP_SECONDS, scrapeSeconds: SCRAPE_SECONDS });
      usable.push(query);
    } catch (error) {
      if (!(error instanceof InvalidQueryError)) throw error;
    }
  }
  return usable;
}

/** What {@link compareTwoWays} looked at. */
export interface TwoWays {
  readonly compiled: number;
  readonly general: number;
  /** Queries of which some step's value differs. */
  readonly different: readonly string[];
}

/** Evaluates queries of a seed as features of one environment and of four, with states put back in between, and in the general way. */
export function compareTwoWays(seed: number, count: number, profile: PromqlProfile): TwoWays {
  const chooser = makeChooser(seed);
  const episodes = Array.from({ length: 4 }, () => episodeOf(chooser));
  const queries = usableQueries(chooser, count, profile);
  const together = programValues(queries, episodes, profile);
  const alone = programValues(queries, episodes.slice(0, 1), profile);
  const sources = episodes.slice(0, 2).map(sourcesOf);
  const different = queries.filter((query, q) => {
    const expected = sources.map((source) => generalValues(query, source, profile));
    return (
      !isSame(together[q]![0]!, expected[0]!) ||
      !isSame(together[q]![1]!, expected[1]!) ||
      !isSame(alone[q]![0]!, expected[0]!)
    );
  });
  const compiled = queries.filter((query) => isCompilable(parsePromql(query))).length;
  return { compiled, general: queries.length - compiled, different };
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, k) => Object.is(value, b[k]));
}
