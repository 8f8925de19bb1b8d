/** One run of Terraform: its events while it runs, and how it is stopped without losing what it does. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Redact } from "../secrets.js";
import { parseEvent, type TerraformEvent } from "./events.js";

/** How a run is started. */
export interface TerraformProcessOptions {
  /** Path of the program. */
  readonly program: string;
  readonly args: readonly string[];
  /** Working folder. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly redact: Redact;
  readonly onEvent: (event: TerraformEvent) => void;
}

/** How a run ended. */
export interface TerraformEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it had been asked to stop. */
  readonly wasStopped: boolean;
}

/** How often the output is looked at. Unit: milliseconds. */
const LOOK_EVERY_MS = 20;
/** From a second interrupt to the kill. Unit: milliseconds. */
const KILL_AFTER_MS = 10_000;
/** Longest piece read at once. Unit: bytes. */
const CHUNK_BYTES = 65_536;

/**
 * A running Terraform.
 *
 * It writes to a file that has no name any more, not to a pipe: if this process dies, Terraform is not killed by the
 * broken pipe but finishes its calls and writes its state. It has a session of its own, so that an interrupt from
 * the terminal reaches it through {@link TerraformProcess.stop} alone, and once. What it writes is readable by its owner only.
 */
export class TerraformProcess {
  readonly finished: Promise<TerraformEnd>;
  readonly #child: ChildProcess;
  readonly #output: number;
  readonly #options: TerraformProcessOptions;
  readonly #chunk: Buffer = Buffer.alloc(CHUNK_BYTES);
  #rest: Buffer = Buffer.alloc(0);
  #position = 0;
  #wasStopped = false;
  #timers: NodeJS.Timeout[] = [];

  constructor(options: TerraformProcessOptions) {
    this.#options = options;
    const [write, read] = openNameless();
    this.#output = read;
    this.#child = spawnPrivately(options, write);
    closeSync(write);
    this.finished = this.#untilEnd();
  }

  /** Asks it to stop: it finishes the calls in flight and keeps its state. Asked again, it is not interrupted again. */
  stop(deadlineSeconds: number): void {
    if (this.#wasStopped) return;
    this.#wasStopped = true;
    this.#child.kill("SIGINT");
    this.#later(deadlineSeconds * 1000, () => {
      this.#child.kill("SIGINT");
      this.#later(KILL_AFTER_MS, () => this.#child.kill("SIGKILL"));
    });
  }

  #later(milliseconds: number, act: () => void): void {
    this.#timers.push(setTimeout(act, milliseconds).unref());
  }

  async #untilEnd(): Promise<TerraformEnd> {
    const looking = setInterval(() => this.#readNew(), LOOK_EVERY_MS);
    try {
      const [exitCode, signal] = await endOf(this.#child);
      this.#readNew();
      if (this.#rest.length > 0) this.#take(this.#rest);
      return { exitCode, signal, wasStopped: this.#wasStopped };
    } finally {
      clearInterval(looking);
      for (const timer of this.#timers) clearTimeout(timer);
      closeSync(this.#output);
    }
  }

  #readNew(): void {
    for (;;) {
      const length = readSync(this.#output, this.#chunk, 0, CHUNK_BYTES, this.#position);
      if (length === 0) return;
      this.#position += length;
      this.#rest = this.#takeLines(Buffer.concat([this.#rest, this.#chunk.subarray(0, length)]));
    }
  }

  /** Takes all whole lines. @returns What follows them. */
  #takeLines(bytes: Buffer): Buffer {
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      this.#take(bytes.subarray(start, end));
      start = end + 1;
    }
    return bytes.subarray(start);
  }

  #take(line: Buffer): void {
    const text = line.toString("utf8").trim();
    if (text !== "") this.#options.onEvent(parseEvent(text, this.#options.redact));
  }
}

/** A new file without a name, to write and to read. */
function openNameless(): [write: number, read: number] {
  const folder = mkdtempSync(join(tmpdir(), "infra-gym-terraform-"));
  const file = join(folder, "output");
  try {
    return [openSync(file, "wx", 0o600), openSync(file, "r")];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Through a shell that sets the mask and is then replaced: Node cannot set it for a child alone. */
function spawnPrivately({ program, args, folder, env }: TerraformProcessOptions, output: number): ChildProcess {
  return spawn("/bin/sh", ["-c", 'umask 077; exec "$0" "$@"', program, ...args], {
    cwd: folder,
    env,
    stdio: ["ignore", output, output],
    detached: true,
  });
}

function endOf(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve([code, signal]));
  });
}
