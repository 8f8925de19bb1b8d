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

/**
 * Starts a load on this machine.
 *
 * @param options - With a `metricsPort`: its counts are read there.
 * @throws InvalidOptionError, LoadRunnerError
 */
export async function startOwnLoad(
  options: LoadRunnerOptions & { readonly metricsPort: number },
  { execArgv, onSpawn }: OwnLoadProcess,
): Promise<LiveLoad> {
  const load = await LoadRunner.start(options, { execArgv });
  if (load.pid !== undefined) onSpawn(load.pid);
  const metricsUrl = load.metricsUrl!;
  return {
    metricsUrl,
    ended: load.ended,
    counts: () => readClientCounts(metricsUrl),
    end: () => load.abort(),
  };
}
