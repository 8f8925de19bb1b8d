/** Prometheus's configuration for targets that are known beforehand, and a file of targets for a server that runs already. @module */
import type { CheckedMetricsTarget, CheckedSource } from "./checked-source.js";

/**
 * A configuration. It is JSON, which is YAML.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export function prometheusConfiguration(options: CheckedSource): string {
  const { scrapeSeconds, scrapeTimeoutSeconds } = options;
  return JSON.stringify(
    {
      global: { scrape_interval: ms(scrapeSeconds), scrape_timeout: ms(scrapeTimeoutSeconds) },
      scrape_configs: scrapeConfigs(options.targets),
    },
    null,
    2,
  );
}

/** The part of a configuration that names the targets, one entry for each job and path. */
export function scrapeConfigs(targets: readonly CheckedMetricsTarget[]): object[] {
  const groups = new Map<string, CheckedMetricsTarget[]>();
  for (const target of targets) {
    const key = `${target.job}${target.path}`;
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  return [...groups].map(([key, group]) => {
    const { job, path } = group[0]!;
    const named = targets.every((one) => one.job !== job || one.path === path) ? job : key;
    return {
      job_name: named,
      metrics_path: path,
      static_configs: group.map(({ host, port, labels }) => ({
        targets: [`${host}:${port}`],
        labels: { ...labels, ...(named === job ? {} : { job }) },
      })),
    };
  });
}

/**
 * Targets for a server's `file_sd_configs`, with path, interval and timeout of their own.
 * @see https://prometheus.io/docs/guides/file-sd/
 */
export function targetsFileText({ targets, scrapeSeconds, scrapeTimeoutSeconds }: CheckedSource): string {
  const groups = targets.map(({ host, port, path, job, labels }) => ({
    targets: [`${host}:${port}`],
    labels: {
      ...labels,
      job,
      __metrics_path__: path,
      __scrape_interval__: ms(scrapeSeconds),
      __scrape_timeout__: ms(scrapeTimeoutSeconds),
    },
  }));
  return `${JSON.stringify(groups, null, 2)}\n`;
}

function ms(seconds: number): string {
  return `${Math.max(1, Math.round(seconds * 1000))}ms`;
}
