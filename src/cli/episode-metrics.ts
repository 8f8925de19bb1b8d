/** The metrics of `infra-gym run`: served while it runs, written down when it is done. @module */
import { systemClock } from "../clock.js";
import { UsageError } from "../errors.js";
import { MetricsServer } from "../metrics/exporter/metrics-server.js";
import { writeExposition } from "../metrics/index.js";
import { SeriesRecorder } from "../metrics/series-recorder.js";
import type { OptionValues } from "./option-values.js";
import { backendOf } from "./query-source.js";
import type { Terminal } from "./terminal.js";
import { writeOutput } from "./write-output.js";

/** What was asked for. */
export interface MetricsOptions {
  readonly port: number | undefined;
  /** Unit: seconds. */
  readonly pace: number;
  readonly file: string | undefined;
}

/** What is being shown and kept. */
export interface EpisodeMetrics {
  readonly recorder: SeriesRecorder;
  /** Waits as long as a step shall take; for `runEpisode`. */
  readonly onStep: () => Promise<void> | undefined;
  close(): Promise<void>;
}

/** Time of a step while metrics are served. Unit: seconds. */
const PACE_SECONDS = 1;

/** Reads the options. @param episodes - How many are run. @throws UsageError */
export function readMetricsOptions(values: OptionValues, episodes: number): MetricsOptions {
  const port = values.port("metrics-port");
  const pace = values.duration("pace");
  const file = values.text("openmetrics");
  if (pace !== undefined && port === undefined) {
    throw new UsageError(`${values.source("pace")} is for metrics that are served. Add --metrics-port P.`);
  }
  if (file !== undefined && episodes > 1) {
    throw new UsageError(
      `Expected one episode for ${values.source("openmetrics")}, got ${episodes}: their times would overlap.`,
    );
  }
  if (file === "-" && values.text("json") === "-") {
    throw new UsageError(`Expected ${values.source("json")} or ${values.source("openmetrics")} to be -, got both.`);
  }
  return { port, pace: pace ?? PACE_SECONDS, file };
}

/** Begins to serve and keep metrics, as far as asked for. @throws InvalidOptionError when the port is taken, NotSupportedError */
export async function showEpisodeMetrics(
  env: { readonly unwrapped: unknown },
  { port, pace, file }: MetricsOptions,
  terminal: Terminal,
): Promise<EpisodeMetrics | undefined> {
  if (port === undefined && file === undefined) return undefined;
  const backend = backendOf(env);
  const recorder = new SeriesRecorder();
  const server = port === undefined ? undefined : await MetricsServer.start({ port });
  if (server !== undefined) terminal.err(`Metrics at http://127.0.0.1:${server.port}/metrics\n`);
  backend.watch((scrape) => {
    server?.show(scrape);
    if (file !== undefined) recorder.add(scrape);
  });
  const clock = systemClock();
  return {
    recorder,
    onStep: () => (server === undefined ? undefined : clock.sleep(pace)),
    close: async () => {
      backend.watch(undefined);
      await server?.close();
    },
  };
}

/** Writes the file, where one was asked for. @throws OutputFailedError */
export function writeMetrics({ recorder }: EpisodeMetrics, { file }: MetricsOptions, terminal: Terminal): void {
  if (file !== undefined) writeOutput(file, writeExposition(recorder.families(), "openmetrics"), terminal);
}
