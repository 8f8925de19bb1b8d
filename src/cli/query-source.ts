/** Where `infra-gym query` asks: a server, a file of metrics, or an episode. @module */
import { readFileSync } from "node:fs";
import { createPolicy } from "../agents/create-policy.js";
import { SimulatedBackend } from "../backends/simulated-backend.js";
import { makeJudgedEnv } from "../benchmark/make-judged-env.js";
import { policySpecOf } from "../benchmark/policy-spec-of.js";
import { runEpisode } from "../benchmark/run-episode.js";
import { InfraEnv } from "../envs/infra-env.js";
import { NotSupportedError, UsageError } from "../errors.js";
import { sampleSetOf } from "../metrics/exposition/sample-set.js";
import {
  credentialsFromEnvironment,
  evaluatePromql,
  PrometheusClient,
  type PromqlProfile,
  parseExposition,
  type QueryAnswer,
  type QueryIntervals,
  type QueryRange,
  SampleSet,
  substituteVariables,
} from "../metrics/index.js";
import { queryDataOf } from "../metrics/query-data.js";
import { SeriesRecorder } from "../metrics/series-recorder.js";
import type { OptionValues } from "./option-values.js";
import type { Terminal } from "./terminal.js";

/** What answers queries. */
export interface QuerySource {
  /** @param timeSeconds - undefined for the newest there is. */
  instant(query: string, timeSeconds: number | undefined): Promise<QueryAnswer>;
  range(query: string, range: QueryRange): Promise<QueryAnswer>;
}

/** Steps of an episode that is only played to be asked about. */
const STEPS = 60;

/** Opens the one source that was named. @throws UsageError, and what opening it throws */
export async function openQuerySource(values: OptionValues, terminal: Terminal): Promise<QuerySource> {
  const named = (["server", "openmetrics", "env"] as const).filter((name) => values.text(name) !== undefined);
  if (named.length !== 1) {
    throw new UsageError(`Expected one of --server URL, --openmetrics FILE and --env ENV, got ${named.length}.`);
  }
  for (const name of ["seed", "steps"] as const) {
    if (named[0] !== "env" && values.text(name) !== undefined) {
      throw new UsageError(`${values.source(name)} is for episodes. Add --env ENV.`);
    }
  }
  const profile = values.choice("profile", ["prom2", "prom3"]);
  const allowMismatch = values.flag("allow-profile-mismatch");
  if (allowMismatch && (named[0] !== "server" || profile === undefined)) {
    throw new UsageError(`${values.source("allow-profile-mismatch")} is for servers. Add --server URL and --profile.`);
  }
  if (named[0] === "server") return openServer(values.text("server")!, profile, allowMismatch, terminal);
  if (named[0] === "openmetrics") return openFile(values.text("openmetrics")!, profile);
  return openEpisode(values, profile);
}

async function openServer(
  url: string,
  profile: PromqlProfile | undefined,
  allowMismatch: boolean,
  terminal: Terminal,
): Promise<QuerySource> {
  const credentials = credentialsFromEnvironment(process.env);
  const client = new PrometheusClient({ url, ...(credentials === undefined ? {} : { credentials }) });
  if (profile !== undefined) {
    const { version, profile: own } = await client.checkProfile(profile, { allowMismatch });
    if (own !== profile) terminal.err(`Warning: the server is Prometheus ${version} (${own}), not ${profile}\n`);
  }
  return {
    instant: (query, timeSeconds) => client.query(query, timeSeconds === undefined ? {} : { timeSeconds }),
    range: (query, range) => client.queryRange(query, range),
  };
}

function openFile(file: string, profile: PromqlProfile | undefined): QuerySource {
  const text = readText(file);
  const format = /(^|\n)# EOF\n?$/.test(text) ? "openmetrics" : "text";
  return sourceOver(sampleSetOf(parseExposition(text, { format, source: file }), 0), profile);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(`Could not read ${file}: ${(cause as Error).message}.`);
  }
}

async function openEpisode(values: OptionValues, profile: PromqlProfile | undefined): Promise<QuerySource> {
  const seed = values.seed("seed") ?? 0n;
  const maxSteps = values.count("steps") ?? STEPS;
  const recorder = new SeriesRecorder();
  const options = profile === undefined ? {} : { promqlProfile: profile };
  const env = await makeJudgedEnv(values.text("env")!, options);
  try {
    backendOf(env).watch((scrape) => recorder.add(scrape));
    const policy = createPolicy("static");
    policy.bind(policySpecOf(env));
    await runEpisode(env, policy, { seed, maxSteps });
    const { definition } = env.unwrapped as unknown as InfraEnv;
    return sourceOver(new SampleSet(recorder.series()), definition.promqlProfile, definition);
  } finally {
    await env.close();
  }
}

/** The simulated backend of an environment. @throws NotSupportedError where it has none */
export function backendOf({ unwrapped }: { readonly unwrapped: unknown }): SimulatedBackend {
  if (unwrapped instanceof InfraEnv && unwrapped.backend instanceof SimulatedBackend) return unwrapped.backend;
  throw new NotSupportedError(
    "Showing the metrics of this environment",
    "Choose one that runs on the simulated backend.",
  );
}

function sourceOver(set: SampleSet, profile: PromqlProfile = "prom3", intervals?: QueryIntervals): QuerySource {
  const newest = Math.max(0, ...set.series.map(({ times }) => times.at(-1)! / 1000));
  const textOf = (query: string): string => (intervals === undefined ? query : substituteVariables(query, intervals));
  const answer = (data: QueryAnswer["data"]): QueryAnswer => ({ data, warnings: [], infos: [] });
  return {
    instant: async (query, timeSeconds = newest) =>
      answer(queryDataOf(evaluatePromql(textOf(query), set, { timeSeconds, profile }))),
    range: async (query, range) => answer(queryDataOf(evaluatePromql(textOf(query), set, { range, profile }))),
  };
}
