/** A query of a definition as a live server is to be asked: of one episode, in its time, over replicas that export apart. @module */
import { InvalidOptionError } from "../../errors.js";
import { METRICS, seriesNamesOf } from "../catalogue.js";
import { METRIC_NAME } from "../labels.js";
import type { Aggregation, Call, Expr, Matcher, MatrixSelector, Subquery, VectorSelector } from "../promql/ast.js";
import { printPromql } from "./print-promql.js";

/** What a query is asked for. */
export interface EpisodeView {
  /** Ranges and offsets are divided by this. Above 0. */
  readonly timeScale: number;
  /** Start of the episode. Unit: milliseconds since 1970. */
  readonly startMs: number;
  /** Time of the question. Unit: milliseconds since 1970. */
  readonly nowMs: number;
  /** Values of `instance` of places where nothing is. */
  readonly absent: readonly string[];
}

/** How long a sample answers for its series. Unit: milliseconds. */
const LOOKBACK_MS = 300_000;
/** What a scraper says of every target, there or not. */
const OF_TARGETS = /^(?:up|scrape_\w+)$/;
/** What adds up over the replicas that a metric is counted on. */
const ADDITIVE: readonly string[] = ["rate", "irate", "increase", "delta", "idelta", "deriv"];

/** Series that the catalogue keeps per service and not per instance. */
const PER_SERVICE: ReadonlySet<string> = new Set(
  METRICS.filter(({ labels }) => !labels.includes("instance")).flatMap((metric) => seriesNamesOf(metric)),
);

/** Parts of a span that printing does not need. */
const NOWHERE = { from: 0, to: 0 };
/** Selects nothing. */
const NEVER: Matcher = { ...NOWHERE, label: "infra_gym_nothing", op: "=", value: "nothing" };

/**
 * The text to ask.
 *
 * - Ranges and offsets are model time and divided by the time scale.
 * - Ranges are cut where the episode began, instants before it are empty, and a sample from before it does not answer for its series.
 *   Inside subqueries ranges keep their length.
 * - `up` and its like leave out places where nothing is.
 * - What the catalogue keeps per service is summed over `instance` and `job`.
 */
export function episodeQuery(expr: Expr, view: EpisodeView): string {
  if (!(view.timeScale > 0 && view.timeScale < Infinity)) {
    throw new InvalidOptionError("timeScale", "a finite number above 0", view.timeScale);
  }
  return printPromql(viewed(expr, view, true));
}

/** @param isNow - Whether the expression is evaluated at the time of the question: not so inside subqueries. */
function viewed(expr: Expr, view: EpisodeView, isNow: boolean): Expr {
  const inner = (one: Expr): Expr => viewed(one, view, isNow);
  switch (expr.kind) {
    case "selector":
      return instant(expr, view, isNow);
    case "matrix":
      return range(expr, view, isNow);
    case "subquery":
      return subquery(expr, view, isNow);
    case "call":
      return call(expr, view, isNow);
    case "aggregation":
      return { ...expr, param: expr.param === null ? null : inner(expr.param), expr: inner(expr.expr) };
    case "binary":
      return { ...expr, left: inner(expr.left), right: inner(expr.right) };
    case "unary":
      return { ...expr, expr: inner(expr.expr) };
    default:
      return expr;
  }
}

function instant(selector: VectorSelector, view: EpisodeView, isNow: boolean): Expr {
  const own = selected(selector, view);
  const at = view.nowMs - own.offsetMs;
  const isFree = !isNow || own.at !== null;
  if (!isFree && at < view.startMs) return { ...own, matchers: [...own.matchers, NEVER] };
  const needsAge = !isFree && at - view.startMs < LOOKBACK_MS;
  return summed(needsAge ? notOlder(own, view.startMs) : own, own);
}

/** The samples of a selector that are not from before a time. */
function notOlder(selector: VectorSelector, startMs: number): Expr {
  const age: Call = { ...NOWHERE, kind: "call", name: "timestamp", args: [selector] };
  const start: Expr = { ...NOWHERE, kind: "number", value: startMs / 1000 };
  const isYoung: Expr = { ...NOWHERE, kind: "binary", op: ">=", left: age, right: start, bool: false, matching: null };
  return { ...NOWHERE, kind: "binary", op: "and", left: selector, right: isYoung, bool: false, matching: null };
}

function range(matrix: MatrixSelector, view: EpisodeView, isNow: boolean): MatrixSelector {
  const selector = selected(matrix.selector, view);
  const wanted = scaled(matrix.rangeMs, view);
  if (!isNow || selector.at !== null) return { ...matrix, selector, rangeMs: wanted };
  const sinceStart = Math.floor(view.nowMs - selector.offsetMs - view.startMs);
  if (sinceStart >= 1) return { ...matrix, selector, rangeMs: Math.min(wanted, sinceStart) };
  return { ...matrix, selector: { ...selector, matchers: [...selector.matchers, NEVER] }, rangeMs: wanted };
}

function subquery(expr: Subquery, view: EpisodeView, isNow: boolean): Subquery {
  const offsetMs = scaledOffset(expr.offsetMs, view);
  const stepMs = expr.stepMs === null ? null : scaled(expr.stepMs, view);
  const wanted = scaled(expr.rangeMs, view);
  const sinceStart = Math.max(1, Math.floor(view.nowMs - offsetMs - view.startMs));
  const rangeMs = isNow && expr.at === null ? Math.min(wanted, sinceStart) : wanted;
  return { ...expr, expr: viewed(expr.expr, view, false), rangeMs, stepMs, offsetMs };
}

function call(expr: Call, view: EpisodeView, isNow: boolean): Expr {
  const [first] = expr.args;
  // timestamp() and absent() are about the selector itself.
  if (first?.kind === "selector" && (expr.name === "timestamp" || expr.name === "absent")) {
    return { ...expr, args: [selected(first, view)] };
  }
  const own: Call = { ...expr, args: expr.args.map((arg) => viewed(arg, view, isNow)) };
  return first?.kind === "matrix" && ADDITIVE.includes(expr.name) ? summed(own, first.selector) : own;
}

/** An expression over a selector; its sum, where the catalogue keeps the metric per service. */
function summed(expr: Expr, { matchers }: VectorSelector): Expr {
  const name = matchers.find(({ label, op }) => label === METRIC_NAME && op === "=")?.value ?? "";
  const asksInstance = matchers.some(({ label }) => label === "instance" || label === "job");
  if (!PER_SERVICE.has(name) || asksInstance) return expr;
  const sum: Aggregation = {
    ...NOWHERE,
    kind: "aggregation",
    op: "sum",
    grouping: "without",
    labels: ["instance", "job"],
    param: null,
    expr,
  };
  return sum;
}

/** A selector with its offset in the episode's time, and without empty places where it is about targets. */
function selected(selector: VectorSelector, view: EpisodeView): VectorSelector {
  const { matchers, offsetMs } = selector;
  const isOfTargets = matchers.some(
    ({ label, op, value }) => label === METRIC_NAME && op === "=" && OF_TARGETS.test(value),
  );
  const absent = isOfTargets && view.absent.length > 0 ? [notAnyOf(view.absent)] : [];
  return { ...selector, matchers: [...matchers, ...absent], offsetMs: scaledOffset(offsetMs, view) };
}

function notAnyOf(values: readonly string[]): Matcher {
  const quoted = values.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return { ...NOWHERE, label: "instance", op: "!~", value: quoted.join("|") };
}

function scaled(ms: number, { timeScale }: EpisodeView): number {
  return Math.max(1, Math.round(ms / timeScale));
}

function scaledOffset(ms: number, { timeScale }: EpisodeView): number {
  return Math.round(ms / timeScale);
}
