/** Checks and defaults of what a metrics source is told. @module */
import { resolve } from "node:path";
import { InvalidOptionError } from "../../errors.js";
import type { PromqlProfile } from "../promql/sample-window.js";
import { checkTarget } from "../scraper/scrape-target.js";
import type { MetricsSourceOptions, MetricsTarget } from "./metrics-source.js";

/** A target with its defaults. */
export interface CheckedMetricsTarget extends MetricsTarget {
  readonly path: string;
  readonly url: string;
  /** All labels but `job`; `instance` is among them. */
  readonly labels: Readonly<Record<string, string>>;
  readonly instance: string;
  readonly isPlace: boolean;
}

/** Every option with its default. */
export interface CheckedSource
  extends Required<Omit<MetricsSourceOptions, "kind" | "promqlProfile" | "targets" | "onSpawn">> {
  readonly promqlProfile: PromqlProfile | undefined;
  readonly onSpawn: (pid: number) => void;
  readonly targets: readonly CheckedMetricsTarget[];
}

/** Fills in the defaults, and refuses what no source can be. @throws InvalidOptionError */
export function checkSource(options: MetricsSourceOptions): CheckedSource {
  const { scrapeSeconds, port = 0, readySeconds = 15, retentionSeconds = 7200, promqlProfile } = options;
  const { onSpawn = () => undefined } = options;
  const { scrapeTimeoutSeconds = scrapeSeconds * 0.9 } = options;
  checkPositive("scrapeSeconds", scrapeSeconds);
  checkPositive("scrapeTimeoutSeconds", scrapeTimeoutSeconds);
  if (scrapeTimeoutSeconds > scrapeSeconds) {
    throw new InvalidOptionError(
      "scrapeTimeoutSeconds",
      `at most ${scrapeSeconds} (scrapeSeconds)`,
      scrapeTimeoutSeconds,
    );
  }
  checkPositive("readySeconds", readySeconds);
  checkPositive("retentionSeconds", retentionSeconds);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidOptionError("port", "an integer from 0 to 65535", port);
  }
  const targets = options.targets.map(checkMetricsTarget);
  const seen = new Set<string>();
  for (const { job, instance } of targets) {
    const key = `${job}/${instance}`;
    if (seen.has(key)) throw new InvalidOptionError("targets", "targets that differ in job or instance", key);
    seen.add(key);
  }
  return {
    targets,
    scrapeSeconds,
    scrapeTimeoutSeconds,
    port,
    readySeconds,
    retentionSeconds,
    promqlProfile,
    onSpawn,
    directory: resolve(options.directory),
  };
}

function checkMetricsTarget(target: MetricsTarget): CheckedMetricsTarget {
  const { job, host, port, path = "/metrics", labels = {}, isPlace = false } = target;
  if (!/^[\w.-]+$/.test(host)) throw new InvalidOptionError("targets.host", "a host name or an IPv4 address", host);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new InvalidOptionError("targets.port", "an integer from 1 to 65535", port);
  }
  const url = `http://${host}:${port}${path}`;
  const instance = labels.instance ?? `${host}:${port}`;
  checkTarget({ url, job, labels });
  return { ...target, path, url, instance, isPlace, labels: { ...labels, instance } };
}

function checkPositive(option: string, seconds: number): void {
  if (!(Number.isFinite(seconds) && seconds > 0)) {
    throw new InvalidOptionError(option, "a finite number above 0 (seconds)", seconds);
  }
}
