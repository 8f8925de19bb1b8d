/** A droplet that runs a command of the user's, named by its `user_data`. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DropletProcessError } from "../../errors.js";
import type { Service } from "../../infra/service.js";
import type { DropletState } from "../data-plane-event.js";
import type { ServiceFault } from "../service/service-faults.js";
import { CRASHED } from "../service/service-messages.js";
import type { MachineSize } from "../service/service-options.js";
import type { DropletProcess, OnSpawn, Place } from "./droplet-process.js";
import { endProcess } from "./end-process.js";

/** What is to be run. */
export interface CommandDropletOptions {
  readonly name: string;
  readonly place: Place;
  readonly service: Service;
  /** A script that begins with `#!`. */
  readonly script: string;
  /** Folder for the script and its log. */
  readonly folder: string;
  readonly onSpawn?: OnSpawn;
}

/** How long a command may take until something listens. Unit: seconds. */
const BOOT_SECONDS = 30;
/** Variables that are passed on; no token is among them. */
const KEPT = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "USER"] as const;

/** A command as a process group of its own: as the calling user, in an environment without tokens, with its size passed to it. */
export class CommandDroplet implements DropletProcess {
  readonly ended: Promise<string>;
  readonly #options: CommandDropletOptions;
  #child: ChildProcess | undefined;
  #onEnd: (how: string) => void = () => undefined;
  #isCrashing = false;

  constructor(options: CommandDropletOptions) {
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#onEnd = resolve;
    });
  }

  /** 0 before the command was started. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async boot({ vcpus, memoryBytes }: MachineSize): Promise<void> {
    const { name, place, service, script, folder, onSpawn } = this.#options;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, name);
    writeFileSync(file, script, { mode: 0o700 });
    const log = openSync(`${file}.log`, "a", 0o600);
    const kept = KEPT.flatMap((variable) => {
      const value = process.env[variable];
      return value === undefined ? [] : [[variable, value] as const];
    });
    const child = spawn(file, [], {
      cwd: folder,
      env: {
        ...Object.fromEntries(kept),
        HOST: place.host,
        PORT: String(place.port),
        SERVICE: service.name,
        INSTANCE: name,
        VCPUS: String(vcpus),
        MEMORY_BYTES: String(memoryBytes),
      },
      stdio: ["ignore", log, log],
      detached: true,
    });
    closeSync(log);
    this.#child = child;
    child.once("error", ({ message }) => this.#onEnd(message));
    child.once("exit", (code, signal) =>
      this.#onEnd(this.#isCrashing ? `exit code ${CRASHED}` : (signal ?? `exit code ${code}`)),
    );
    if (child.pid !== undefined) onSpawn?.(child.pid);
    await this.#listens(file);
  }

  /** A command has no size while it runs: it keeps the one it was started with. */
  resize(): void {}

  /** A command is left to itself. */
  begin(): void {}

  inject(fault: ServiceFault): void {
    if (fault.kind === "crash") {
      this.#isCrashing = true;
      this.#send("SIGKILL");
    } else if (fault.kind === "hang") this.#hang(fault.seconds);
    else this.#slowDown(fault.seconds, fault.factor);
  }

  async stop(patienceSeconds: number): Promise<void> {
    if (this.#child === undefined) {
      this.#onEnd("exit code 0");
      return;
    }
    // One that is stopped takes no other signal.
    this.#send("SIGCONT");
    await endProcess(this.ended, (signal) => this.#send(signal), patienceSeconds);
    // What it has started goes with it.
    this.#send("SIGKILL");
  }

  #hang(seconds: number): void {
    this.#send("SIGSTOP");
    setTimeout(() => this.#send("SIGCONT"), seconds * 1000).unref();
  }

  /** Stopped for a share of every 100 ms. */
  #slowDown(seconds: number, factor: number): void {
    const until = performance.now() + seconds * 1000;
    const share = 1 - 1 / Math.max(1, factor);
    const beat = setInterval(() => {
      if (performance.now() >= until) clearInterval(beat);
      else this.#hang(0.1 * share);
    }, 100).unref();
  }

  /** To the whole group. */
  #send(signal: NodeJS.Signals): void {
    try {
      if (this.#child?.pid !== undefined) process.kill(-this.#child.pid, signal);
    } catch {
      // It is gone.
    }
  }

  async #listens(file: string): Promise<void> {
    const { name, place } = this.#options;
    let end: string | undefined;
    void this.ended.then((how) => {
      end = how;
    });
    const deadline = performance.now() + BOOT_SECONDS * 1000;
    while (end === undefined && performance.now() < deadline) {
      if (await answers(place)) return;
      await sleep(50);
    }
    const why =
      end === undefined
        ? `did not listen on ${place.host}:${place.port} within ${BOOT_SECONDS} s`
        : `ended while it booted (${end})`;
    throw new DropletProcessError(name, `${why}; its output is in ${file}.log`);
  }
}

/** Whether anything answers HTTP there, whatever it says. */
function answers({ host, port }: Place): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ host, port, path: "/health", timeout: 500 }, (response) => {
      response.resume();
      resolve(true);
    });
    asked.once("error", () => resolve(false));
    asked.once("timeout", () => asked.destroy());
    asked.end();
  });
}

/** Makes commands' droplets from user data that begins with `#!`; others are left to the reference service. */
export function commandOf(
  folder: string,
  onSpawn: OnSpawn,
): (droplet: DropletState, name: string, place: Place, service: Service) => DropletProcess | undefined {
  return ({ userData }, name, place, service) =>
    userData?.startsWith("#!") === true
      ? new CommandDroplet({ name, place, service, script: userData, folder: join(folder, "commands"), onSpawn })
      : undefined;
}
