/** Queries that are not compiled: evaluated sample by sample, environment by environment. @module */
import { formatLabels } from "../labels.js";
import type { SeriesSchema } from "../series.js";
import type { SeriesStore } from "../series-store.js";
import type { Expr, VectorSelector } from "./ast.js";
import { isScalar } from "./evaluator/binary.js";
import { createEvaluator } from "./evaluator/expressions.js";
import type { Evaluator } from "./evaluator/values.js";
import type { ProgramBuilder } from "./program-builder.js";
import type { PromqlProfile } from "./sample-window.js";
import { selectSeries } from "./selectors.js";
import { StoreView } from "./store-view.js";

/** How far back a query can look that fixes a time by `@`. Unit: milliseconds. */
const LONGEST_MS = 86_400_000;
/** Resolution of subqueries that give none, as Prometheus has it. Unit: milliseconds. */
const SUBQUERY_STEP_MS = 60_000;
const LOOKBACK_MS = 300_000;

/** A query, the series it selects and how many samples of each it needs. */
export interface GeneralQuery {
  readonly text: string;
  readonly expr: Expr;
  /** Schema indices, in Prometheus's order of label sets. */
  readonly series: readonly number[];
  readonly samples: number;
}

/** Has a program's stores keep what a query needs. */
export function generalQueryOf(text: string, expr: Expr, builder: ProgramBuilder): GeneralQuery {
  const { schema, profile, scrapeMs } = builder;
  const selected = new Set(selectorsOf(expr).flatMap((selector) => selectSeries(selector, schema, text, profile)));
  const samples = Math.ceil(reachOf(expr) / scrapeMs) + 2;
  const series = schema.sorted.filter((index) => selected.has(index));
  for (const index of series) builder.keep(index, samples);
  return { text, expr, series, samples };
}

/** A query over the samples of one store. */
export class GeneralEvaluation {
  readonly #view: StoreView;
  readonly #evaluator: Evaluator;
  readonly #expr: Expr;
  readonly #isScalar: boolean;
  readonly #settings: { startMs: number; endMs: number };

  constructor(
    { text, expr, series, samples }: GeneralQuery,
    store: SeriesStore,
    schema: SeriesSchema,
    profile: PromqlProfile,
  ) {
    this.#view = new StoreView(store, schema, series, samples);
    const settings = {
      source: this.#view,
      text,
      profile,
      lookbackMs: LOOKBACK_MS,
      subqueryStepMs: SUBQUERY_STEP_MS,
      startMs: 0,
      endMs: 0,
    };
    this.#settings = settings;
    this.#evaluator = createEvaluator(settings);
    this.#expr = expr;
    this.#isScalar = isScalar(expr);
  }

  /** The query's value at the time of an environment's newest sample; NaN where the result is empty. */
  valueAt(env: number): number {
    const ms = this.#view.load(env);
    if (ms === undefined) return Number.NaN;
    this.#settings.startMs = ms;
    this.#settings.endMs = ms;
    if (this.#isScalar) return this.#evaluator.scalar(this.#expr, ms);
    const samples = this.#evaluator.vector(this.#expr, ms);
    if (samples.length > 1) {
      const list = samples.map(({ labels }) => formatLabels(labels)).join(", ");
      this.#evaluator.fail(this.#expr, `must give one value, but gave ${samples.length} series: ${list}.`);
    }
    return samples.length === 0 ? Number.NaN : samples[0]!.value;
  }
}

/** All selectors of an expression, those of ranges included. */
export function selectorsOf(expr: Expr): readonly VectorSelector[] {
  switch (expr.kind) {
    case "selector":
      return [expr];
    case "matrix":
      return [expr.selector];
    case "call":
      return expr.args.flatMap(selectorsOf);
    case "binary":
      return [...selectorsOf(expr.left), ...selectorsOf(expr.right)];
    case "aggregation":
      return [...(expr.param === null ? [] : selectorsOf(expr.param)), ...selectorsOf(expr.expr)];
    case "subquery":
    case "unary":
      return selectorsOf(expr.expr);
    default:
      return [];
  }
}

/** How far back an expression looks, at most. Unit: milliseconds. */
function reachOf(expr: Expr): number {
  const most = (...parts: readonly Expr[]): number => Math.max(0, ...parts.map(reachOf));
  switch (expr.kind) {
    case "selector":
      return typeof expr.at === "number" ? LONGEST_MS : Math.max(0, expr.offsetMs);
    case "matrix":
      return reachOf(expr.selector) + expr.rangeMs;
    case "subquery":
      return (
        (typeof expr.at === "number" ? LONGEST_MS : Math.max(0, expr.offsetMs)) + expr.rangeMs + reachOf(expr.expr)
      );
    case "call":
      return most(...expr.args);
    case "binary":
      return most(expr.left, expr.right);
    case "aggregation":
      return expr.param === null ? reachOf(expr.expr) : most(expr.param, expr.expr);
    case "unary":
      return reachOf(expr.expr);
    default:
      return 0;
  }
}
