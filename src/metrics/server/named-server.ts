/** A Prometheus that runs already as a metrics source: its targets come from a file it reads, or from its configuration. @module */
import { renameSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { MetricsSourceError } from "../../errors.js";
import { type Credentials, credentialsFromEnvironment } from "../client/credentials.js";
import { PrometheusClient } from "../client/prometheus-client.js";
import type { CheckedSource } from "./checked-source.js";
import { LiveSource } from "./live-source.js";
import type { MetricsSource } from "./metrics-source.js";
import { scrapeConfigs, targetsFileText } from "./prometheus-configuration.js";

/** Which server. */
export interface NamedServer {
  readonly url: string;
  readonly targetsFile?: string;
  readonly credentials?: Credentials;
}

/** Between two looks at its targets. Unit: milliseconds. */
const LOOK_EVERY = 200;

/** Uses a server. @throws MetricsServerError, ProfileMismatchError, MetricsSourceError when it does not scrape the targets */
export async function openNamedServer(options: CheckedSource, server: NamedServer): Promise<MetricsSource> {
  const { targetsFile, credentials = credentialsFromEnvironment(process.env) } = server;
  const client = new PrometheusClient({ url: server.url, ...(credentials === undefined ? {} : { credentials }) });
  const { promqlProfile } = options;
  const { version, profile } =
    promqlProfile === undefined ? await client.buildInfo() : await client.checkProfile(promqlProfile);
  if (targetsFile !== undefined) write(targetsFile, targetsFileText(options));
  let end!: () => void;
  const ended = new Promise<undefined>((resolve) => {
    end = () => resolve(undefined);
  });
  const source = new LiveSource({
    kind: "server",
    version,
    title: client.url,
    url: client.url,
    promqlProfile: profile,
    ended,
    client,
    targets: options.targets,
    close: async () => {
      if (targetsFile !== undefined) write(targetsFile, "[]\n");
      end();
    },
  });
  try {
    await scrapesAll(client, options, targetsFile);
    return source;
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** A file of targets changes at once, so that no half of it is read. */
function write(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** Waits until the server has scraped every target once, up or not: it takes some seconds after its start, or after its file was written. */
async function scrapesAll(
  client: PrometheusClient,
  { targets, readySeconds }: CheckedSource,
  targetsFile: string | undefined,
): Promise<void> {
  const deadline = performance.now() + readySeconds * 1000;
  for (;;) {
    const { data } = await client.query("up");
    const known = data.resultType === "vector" ? data.result.map(({ metric }) => metric) : [];
    const missing = targets.filter(
      ({ job, labels }) =>
        !known.some((metric) => Object.entries({ ...labels, job }).every(([name, value]) => metric[name] === value)),
    );
    if (missing.length === 0) return;
    if (performance.now() >= deadline) {
      const count = `${missing.length} of ${targets.length} targets`;
      const advice =
        targetsFile === undefined
          ? `Name them in its configuration under scrape_configs, or name a file that its file_sd_configs reads as targetsFile:\n${JSON.stringify(scrapeConfigs(missing), null, 2)}`
          : `Name ${targetsFile} in its configuration under file_sd_configs.`;
      throw new MetricsSourceError(client.url, "targets", `does not scrape ${count}. ${advice}`);
    }
    await sleep(LOOK_EVERY);
  }
}
