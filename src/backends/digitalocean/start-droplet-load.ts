/** A load that a droplet sends: begun, counted and ended through one `ssh`. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../clock.js";
import { CloudWorldError } from "../../errors.js";
import type { LoadRunnerOptions } from "../../loadgen/runner/load-options.js";
import { readClientCounts } from "../live/client-counts.js";
import type { LiveLoad } from "../live/live-plane.js";
import { loadScript } from "./load-droplet.js";
import { type SshHop, sshArguments } from "./scrape-tunnels.js";

/** How the droplet is come to. */
export interface DropletLoadOptions {
  /** Path or name of the `ssh` to run. */
  readonly ssh: string;
  readonly hop: SshHop;
  /** Address of the droplet in its network. */
  readonly privateIp: string;
  /** What npm has installed on it: see `cloudInit`. */
  readonly spec: string;
  /** Of the piece, from 0. */
  readonly number: number;
  /** Where `ssh` logs. */
  readonly folder: string;
  readonly onSpawn: (pid: number) => void;
}

/** How long it may take until the load shows its counts: npm may have to fetch the package first. Unit: seconds. */
const PATIENCE = 180;

/**
 * Starts a load on a droplet. It ends there when its `ssh` ends, or its time is over.
 *
 * @throws CloudWorldError when it cannot be begun
 */
export async function startDropletLoad(
  load: LoadRunnerOptions & { readonly metricsPort: number },
  options: DropletLoadOptions,
): Promise<LiveLoad> {
  const { ssh, hop, privateIp, spec, number, folder, onSpawn } = options;
  // The same port on both sides: the load answers only those who ask for it by its own.
  const { metricsPort: port } = load;
  const args = [...sshArguments(hop, privateIp, [[port, port]]), loadScript(wordsOf(load), spec)];
  const log = openSync(join(folder, `load-${number % 2}.log`), "w", 0o600);
  const agent = process.env.SSH_AUTH_SOCK;
  const child = spawn(ssh, args, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", ...(agent === undefined ? {} : { SSH_AUTH_SOCK: agent }) },
    stdio: ["pipe", log, log],
    detached: true,
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
    child.once("error", ({ message }) => resolve(message));
  });
  if (child.pid !== undefined) onSpawn(child.pid);
  // An `ssh` that has ended takes no more.
  child.stdin!.on("error", () => undefined);
  child.stdin!.write(`${JSON.stringify(load.profile)}\n`);
  const metricsUrl = `http://127.0.0.1:${port}/metrics`;
  await untilCounted(metricsUrl, child, ended);
  return { metricsUrl, ended, counts: () => readClientCounts(metricsUrl), end: () => end(child, ended) };
}

function wordsOf({
  url,
  ownHost,
  durationSeconds,
  seed = 0n,
  service,
  timeoutSeconds,
  metricsPort,
}: LoadRunnerOptions): string[] {
  return [
    url,
    ...["--i-own-this-host", ownHost!, "--for", `${durationSeconds}s`, "--seed", `${seed}`],
    ...["--name", service!, "--timeout", `${timeoutSeconds}s`, "--metrics-port", `${metricsPort}`],
  ];
}

async function untilCounted(url: string, child: ChildProcess, ended: Promise<string>): Promise<void> {
  const clock = systemClock();
  const late = clock.now() + PATIENCE;
  let how: string | undefined;
  void ended.then((reason) => {
    how = reason;
  });
  for (;;) {
    const isThere = await readClientCounts(url).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    if (how !== undefined) throw new CloudWorldError("load", `its ssh has ended (${how}); see load-*.log.`);
    if (clock.now() > late) {
      child.kill("SIGKILL");
      throw new CloudWorldError("load", `the load droplet had not begun within ${PATIENCE} s.`);
    }
    await clock.sleep(0.25);
  }
}

/** Its input ends first, so that the droplet's shell ends the load. */
async function end(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.stdin!.end();
  const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(timer);
}
