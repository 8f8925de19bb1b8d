/** `infra-gym query`: PromQL over a server, a file of metrics, or an episode. @module */
import { readFileSync } from "node:fs";
import { InfraGymError, UsageError } from "../errors.js";
import type { QueryAnswer, QueryData } from "../metrics/index.js";
import { formatLabels, labelSet } from "../metrics/labels.js";
import type { Command } from "./command.js";
import { jsonText } from "./json-text.js";
import type { OptionValues } from "./option-values.js";
import { parseRange, parseTime } from "./parse-time.js";
import { openQuerySource, type QuerySource } from "./query-source.js";
import type { Terminal } from "./terminal.js";
import { textPlot } from "./text-plot.js";
import { textTable } from "./text-table.js";
import { writeOutput } from "./write-output.js";

/** Asks a query. */
export const queryCommand: Command = {
  verb: "query",
  summary: "Ask a PromQL query of a server, a file of metrics, or an episode",
  positional: { name: "query", isRequired: false },
  options: [
    {
      name: "server",
      value: "URL",
      help: "A Prometheus server; credentials from INFRA_GYM_PROMETHEUS_TOKEN and its like",
    },
    { name: "openmetrics", value: "FILE", help: "A file in OpenMetrics or Prometheus's text format" },
    { name: "env", value: "ENV", help: "An episode of this environment with its static policy" },
    { name: "seed", value: "N", help: "Seed of the episode (default 0)" },
    { name: "steps", value: "K", help: "Steps of the episode (default 60)" },
    {
      name: "at",
      value: "TIME",
      help: "Seconds since 1970, or a date such as 2024-01-06T00:00:00Z (default: the newest)",
    },
    { name: "range", value: "START,END,STEP", help: "Many times instead of one; STEP in seconds, or such as 5m" },
    { name: "profile", value: "prom2|prom3", help: "Whose rules to follow (default prom3); a server must follow them" },
    {
      name: "allow-profile-mismatch",
      value: null,
      help: "Ask a server that follows the other profile's rules too, with a warning",
    },
    { name: "queries", value: "FILE", help: "A JSON array of { query, time }; answers as an array in the same order" },
    { name: "json", value: "FILE", help: "Write the answer as JSON; - for the standard output" },
  ],
  examples: [
    "infra-gym query 'rate(http_requests_total[5m])' --server http://127.0.0.1:9090",
    "infra-gym query 'sum(rate(infra_gym_offered_requests_total[2m]))' --env WebService-v0 --seed 1 --steps 120",
    "infra-gym query up --openmetrics episode.om --at 1704499200 --profile prom2",
  ],
  run: runQuery,
};

async function runQuery(values: OptionValues, terminal: Terminal): Promise<number> {
  const file = values.text("queries");
  if (file !== undefined) return runQueries(file, values, terminal);
  const query = values.required("query", "'sum(up)'");
  const at = parseTime(values, "at");
  const range = parseRange(values, "range");
  if (at !== undefined && range !== undefined) {
    throw new UsageError(`Expected ${values.source("at")} or ${values.source("range")}, got both. Leave one out.`);
  }
  const source = await openQuerySource(values, terminal);
  const answer = range === undefined ? await source.instant(query, at) : await source.range(query, range);
  for (const warning of answer.warnings) terminal.err(`Warning: ${warning}\n`);
  for (const info of answer.infos) terminal.err(`Info: ${info}\n`);
  const json = values.text("json");
  if (json !== "-") terminal.out(shown(answer, range !== undefined, terminal));
  if (json !== undefined) writeOutput(json, jsonText({ query, ...answer }), terminal);
  return 0;
}

interface AskedQuery {
  readonly query: string;
  readonly time?: number;
}

async function runQueries(file: string, values: OptionValues, terminal: Terminal): Promise<number> {
  for (const name of ["query", "at", "range"]) {
    if (values.text(name) !== undefined)
      throw new UsageError(`Expected ${values.source(name)} or --queries, got both.`);
  }
  const queries = readQueries(file);
  const source = await openQuerySource(values, terminal);
  const answers: unknown[] = [];
  for (const query of queries) answers.push(await answerOf(query, source));
  writeOutput(values.text("json") ?? "-", jsonText(answers), terminal);
  return 0;
}

/** The data, or what was wrong with this one query. */
async function answerOf(asked: unknown, source: QuerySource): Promise<QueryData | { readonly error: string }> {
  if (!isAskedQuery(asked)) {
    return { error: `Expected { "query": text, "time": seconds }, got ${JSON.stringify(asked)}.` };
  }
  try {
    return (await source.instant(asked.query, asked.time)).data;
  } catch (error) {
    if (error instanceof InfraGymError) return { error: error.message };
    throw error;
  }
}

function readQueries(file: string): readonly unknown[] {
  let queries: unknown;
  try {
    queries = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new UsageError(`Could not read the queries ${file}: ${(cause as Error).message}.`);
  }
  if (Array.isArray(queries)) return queries;
  throw new UsageError(`Expected ${file} to hold an array of { "query": text, "time": seconds }.`);
}

function isAskedQuery(value: unknown): value is AskedQuery {
  if (typeof value !== "object" || value === null) return false;
  const { query, time } = value as Readonly<Record<string, unknown>>;
  return typeof query === "string" && (time === undefined || typeof time === "number");
}

function shown({ data }: QueryAnswer, isRange: boolean, terminal: Terminal): string {
  if (data.resultType === "scalar" || data.resultType === "string") return `${data.result[1]}\n`;
  if (data.result.length === 0) return "(no series)\n";
  if (data.resultType === "vector") {
    const rows = data.result.map(({ metric, value: [time, value] }) => [nameOf(metric), value, String(time)]);
    return textTable({ header: HEADER, rows }, terminal.hasColor);
  }
  const series = data.result.map(({ metric, values }) => ({ name: nameOf(metric), values }));
  if (isRange) return textPlot(series, terminal.columns);
  const rows = series.flatMap(({ name, values }) => values.map(([time, value]) => [name, value, String(time)]));
  return textTable({ header: HEADER, rows }, terminal.hasColor);
}

const HEADER = ["series", "value", "time"] as const;

function nameOf(metric: Readonly<Record<string, string>>): string {
  return formatLabels(labelSet(Object.entries(metric)));
}
