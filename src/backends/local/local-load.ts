/** What the load of an episode on the backend `local` is told. @module */
import { type LoadRunnerOptions, profileOf } from "../../loadgen/runner/load-options.js";
import { KNOT_SECONDS } from "../../loadgen/workload.js";
import type { Episode, World } from "../backend.js";

/** Where it goes, and how fast time passes. */
export interface LocalLoadOptions {
  readonly world: World;
  /** Where requests are sent. */
  readonly url: string;
  readonly timeScale: number;
  readonly metricsPort: number;
}

/** Connections of the load. */
const CONNECTIONS = 1024;
/** The load goes on after the series' end, at its last rate. Unit: seconds. */
const AFTER_END = 3600;

/** The load of an episode: its rates are what they are, its day passes faster. */
export function localLoad(
  { seed, series }: Episode,
  { world, url, timeScale, metricsPort }: LocalLoadOptions,
): LoadRunnerOptions & { readonly metricsPort: number } {
  return {
    url,
    profile: profileOf(series, timeScale),
    durationSeconds: (series.rates.length * KNOT_SECONDS + AFTER_END) / timeScale,
    seed,
    connections: CONNECTIONS,
    timeoutSeconds: world.simulation.clientTimeoutSeconds ?? 10,
    service: world.services[0]!.name,
    metricsPort,
  };
}
