/** A Prometheus of its own as a metrics source: started by hand on loopback, kept over episodes. @module */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MetricsSourceError, PortInUseError } from "../../errors.js";
import { freePort, isPortTaken, privateFolder, RunningProgram } from "../../running-program.js";
import { PrometheusClient } from "../client/prometheus-client.js";
import type { CheckedSource } from "./checked-source.js";
import { LiveSource } from "./live-source.js";
import type { MetricsSource } from "./metrics-source.js";
import { prometheusConfiguration } from "./prometheus-configuration.js";

/** A Prometheus that was found. */
export interface FoundPrometheus {
  readonly path: string;
  /** Such as `2.42.0`. */
  readonly version: string;
}

const HOST = "127.0.0.1";
/** Between two looks at whether it is ready. Unit: milliseconds. */
const LOOK_EVERY = 50;

/** Starts Prometheus and waits until it is ready. @throws PortInUseError, MetricsSourceError, ProfileMismatchError */
export async function openPrometheus(options: CheckedSource, found: FoundPrometheus): Promise<MetricsSource> {
  const { directory, promqlProfile, targets } = options;
  const title = `prometheus ${found.version}`;
  const port = await portFor(options, title);
  const program = await start(options, found, port);
  options.onSpawn(program.pid);
  const ended = program.ended.then(({ wasStopped, code, signal }) => {
    if (wasStopped) return undefined;
    return new MetricsSourceError(
      title,
      "ended",
      `ended by itself (${signal ?? `exit code ${code}`}). ${program.log()}`,
    );
  });
  const url = `http://${HOST}:${port}`;
  const client = new PrometheusClient({ url, retries: 1, deadlineSeconds: 10 });
  try {
    await isReady(url, program, title, options);
    const { version, profile } = await client.buildInfo();
    if (promqlProfile !== undefined) await client.checkProfile(promqlProfile);
    return new LiveSource({
      kind: "prometheus",
      version,
      title,
      url,
      promqlProfile: profile,
      pid: program.pid,
      ended,
      client,
      targets,
      close: async () => {
        await program.stop();
        rmSync(join(directory, "data"), { recursive: true, force: true });
      },
    });
  } catch (error) {
    await program.stop();
    throw error;
  }
}

async function portFor({ port }: CheckedSource, title: string): Promise<number> {
  if (port === 0) return freePort(HOST);
  if (await isPortTaken(HOST, port)) throw new PortInUseError(title, HOST, port);
  return port;
}

/** Starts it over an empty folder of data: series of an earlier world are of no use to this one. */
function start(options: CheckedSource, { path }: FoundPrometheus, port: number): Promise<RunningProgram> {
  const directory = privateFolder(options.directory);
  const file = join(directory, "prometheus.yml");
  const data = join(directory, "data");
  rmSync(data, { recursive: true, force: true });
  privateFolder(data);
  writeFileSync(file, prometheusConfiguration(options), { mode: 0o600 });
  const args = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${data}`,
    `--storage.tsdb.retention.time=${Math.ceil(options.retentionSeconds)}s`,
    `--web.listen-address=${HOST}:${port}`,
    // No web page may read it.
    "--web.cors.origin=^$",
    "--log.level=warn",
  ];
  return RunningProgram.start({ path, args, directory, name: "prometheus" });
}

async function isReady(
  url: string,
  program: RunningProgram,
  title: string,
  { readySeconds }: CheckedSource,
): Promise<void> {
  const deadline = performance.now() + readySeconds * 1000;
  for (;;) {
    const answer = await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
    if (answer?.ok) return;
    if (!program.isRunning) {
      throw new MetricsSourceError(title, "configuration", `did not begin: ${program.log()}`);
    }
    if (performance.now() >= deadline) {
      throw new MetricsSourceError(title, "not-ready", `was not ready within ${readySeconds} s. ${program.log()}`);
    }
    await sleep(LOOK_EVERY);
  }
}
