/** Queries from a grammar of PromQL. @module */
import type { Chooser } from "./chooser.js";
import { START_MS } from "./generate-series.js";

/** A generated expression. */
interface Piece {
  readonly text: string;
  /** Whether Prometheus gives its series in one order; after a subquery of computed series it takes that of a hash map. */
  readonly ordered: boolean;
  /** Whether the order is the same at every step of a range query too. */
  readonly direct: boolean;
  readonly rangeSafe: boolean;
}

/** A generated query, and whether its values over a range do not hang on the order of a hash map. */
export interface GeneratedQuery {
  readonly text: string;
  readonly rangeSafe: boolean;
}

const RANGE_FUNCTIONS =
  "rate increase delta irate idelta resets changes deriv avg_over_time sum_over_time min_over_time max_over_time last_over_time count_over_time present_over_time stddev_over_time stdvar_over_time absent_over_time".split(
    " ",
  );
const PLAIN_FUNCTIONS = "abs ceil floor sqrt sgn deg rad round sort sort_desc absent".split(" ");
const CURVES = "exp ln log2 log10 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh".split(" ");
const CALENDAR = "minute hour day_of_week day_of_month day_of_year days_in_month month year".split(" ");
const AGGREGATIONS = "sum avg min max count group stddev stdvar".split(" ");
const LABELS = ["job", "instance", "code", "kind", "le", "version"];

/** A query that gives an instant vector or a scalar. */
export function generateQuery(chooser: Chooser): GeneratedQuery {
  if (chooser.chance(0.03)) return { text: scalar(chooser, 2), rangeSafe: true };
  return vector(chooser, 1 + chooser.integer(3));
}

function number(chooser: Chooser): string {
  return chooser.pick(["0", "1", "2", "-3", "0.5", "1e3", "7", "NaN", "Inf", "-Inf", "100", "0x1F", "1.25"]);
}

function scalar(chooser: Chooser, depth: number): string {
  if (depth <= 0 || chooser.chance(0.6)) return number(chooser);
  switch (chooser.integer(5)) {
    case 0:
      return "time()";
    case 1:
      return `scalar(${selector(chooser, "gauge")})`;
    case 2:
      return `-(${scalar(chooser, depth - 1)})`;
    case 3:
      return `(${scalar(chooser, depth - 1)} ${chooser.pick(["==", "<", ">=", "!="])} bool ${scalar(chooser, depth - 1)})`;
    default:
      return `(${scalar(chooser, depth - 1)} ${chooser.pick(["+", "-", "*", "/", "%"])} ${scalar(chooser, depth - 1)})`;
  }
}

function selector(
  chooser: Chooser,
  metric = chooser.pick(["gauge", "requests", "odd", "info", "latency_bucket"]),
): string {
  const matchers: string[] = [];
  if (chooser.chance(0.3)) matchers.push(`job${chooser.pick(["=", "!="])}"api"`);
  if (chooser.chance(0.2))
    matchers.push(`instance${chooser.pick(["=~", "!~"])}"${chooser.pick(["0|1", "[12]", ".*", "2"])}"`);
  if (chooser.chance(0.05)) matchers.push('nowhere=""');
  if (chooser.chance(0.05)) return `{__name__=~"gauge|info"${matchers.map((one) => `,${one}`).join("")}}`;
  return matchers.length === 0 ? metric : `${metric}{${matchers.join(",")}}`;
}

function modifiers(chooser: Chooser): string {
  const offset = chooser.chance(0.15) ? ` offset ${chooser.pick(["1m", "-30s", "7m13s", "125ms"])}` : "";
  const fixed = (START_MS + chooser.integer(5000) * 1000 + 125) / 1000;
  const at = chooser.chance(0.08) ? ` @ ${chooser.pick([fixed.toFixed(3), "start()", "end()"])}` : "";
  return at + offset;
}

function duration(chooser: Chooser): string {
  return chooser.pick(["30s", "1m", "2m30s", "5m", "10m", "1375ms", "17m", "1h"]);
}

/** Times of samples; 2.42 loses some of those that `@` fixes. */
function timestamps(text: string): string {
  return text.includes(" @ ") ? `(${text})` : `timestamp(${text})`;
}

/** A range vector; `direct` says that its series come in the order of storage. */
function range(chooser: Chooser, depth: number): { readonly text: string; readonly direct: boolean } {
  if (depth <= 0 || chooser.chance(0.75)) {
    return { text: `${selector(chooser)}[${duration(chooser)}]${modifiers(chooser)}`, direct: true };
  }
  const step = chooser.pick(["", "15s", "1m", "47s"]);
  const over = `[${chooser.pick(["3m", "5m", "12m"])}:${step}]${modifiers(chooser)}`;
  if (chooser.chance(0.5)) return { text: `${selector(chooser)}${over}`, direct: true };
  const inner = chooser.pick(["rate", "max_over_time", "increase", "avg_over_time"]);
  if (chooser.chance(0.6)) return { text: `${inner}(${selector(chooser)}[2m])${over}`, direct: true };
  const op = chooser.pick(["sum", "max", "avg", "count"]);
  return { text: `${op} by (${chooser.pick(LABELS)}) (${selector(chooser)})${over}`, direct: false };
}

function vector(chooser: Chooser, depth: number): Piece {
  if (depth <= 0 || chooser.chance(0.1)) {
    return { text: `${selector(chooser)}${modifiers(chooser)}`, ordered: true, direct: true, rangeSafe: true };
  }
  return chooser.pick(PRODUCTIONS)(chooser, depth - 1);
}

type Production = (chooser: Chooser, depth: number) => Piece;

const PRODUCTIONS: readonly Production[] = [
  overRange,
  overRange,
  overRange,
  aggregation,
  aggregation,
  aggregation,
  withScalar,
  withScalar,
  matched,
  matched,
  sets,
  called,
  called,
  curve,
  labelled,
  quantile,
  (chooser, depth) => ({ text: `vector(${scalar(chooser, depth)})`, ordered: true, direct: false, rangeSafe: true }),
];

function overRange(chooser: Chooser, depth: number): Piece {
  const { text, direct } = range(chooser, depth);
  const inner = { ordered: direct, direct, rangeSafe: true };
  if (chooser.chance(0.1))
    return { ...inner, text: `quantile_over_time(${chooser.pick(["0.5", "0.9", "0", "1", "1.5", "-1"])}, ${text})` };
  if (chooser.chance(0.1))
    // Prometheus 2.42 moves the range of predict_linear on with the steps, though @ fixes it.
    return {
      ...inner,
      rangeSafe: !text.includes("@"),
      text: `predict_linear(${text}, ${chooser.pick(["60", "-300", "3600"])})`,
    };
  if (chooser.chance(0.05))
    return {
      ...inner,
      text: `holt_winters(${text}, ${chooser.pick(["0.1", "0.5"])}, ${chooser.pick(["0.2", "0.9"])})`,
    };
  return { ...inner, text: `${chooser.pick(RANGE_FUNCTIONS)}(${text})` };
}

function grouping(chooser: Chooser): string {
  if (chooser.chance(0.3)) return "";
  const labels = LABELS.filter(() => chooser.chance(0.3)).join(", ");
  return ` ${chooser.pick(["by", "without"])} (${labels})`;
}

function aggregation(chooser: Chooser, depth: number): Piece {
  const inner = vector(chooser, depth);
  const clause = grouping(chooser);
  const kind = chooser.integer(12);
  const result = { ordered: inner.ordered, direct: false };
  if (kind === 0)
    return { ...result, text: `count_values${clause} ("value", ${inner.text})`, rangeSafe: inner.rangeSafe };
  if (kind === 1) {
    const text = `quantile${clause} (${chooser.pick(["0.5", "0.99", "0", "2"])}, ${inner.text})`;
    return { ...result, text, rangeSafe: inner.rangeSafe };
  }
  if (kind <= 3 && inner.ordered) {
    const text = `${chooser.pick(["topk", "bottomk"])}${clause} (${chooser.pick(["1", "2", "3", "10", "0"])}, ${inner.text})`;
    return { ...result, text, rangeSafe: inner.rangeSafe && inner.direct };
  }
  const op = chooser.pick(inner.ordered ? AGGREGATIONS : ["min", "max", "count", "group"]);
  const sensitive = ["sum", "avg", "stddev", "stdvar"].includes(op);
  return {
    ...result,
    text: `${op}${clause} (${inner.text})`,
    rangeSafe: inner.rangeSafe && (inner.direct || !sensitive),
  };
}

function withScalar(chooser: Chooser, depth: number): Piece {
  const inner = vector(chooser, depth);
  const op = chooser.pick([
    "+",
    "-",
    "*",
    "/",
    "%",
    "+",
    "*",
    ">",
    "<",
    "==",
    "!=",
    ">=",
    "<=",
    "> bool",
    "== bool",
    "<= bool",
  ]);
  const other = scalar(chooser, depth);
  const text = chooser.chance(0.5) ? `(${inner.text}) ${op} ${other}` : `${other} ${op} (${inner.text})`;
  return { ...inner, text, direct: false };
}

function matched(chooser: Chooser, depth: number): Piece {
  const op = chooser.pick(["+", "-", "*", "/", "%", ">", "<=", "== bool"]);
  const [a, b] = [vector(chooser, depth), vector(chooser, depth)];
  const result = { ordered: a.ordered && b.ordered, direct: false, rangeSafe: a.rangeSafe && b.rangeSafe };
  switch (chooser.integer(5)) {
    case 0:
      return { ...result, text: `(${a.text}) ${op} (${b.text})` };
    case 1:
      return { ...result, text: `${selector(chooser, "gauge")} ${op} on(job, instance) ${selector(chooser, "info")}` };
    case 2:
      return { ...result, text: `requests ${op} on(job, instance) group_left(version) ${selector(chooser, "info")}` };
    case 3:
      return {
        ...result,
        text: `(sum by (job) (${selector(chooser)})) ${op} on(job) group_right ${selector(chooser, "gauge")}`,
      };
    default:
      return { ...result, text: `(${a.text}) ${op} ignoring(${chooser.pick(LABELS)}) (${b.text})` };
  }
}

function sets(chooser: Chooser, depth: number): Piece {
  const [a, b] = [vector(chooser, depth), vector(chooser, depth)];
  const matching = chooser.chance(0.4) ? ` ${chooser.pick(["on", "ignoring"])}(${chooser.pick(LABELS)})` : "";
  return {
    text: `(${a.text}) ${chooser.pick(["and", "or", "unless"])}${matching} (${b.text})`,
    ordered: a.ordered && b.ordered,
    direct: false,
    rangeSafe: a.rangeSafe && b.rangeSafe,
  };
}

function called(chooser: Chooser, depth: number): Piece {
  const inner = vector(chooser, depth);
  const result = { ...inner, direct: false };
  switch (chooser.integer(7)) {
    case 6:
      return { ...result, text: timestamps(inner.text) };
    case 0:
      return { ...result, text: `clamp(${inner.text}, ${number(chooser)}, ${number(chooser)})` };
    case 1:
      return { ...result, text: `${chooser.pick(["clamp_min", "clamp_max"])}(${inner.text}, ${number(chooser)})` };
    case 2:
      return { ...result, text: `round(${inner.text}, ${chooser.pick(["0.1", "5", "0.25"])})` };
    case 3:
      return {
        ...result,
        text: `${chooser.pick(CALENDAR)}(${timestamps(inner.text)} * ${chooser.pick(["1", "1.37", "0.1", "-1"])})`,
      };
    case 4:
      return { ...result, text: `-(${inner.text})` };
    default:
      return { ...result, text: `${chooser.pick(PLAIN_FUNCTIONS)}(${inner.text})` };
  }
}

function curve(chooser: Chooser, depth: number): Piece {
  const inner = vector(chooser, depth);
  const direct = false;
  if (chooser.chance(0.1))
    return { ...inner, direct, text: `(${inner.text}) ^ ${chooser.pick(["2", "0.5", "-1", "3", "1.7"])}` };
  if (chooser.chance(0.1)) return { ...inner, direct, text: `(${inner.text}) atan2 ${chooser.pick(["2", "-1", "0"])}` };
  return { ...inner, direct, text: `${chooser.pick(CURVES)}(${inner.text})` };
}

function labelled(chooser: Chooser, depth: number): Piece {
  const inner = vector(chooser, depth);
  const text = chooser.chance(0.5)
    ? `label_replace(${inner.text}, "${chooser.pick(["job", "new"])}", "${chooser.pick(["$1", "x-$1", "", "all"])}", "${chooser.pick(LABELS)}", "${chooser.pick(["(.*)", "(.)", "(a|w).*", ".+"])}")`
    : `label_join(${inner.text}, "${chooser.pick(["joined", "instance"])}", "-", "job", "instance")`;
  return { ...inner, direct: false, text };
}

function quantile(chooser: Chooser): Piece {
  const q = chooser.pick(["0.5", "0.9", "0.99", "0", "1", "-1", "2", "NaN"]);
  const buckets = chooser.pick([
    "latency_bucket",
    `rate(latency_bucket[${duration(chooser)}])`,
    `sum by (le) (rate(latency_bucket[${duration(chooser)}]))`,
    "sum by (job, le) (latency_bucket)",
  ]);
  return {
    text: `histogram_quantile(${q}, ${buckets})`,
    ordered: true,
    direct: false,
    rangeSafe: !buckets.startsWith("sum by (le) (latency"),
  };
}
