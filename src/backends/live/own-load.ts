/** A load that is sent from this machine, for an episode of a live world. @module */
import type { LoadRunnerOptions } from "../../loadgen/runner/load-options.js";
import { LoadRunner } from "../../loadgen/runner/load-runner.js";
import { readClientCounts } from "./client-counts.js";
import type { LiveLoad } from "./live-plane.js";

/** How the process of a load is started. */
export interface OwnLoadProcess {
  /** Arguments of Node for it. */
  readonly execArgv: readonly string[];
  /** Is told of the process. */
  readonly onSpawn: (pid: number) => void;
}

/** A load with its process: it begins when it is told to. */
export type PreparedLoad = () => LiveLoad;

/**
 * Makes a load on this machine ready. Its metrics are shown at once, so that the first of its requests are seen as an increase.
 *
 * @param options - With a `metricsPort`: its counts are read there.
 * @throws InvalidOptionError, LoadRunnerError
 */
export async function prepareOwnLoad(
  options: LoadRunnerOptions & { readonly metricsPort: number },
  { execArgv, onSpawn }: OwnLoadProcess,
): Promise<PreparedLoad> {
  const load = await LoadRunner.start({ ...options, isHeld: true }, { execArgv });
  if (load.pid !== undefined) onSpawn(load.pid);
  const metricsUrl = load.metricsUrl!;
  const live: LiveLoad = {
    metricsUrl,
    ended: load.ended,
    counts: () => readClientCounts(metricsUrl),
    end: () => load.abort(),
  };
  return () => {
    load.begin();
    return live;
  };
}

/** Starts a load on this machine. @throws InvalidOptionError, LoadRunnerError */
export async function startOwnLoad(...load: Parameters<typeof prepareOwnLoad>): Promise<LiveLoad> {
  return (await prepareOwnLoad(...load))();
}
