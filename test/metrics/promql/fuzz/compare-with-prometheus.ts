/** Compares our evaluation with that of a running Prometheus 2.42, value by value. @module */
import { InvalidQueryError } from "../../../../src/errors.js";
import { evaluatePromql, type PromqlResult } from "../../../../src/metrics/promql/evaluator/evaluate.js";
import { SampleSet } from "../../../../src/metrics/promql/sample-set.js";
import { isQueryData, parseValue, type QueryData } from "../../../../src/metrics/query-data.js";
import { runPrometheus } from "../../run-prometheus.js";
import { type Chooser, makeChooser } from "./chooser.js";
import { generateQuery } from "./generate-query.js";
import { generateSeries, LENGTH_MS, openMetricsOf, START_MS } from "./generate-series.js";

/** What was found over many queries. */
export interface Comparison {
  queries: number;
  /** Queries that both refuse. */
  refused: number;
  empty: number;
  values: number;
  bitEqual: number;
  nan: number;
  infinite: number;
  /** The largest relative difference of a value. */
  largestDifference: number;
  /** Different values that came up. */
  readonly distinct: Set<number>;
  /** Functions, aggregations and set operators of queries that gave a value. */
  readonly functions: Set<string>;
  /** Values within 1e-12, but of other bits. */
  readonly unequal: string[];
  /** Queries where results differ in kind, series or by more than 1e-12. */
  readonly wrong: string[];
}

/** Loads series of a seed into Prometheus, and compares until so many values were seen. */
export async function compareWithPrometheus(seed: number, values: number): Promise<Comparison> {
  const chooser = makeChooser(seed);
  const series = generateSeries(chooser);
  const source = new SampleSet(series);
  const server = await runPrometheus(openMetricsOf(series));
  const found: Comparison = {
    queries: 0,
    refused: 0,
    empty: 0,
    values: 0,
    bitEqual: 0,
    nan: 0,
    infinite: 0,
    largestDifference: 0,
    distinct: new Set(),
    functions: new Set(),
    unequal: [],
    wrong: [],
  };
  try {
    while (found.values < values) {
      const requests = Array.from({ length: 16 }, () => requestOf(chooser));
      const answers = await Promise.all(requests.map((request) => ask(server.url, request)));
      requests.forEach((request, k) => {
        compare(request, answers[k]!, source, found);
      });
    }
  } finally {
    await server.stop();
  }
  return found;
}

interface Request {
  readonly query: string;
  readonly startMs: number;
  /** 0 for an instant query. */
  readonly stepMs: number;
}

/** Points of a range query. */
const STEPS = 6;

function requestOf(chooser: Chooser): Request {
  const { text, rangeSafe } = generateQuery(chooser);
  const whole = chooser.chance(0.5);
  const startMs = START_MS + chooser.integer(LENGTH_MS / 1000) * 1000 + (whole ? 0 : chooser.integer(1000));
  const stepMs = rangeSafe && chooser.chance(0.3) ? chooser.pick([15_000, 60_000, 37_250]) : 0;
  return { query: text, startMs, stepMs };
}

async function ask(url: string, { query, startMs, stepMs }: Request): Promise<QueryData | null> {
  const seconds = (ms: number): string => (ms / 1000).toFixed(3);
  const end = seconds(startMs + stepMs * (STEPS - 1));
  const form =
    stepMs === 0
      ? new URLSearchParams({ query, time: seconds(startMs) })
      : new URLSearchParams({ query, start: seconds(startMs), end, step: seconds(stepMs) });
  const response = await fetch(`${url}/api/v1/query${stepMs === 0 ? "" : "_range"}`, { method: "POST", body: form });
  const answer = (await response.json()) as { readonly status: string; readonly data?: unknown };
  if (answer.status !== "success") return null;
  if (!isQueryData(answer.data)) throw new TypeError(`not a result: ${JSON.stringify(answer).slice(0, 200)}`);
  return answer.data;
}

function compare(request: Request, expected: QueryData | null, source: SampleSet, found: Comparison): void {
  const { query, startMs, stepMs } = request;
  found.queries++;
  const where = `${query} at ${startMs}${stepMs === 0 ? "" : ` step ${stepMs}`}`;
  let got: PromqlResult;
  try {
    const endSeconds = (startMs + stepMs * (STEPS - 1)) / 1000;
    const range = { startSeconds: startMs / 1000, endSeconds, stepSeconds: stepMs / 1000 };
    got = evaluatePromql(query, source, {
      profile: "prom2",
      ...(stepMs === 0 ? { timeSeconds: startMs / 1000 } : { range }),
    });
  } catch (error) {
    if (!(error instanceof InvalidQueryError)) throw error;
    if (expected === null) found.refused++;
    else found.wrong.push(`${where}: refused by us alone: ${error.message}`);
    return;
  }
  if (expected === null) {
    found.wrong.push(`${where}: refused by Prometheus alone`);
    return;
  }
  const [ours, theirs] = [pointsOf(got), pointsOf(expected)];
  if (ours.size !== theirs.size || [...theirs.keys()].some((key) => !ours.has(key))) {
    found.wrong.push(
      `${where}: ${[...ours.keys()].slice(0, 3)} (${ours.size}) instead of ${[...theirs.keys()].slice(0, 3)} (${theirs.size})`,
    );
    return;
  }
  if (theirs.size === 0) found.empty++;
  else for (const word of query.match(/\b(?:and|or|unless|[a-z_0-9]+(?=\s?\())/g) ?? []) found.functions.add(word);
  for (const [key, value] of theirs) compareValue(ours.get(key)!, value, where, found);
}

function compareValue(ours: number, theirs: number, where: string, found: Comparison): void {
  found.values++;
  found.distinct.add(theirs);
  if (Number.isNaN(theirs)) found.nan++;
  else if (!Number.isFinite(theirs)) found.infinite++;
  if (Object.is(ours, theirs)) {
    found.bitEqual++;
    return;
  }
  const difference = Math.abs(ours - theirs) / Math.max(Math.abs(ours), Math.abs(theirs), Number.MIN_VALUE);
  if (difference > found.largestDifference) found.largestDifference = difference;
  if (difference <= 1e-12) found.unequal.push(`${where}: ${ours} instead of ${theirs}`);
  else found.wrong.push(`${where}: ${ours} instead of ${theirs}`);
}

/** Values by series and time. */
function pointsOf({ resultType, result }: QueryData | PromqlResult): Map<string, number> {
  const points = new Map<string, number>();
  const put = (key: string, [time, value]: readonly [number, number | string]): void => {
    points.set(`${key} ${Math.round(time * 1000)}`, typeof value === "number" ? value : parseValue(value)!);
  };
  if (resultType === "scalar" || resultType === "string") put("", result as readonly [number, number | string]);
  else {
    for (const one of result as readonly { readonly metric: Readonly<Record<string, string>> }[]) {
      const key = JSON.stringify(Object.entries(one.metric).sort(([a], [b]) => (a < b ? -1 : 1)));
      if ("value" in one) put(key, one.value as readonly [number, string]);
      if ("values" in one) for (const point of one.values as (readonly [number, string])[]) put(key, point);
    }
  }
  return points;
}
