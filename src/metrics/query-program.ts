/** Queries compiled for a series schema, evaluated over all environments at the end of a step. @module */
import { InvalidOptionError, UnknownMetricError } from "../errors.js";
import { formatLabels, METRIC_NAME } from "./labels.js";
import type { Expr } from "./promql/ast.js";
import { compileContext } from "./promql/compile-expression.js";
import type { Compiled } from "./promql/compiled.js";
import { isCompilable } from "./promql/general-parts.js";
import { GeneralEvaluation, type GeneralQuery, generalQueryOf } from "./promql/general-query.js";
import { parsePromql } from "./promql/parse.js";
import { PlacedProgram } from "./promql/placed-program.js";
import { ProgramBuilder } from "./promql/program-builder.js";
import { queryError, substituteVariables } from "./promql/query-text.js";
import type { PromqlProfile } from "./promql/sample-window.js";
import type { SeriesSchema } from "./series.js";
import type { SeriesStore } from "./series-store.js";

/** What {@link compileQueries} needs besides the queries. */
export interface CompileOptions {
  /** Prometheus's rules to follow. @defaultValue "prom3" */
  readonly profile?: PromqlProfile;
  /** Length of a step. Unit: seconds, a multiple of `scrapeSeconds`. */
  readonly stepSeconds: number;
  /** Time between two samples. Unit: seconds, a whole number of milliseconds. */
  readonly scrapeSeconds: number;
}

/** Compiled queries. Stores hold all state; a program can serve several of them, one after the other. */
export interface QueryProgram {
  readonly schema: SeriesSchema;
  /** The queries, as given. */
  readonly queries: readonly string[];
  readonly profile: PromqlProfile;
  readonly stepSeconds: number;
  readonly scrapeSeconds: number;
  /** Schema indices of the series that some query needs; a backend may leave the others out. */
  readonly recorded: Int32Array;
  /** Samples that the longest window or offset needs. */
  readonly ringSamples: number;
  /**
   * A store for environments of this program.
   * @param room - Room to leave in its memory. Unit: bytes. @defaultValue 0
   */
  createStore(numEnvs: number, room?: number): SeriesStore;
  /**
   * Evaluates all queries at the time of each environment's newest sample, for environments [firstEnv, endEnv).
   *
   * Call it once after the first sample of an episode and once a step: offsets by whole steps look up what was evaluated then,
   * and are empty where nothing was. Calling it again without a new sample changes nothing.
   * @param out - Float64Array of shape [queries, store.numEnvs]; NaN where a result is empty. @defaultValue `store.results`
   */
  evaluate(store: SeriesStore, out?: Float64Array, firstEnv?: number, endEnv?: number): void;
}

/** A query that is not compiled, over one store, and the row its values go to. */
interface PlacedEvaluation {
  readonly q: number;
  readonly of: GeneralEvaluation;
}

const NO_COLUMNS = new Int32Array(0);
const NO_EVALUATIONS: readonly PlacedEvaluation[] = [];

/**
 * Parses, checks and compiles queries, each of which must give at most one value.
 * @throws InvalidQueryError when a query is invalid, or can give several series, or never any; UnknownMetricError when it names a metric
 * that is not declared; InvalidOptionError when the step is not a multiple of the scrape interval
 */
export function compileQueries(
  queries: readonly string[],
  schema: SeriesSchema,
  options: CompileOptions,
): QueryProgram {
  const { profile = "prom3", stepSeconds, scrapeSeconds } = options;
  const scrapeMs = wholeMilliseconds("scrapeSeconds", scrapeSeconds);
  const stepMs = wholeMilliseconds("stepSeconds", stepSeconds);
  if (stepMs % scrapeMs !== 0)
    throw new InvalidOptionError("stepSeconds", `a multiple of ${scrapeSeconds} (scrapeSeconds)`, stepSeconds);
  const builder = new ProgramBuilder(schema, profile, scrapeMs, stepMs);
  const compiled = queries.map((query) => compileQuery(substituteVariables(query, options), builder));
  const results = compiled.map((one) => (one instanceof Int32Array ? one : NO_COLUMNS));
  const general = compiled.flatMap((one, q) => (one instanceof Int32Array ? [] : [{ query: one, q }]));
  const program = builder.build();
  const samplesPerStep = stepMs / scrapeMs;
  const programs = new WeakMap<SeriesStore, PlacedProgram>();
  const evaluations = new WeakMap<SeriesStore, readonly PlacedEvaluation[]>();
  const optional = Uint8Array.from(program.recorded, (index) => (schema.series[index]!.optional ? 1 : 0));
  return {
    schema,
    queries,
    profile,
    stepSeconds,
    scrapeSeconds,
    recorded: program.recorded,
    ringSamples: program.ringSamples,
    createStore: (numEnvs, room = 0) => {
      const { recorded, counters, ringSamples, kept, keptSteps } = program;
      const history = { expressions: kept.length, steps: keptSteps + 1, samplesPerStep };
      const options = { numEnvs, recorded, counters, optional, ringSamples, scrapeSeconds, history, room };
      const placed = new PlacedProgram(program, results, options);
      const { store } = placed;
      programs.set(store, placed);
      if (general.length > 0) {
        const others = general.map(({ query, q }) => ({ q, of: new GeneralEvaluation(query, store, schema, profile) }));
        evaluations.set(store, others);
      }
      return store;
    },
    evaluate: (store, out = store.results, firstEnv = 0, endEnv = store.numEnvs) => {
      const placed = programs.get(store);
      if (placed === undefined) throw new InvalidOptionError("store", "a store made by this program", store);
      placed.evaluate(firstEnv, endEnv);
      if (out !== store.results) copyColumns(store.results, out, queries.length, store.numEnvs, firstEnv, endEnv);
      for (const { q, of } of evaluations.get(store) ?? NO_EVALUATIONS) {
        for (let env = firstEnv; env < endEnv; env++) out[q * store.numEnvs + env] = of.valueAt(env);
      }
    },
  };
}

function wholeMilliseconds(option: string, seconds: number): number {
  const milliseconds = Math.round(seconds * 1000);
  if (!(milliseconds > 0) || Math.abs(milliseconds - seconds * 1000) > 1e-6) {
    throw new InvalidOptionError(option, "a whole number of milliseconds above 0 (in seconds)", seconds);
  }
  return milliseconds;
}

/**
 * The columns that hold a query's value: one, or several of which at most one has a value at a time. A query with a part that is not
 * compiled is only looked at for the series it can give.
 */
function compileQuery(query: string, builder: ProgramBuilder): Int32Array | GeneralQuery {
  const expr = parsePromql(query, builder.profile);
  if (isCompilable(expr)) return oneValue(query, expr, compileContext(builder, query).compile(expr), builder.schema);
  const { schema, profile, scrapeMs, stepMs } = builder;
  const scratch = new ProgramBuilder(schema, profile, scrapeMs, stepMs);
  oneValue(query, expr, compileContext(scratch, query, true).compile(expr), schema);
  return generalQueryOf(query, expr, builder);
}

function oneValue(query: string, expr: Expr, compiled: Compiled, schema: SeriesSchema): Int32Array {
  if (compiled.type === "scalar") return Int32Array.of(compiled.column);
  const { series, exclusive } = compiled;
  if (series.length === 0) throw emptyError(query, expr, schema);
  if (series.length > 1 && !exclusive) {
    const shown = series.slice(0, 8).map(({ labels }) => formatLabels(labels));
    const list = series.length > 8 ? `${shown.join(", ")}, …` : shown.join(", ");
    throw queryError(
      query,
      expr,
      `must give one value, but can give ${series.length} series: ${list}. Aggregate, as with sum(), or select one.`,
    );
  }
  return Int32Array.from(series, ({ column }) => column);
}

function emptyError(query: string, expr: Expr, schema: SeriesSchema): Error {
  const names = schema.names();
  const unknown = metricNamesOf(expr).find((name) => !names.includes(name));
  if (unknown !== undefined) return new UnknownMetricError(unknown, names);
  const known = metricNamesOf(expr).flatMap((name) =>
    schema.labelSets.filter((labels) => labels.get(METRIC_NAME) === name),
  );
  const list = known.slice(0, 8).map(formatLabels).join(", ");
  return queryError(
    query,
    expr,
    `never gives a value here: no series matches${list === "" ? "" : `; declared are ${list}${known.length > 8 ? ", …" : ""}`}.`,
  );
}

/** The metrics that selectors of an expression name outright. */
function metricNamesOf(expr: Expr): readonly string[] {
  switch (expr.kind) {
    case "selector":
      return expr.matchers.filter(({ label, op }) => label === METRIC_NAME && op === "=").map(({ value }) => value);
    case "matrix":
      return metricNamesOf(expr.selector);
    case "call":
      return expr.args.flatMap(metricNamesOf);
    case "binary":
      return [...metricNamesOf(expr.left), ...metricNamesOf(expr.right)];
    case "subquery":
    case "aggregation":
    case "unary":
      return metricNamesOf(expr.expr);
    default:
      return [];
  }
}

/** Copies columns [first, end) of a matrix of so many rows. */
function copyColumns(
  from: Float64Array,
  to: Float64Array,
  rows: number,
  width: number,
  first: number,
  end: number,
): void {
  if (first === 0 && end === width) {
    to.set(from);
    return;
  }
  for (let row = 0; row < rows * width; row += width) {
    for (let env = row + first; env < row + end; env++) to[env] = from[env]!;
  }
}
